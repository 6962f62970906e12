/** The command line as a user without rights: what it can't do is named, the rest works, and the exit code is 1. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type CliResult, runCli } from '../support/cli.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { scratchFolder } from '../support/scratch.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const program = fileURLToPath(new URL('../../bin/reftar.js', import.meta.url))
const nobody = 65534

/** Runs `reftar` as nobody, without any group or capability. */
function runAsNobody(folder: string, ...args: readonly string[]): CliResult {
  const user = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', '--inh-caps=-all']
  const run = spawnSync('setpriv', [...user, process.execPath, program, ...args], { cwd: folder, encoding: 'utf8' })
  if (run.error) throw run.error
  return { code: run.status, out: run.stdout, err: run.stderr }
}

/** A filesystem whose `home` is nobody's. The scratch folders are ours alone, so the way to it has to be opened. */
function mountForNobody(type: 'btrfs' | 'xfs' | 'ext4'): MountedImage {
  const disk = mountImage(type)
  for (let folder = dirname(disk.mountpoint); folder !== dirname(dirname(scratchFolder())); folder = dirname(folder)) {
    chmodSync(folder, 0o711)
  }
  mkdirSync(disk.path('home'))
  chownSync(disk.path('home'), nobody, nobody)
  return disk
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('own files round-trip: modes, times, attributes, closed folders, read-only files', () => {
    using disk = mountForNobody(type)
    const path = (name: string) => disk.path('home/in', name)
    mkdirSync(path('closed/inner'), { recursive: true })
    for (const mode of ['0400', '0444', '0640', '0755']) {
      writeFileSync(path(mode), mode)
      runTool('setfattr', ['-n', 'user.note', '-v', mode, path(mode)])
      runTool('setfacl', ['-m', 'u:1234:r', path(mode)])
      chmodSync(path(mode), Number.parseInt(mode, 8))
    }
    writeFileSync(path('closed/inner/file'), 'x')
    writeFileSync(path('large'), Buffer.alloc(300_000, 'large'))
    runTool('chown', ['-R', `${nobody}:${nobody}`, path('.')])
    chmodSync(path('closed/inner'), 0o500)
    chmodSync(path('closed'), 0o555)
    const home = disk.path('home')
    expect(runAsNobody(home, 'create', '-q', '-f', 'a', 'in')).toEqual({ code: 0, out: '', err: '' })
    expect(runAsNobody(home, 'extract', '-q', '-p', 'a', '-C', 'out')).toEqual({ code: 0, out: '', err: '' })
    expect(compareTrees(readTree(disk.path('home/in')), readTree(disk.path('home/out/in')))).toEqual([])
    expect(runAsNobody(home, 'compare', '-q', 'a', 'out')).toEqual({ code: 0, out: '', err: '' })
    expect(runAsNobody(home, 'compare', '-q', 'a', '.', '--extra').code).toBe(1)
    const sharing = runAsNobody(home, 'sharing', 'out')
    expect(sharing.code).toBe(0)
  })

  it('creating: what may not be read is named and left out', () => {
    using disk = mountForNobody(type)
    mkdirSync(disk.path('in/secret'), { recursive: true })
    for (const name of ['in/mine', 'in/theirs', 'in/secret/file']) writeFileSync(disk.path(name), name)
    chmodSync(disk.path('in/theirs'), 0o600)
    chmodSync(disk.path('in/secret'), 0o700)
    const run = runAsNobody(disk.path('home'), 'create', '-f', 'a', '../in')
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/^reftar: in\/secret: Permission denied\n.*\nreftar: in\/theirs: Permission denied\n$/)
    expect(run.out).toContain('2 entries need attention; see above.')
    expect(runCli(disk.path('home'), 'list', 'a').out).toBe('in/\nin/mine\n')
  })

  it('extracting what root archived: owners become ours, devices are refused by name, the rest works', () => {
    using disk = mountForNobody(type)
    const path = (name: string) => disk.path('in', name)
    mkdirSync(path('d'), { recursive: true })
    writeFileSync(path('d/setuid'), 'x')
    runTool('chown', ['1234:4321', path('d/setuid')])
    runTool('chmod', ['6755', path('d/setuid')])
    writeFileSync(path('capable'), 'x')
    runTool('setcap', ['cap_net_raw+ep', path('capable')])
    runTool('setfattr', ['-n', 'trusted.note', '-v', 'x', path('capable')])
    runTool('setfattr', ['-n', 'user.note', '-v', 'x', path('capable')])
    runTool('mkfifo', [path('fifo')])
    runTool('mknod', [path('null'), 'c', '1', '3'])
    const home = disk.path('home')
    expect(runCli(disk.mountpoint, 'create', '-q', '-f', 'home/a', 'in')).toMatchObject({ code: 0, err: '' })

    const plain = runAsNobody(home, 'extract', 'a', '-C', 'plain')
    expect(plain.code).toBe(1)
    expect(plain.err).toContain('reftar: in/null: The system does not permit that')
    expect(plain.err).toContain('reftar: in/capable: the attribute trusted.note couldn’t be restored')
    expect(plain.err).not.toContain('owner')
    expect(plain.err).not.toContain('security.capability')
    expect(plain.out).toContain('Not restored: the attribute trusted.note of 1 entry')
    expect(readdirSync(disk.path('home/plain/in')).sort()).toEqual(['capable', 'd', 'fifo'])
    const { uid, mode } = lstatSync(disk.path('home/plain/in/d/setuid'))
    expect([uid, mode & 0o7777]).toEqual([nobody, 0o755])
    expect(runTool('getfattr', ['--only-values', '-n', 'user.note', disk.path('home/plain/in/capable')])).toBe('x')

    const exact = runAsNobody(home, 'extract', '-p', '--same-owner', 'a', '-C', 'exact')
    expect(exact.code).toBe(1)
    expect(exact.err).toMatch(/the owner couldn’t be restored \(and for \d more\)/)
    expect(exact.err).toContain('the attribute security.capability couldn’t be restored')
    expect(exact.err).toContain('reftar: in/d/setuid: setuid or setgid couldn’t be restored: its owner is another one')
    expect(lstatSync(disk.path('home/exact/in/d/setuid')).mode & 0o7777).toBe(0o755)

    const compared = runAsNobody(home, 'compare', 'a', 'plain')
    expect(compared.code).toBe(1)
    expect(compared.out).toContain('in/null: is missing')
    expect(compared.out).toContain('in/d/setuid: mode is 0755 here, 6755 in the archive')
    expect(compared.out).toContain('Attributes “trusted.…” of 1 entry can’t be checked here: only root can see them.')
  })

  it('a target that belongs to somebody else is refused, and left as it was', () => {
    using disk = mountForNobody(type)
    mkdirSync(disk.path('theirs'))
    writeFileSync(disk.path('file'), 'x')
    expect(runCli(disk.mountpoint, 'create', '-q', '-f', 'home/a', 'file')).toMatchObject({ code: 0 })
    const run = runAsNobody(disk.path('home'), 'extract', 'a', '-C', '../theirs')
    expect(run.code).toBe(4)
    expect(run.err).toContain('Permission denied')
    expect(readdirSync(disk.path('theirs'))).toEqual([])
    writeFileSync(disk.path('theirs/old'), 'old')
    const created = runAsNobody(disk.path('home'), 'create', '-f', '../theirs/old', 'a')
    expect(created.code).toBe(4)
    expect(readFileSync(disk.path('theirs/old'), 'latin1')).toBe('old')
  })
})
