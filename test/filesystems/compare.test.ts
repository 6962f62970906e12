/** `reftar compare` on real filesystems: each kind of difference is found and named, and nothing else is. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { invert, KIB, MIB, makeSparse, overwrite } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { judge } from '../support/judge.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

/** A tree, its archive `a`, and in `out` what was extracted from it. */
function setUp(disk: MountedImage, ...createOptions: string[]): void {
  mkdirSync(disk.path('in/d/e'), { recursive: true })
  const path = (name: string) => disk.path('in', name)
  writeFileSync(path('large'), randomBytes(2 * MIB + 77))
  writeFileSync(path('small'), 'a few bytes')
  writeFileSync(path('d/e/deep'), randomBytes(100 * KIB))
  writeFileSync(path('zeros'), Buffer.alloc(256 * KIB))
  makeSparse(path('sparse'), MIB, [[256 * KIB, 64 * KIB]])
  linkSync(path('small'), path('d/same'))
  linkSync(path('large'), path('z same'))
  symlinkSync('small', path('link'))
  runTool('mkfifo', [path('fifo')])
  runTool('mknod', [path('null'), 'c', '1', '3'])
  runTool('setfattr', ['-n', 'user.note', '-v', 'kept', path('small')])
  expect(runCli(disk.mountpoint, 'create', '-q', '-f', 'a', ...createOptions, 'in')).toMatchObject({ code: 0 })
  expect(runCli(disk.mountpoint, 'extract', '-q', 'a', '-C', 'out')).toMatchObject({ code: 0, err: '' })
}

interface Compared {
  readonly code: number | null
  readonly differences: readonly string[]
}

/** The differences without the summary. */
function compare(disk: MountedImage, ...options: string[]): Compared {
  const run = runCli(disk.mountpoint, 'compare', '-q', 'a', 'out', ...options)
  expect(run.err).toBe('')
  return { code: run.code, differences: run.out.split('\n').filter(Boolean) }
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('finds nothing in what was just extracted, and changes nothing', () => {
    using disk = mountImage(type, { mountOptions: 'noatime' })
    setUp(disk)
    const before = judge(disk.path('out'))
    expect(compare(disk, '--extra')).toEqual({ code: 0, differences: [] })
    expect(judge(disk.path('out'))).toEqual(before)
    const run = runCli(disk.mountpoint, 'compare', 'a', 'out')
    expect(run.out).toMatch(/^Compared 13 entries, 5 files; .+ read and compared\.\n✓ out is what a holds\.\nTook /)
    expect(compare(disk, 'in/d', 'in/link')).toEqual({ code: 0, differences: [] })
  })

  it('names each kind of difference', () => {
    using disk = mountImage(type)
    setUp(disk)
    const path = (name: string) => disk.path('out/in', name)
    /** Changes something without changing the modification time. */
    const quietly = (name: string, change: (path: string) => void) => {
      const { mtimeNs } = lstatSync(path(name), { bigint: true })
      change(path(name))
      const seconds = mtimeNs / 1_000_000_000n
      runTool('touch', ['-h', '-d', `@${seconds}.${String(mtimeNs % 1_000_000_000n).padStart(9, '0')}`, path(name)])
    }
    quietly('large', (at) => invert(at, MIB + 5, 1))
    quietly('d/e/deep', (at) => truncateSync(at, 100 * KIB - 1))
    quietly('sparse', (at) => overwrite(at, 512 * KIB, Buffer.alloc(8 * KIB)))
    chmodSync(path('small'), 0o4600)
    runTool('setfattr', ['-n', 'user.note', '-v', 'changed', path('small')])
    runTool('setfattr', ['-n', 'user.more', '-v', 'x', path('small')])
    runTool('chown', ['-h', '12:34', path('link')])
    utimesSync(path('d/e'), 5, 1.5)
    quietly('d', () => {
      unlinkSync(path('d/same'))
      runTool('cp', ['-a', path('small'), path('d/same')])
    })
    quietly('.', () => {
      unlinkSync(path('fifo'))
      rmSync(path('null'))
      runTool('mknod', [path('null'), 'c', '1', '5'])
      mkdirSync(path('fifo'))
      writeFileSync(path('more'), 'x')
    })
    const found = compare(disk, '--extra').differences.filter((line) => !line.startsWith('in/null: modification'))
    expect(found).toEqual([
      'in/more: isn’t in the archive',
      `in/d/e: modification time is 1970-01-01 00:00:01.500000000 UTC here, ${inArchive(disk, 'd/e')}`,
      'in/d/e/deep: size is 102399 bytes here, 102400 in the archive',
      'in/d/same: mode is 4600 here, 0644 in the archive',
      'in/d/same: attribute user.note has another value here',
      'in/d/same: attribute user.more isn’t in the archive',
      'in/fifo: is a folder here, a FIFO in the archive',
      'in/large: contents differ from byte 1048581 on',
      'in/link: owner is 12:34 here, 0:0 in the archive',
      'in/null: device is 1,5 here, 1,3 in the archive',
      'in/small: is another name of in/d/same in the archive, a file of its own here',
      'in/small: mode is 4600 here, 0644 in the archive',
      'in/small: attribute user.note has another value here',
      'in/small: attribute user.more isn’t in the archive',
      'in/sparse: 8192 bytes are stored here that are a hole in the archive',
    ])
    expect(compare(disk).code).toBe(1)
    const ignored = 'times,size,mode,attributes,kind,contents,owner,device,hard-link,holes'
    expect(compare(disk, '--ignore', ignored)).toEqual({ code: 0, differences: [] })
  })

  it('missing folders are named once, links by their targets, other files as such', () => {
    using disk = mountImage(type)
    setUp(disk)
    const path = (name: string) => disk.path('out/in', name)
    rmSync(path('d'), { recursive: true })
    symlinkSync('/', path('d'))
    unlinkSync(path('link'))
    symlinkSync('large', path('link'))
    unlinkSync(path('small'))
    unlinkSync(path('zeros'))
    linkSync(path('large'), path('zeros'))
    const { code, differences } = compare(disk, '--ignore', 'times')
    expect(code).toBe(1)
    expect(differences).toEqual([
      'in/d: is a symbolic link here, a folder in the archive',
      'in/link: leads to large here, to small in the archive',
      'in/small: is missing',
      'in/zeros: is another name of in/large here, a file of its own in the archive',
      expect.stringMatching(/^in\/zeros: size is 2097229 bytes here, 262144 in the archive$/),
    ])
    rmSync(path('.'), { recursive: true })
    expect(compare(disk).differences).toEqual(['in: is missing, with all it holds'])
  })

  it('zeros that became holes are a difference only on demand', () => {
    using disk = mountImage(type)
    setUp(disk)
    expect(compare(disk).differences).toEqual([])
    expect(compare(disk, '--exact-holes').differences).toEqual([
      'in/zeros: 262144 bytes are a hole here that the archive has as stored',
    ])
  })
})

function inArchive(disk: MountedImage, name: string): string {
  const { mtimeNs } = lstatSync(disk.path('in', name), { bigint: true })
  const day = new Date(Number(mtimeNs / 1_000_000_000n) * 1000).toISOString().replace('T', ' ').slice(0, -5)
  return `${day}.${String(mtimeNs % 1_000_000_000n).padStart(9, '0')} UTC in the archive`
}

describe('the command', () => {
  it.each([['--instant'], ['--compress'], ['--clone=never']])('archives made with %s', (option) => {
    using disk = mountImage('btrfs')
    setUp(disk, option)
    expect(compare(disk)).toEqual({ code: 0, differences: [] })
    invert(disk.path('out/in/large'), 4097, 64)
    expect(compare(disk, '--ignore', 'times').differences).toEqual(['in/large: contents differ from byte 4097 on'])
  })

  it('format 1: what it has no place for is no difference', () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in/d'), { recursive: true })
    writeFileSync(disk.path('in/d/file'), randomBytes(100 * KIB))
    writeFileSync(disk.path('in/small'), 'x', { mode: 0o600 })
    makeSparse(disk.path('in/sparse'), MIB, [[256 * KIB, 64 * KIB]])
    linkSync(disk.path('in/small'), disk.path('in/z'))
    runTool('setfattr', ['-n', 'user.note', '-v', 'kept', disk.path('in/small')])
    expect(runCli(disk.mountpoint, 'create', '-q', '--format=1', '-f', 'a', 'in').err).toBe('')
    expect(runCli(disk.mountpoint, 'extract', '-q', 'a', '-C', 'out')).toMatchObject({ code: 0, err: '' })
    expect(compare(disk)).toEqual({ code: 0, differences: [] })
    expect(runCli(disk.mountpoint, 'compare', '-q', '--extra', '--ignore', 'hard-link', 'a', '.')).toMatchObject({
      code: 1,
      out: 'out: isn’t in the archive\n',
    })
  })

  it('--json: one document with the differences', () => {
    using disk = mountImage('btrfs')
    setUp(disk)
    chmodSync(disk.path('out/in/large'), 0o600)
    const run = runCli(disk.mountpoint, 'compare', '--json', '-f', 'a', '-C', 'out')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.out)).toMatchObject({
      ok: false,
      command: 'compare',
      summary: { entries: 13, files: 5, differences: { mode: 1 }, differenceCount: 1, problems: 0 },
      differences: [{ path: 'in/large', kind: 'mode', message: 'mode is 0600 here, 0644 in the archive' }],
      problemCount: 0,
    })
  })

  it('a damaged archive is a problem of the entry, never a difference or “equal”', () => {
    using disk = mountImage('btrfs')
    setUp(disk)
    const bytes = readFileSync(disk.path('a'))
    const at = bytes.indexOf(readFileSync(disk.path('in/large')).subarray(MIB, MIB + 64))
    bytes[at] = 1 ^ (bytes[at] ?? 0)
    writeFileSync(disk.path('a'), bytes)
    const run = runCli(disk.mountpoint, 'compare', 'a', 'out')
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/^reftar: in\/large: the data’s hash is wrong/)
    expect(run.out).toContain('? No differences were found in what could be compared.')
  })

  it('paths that aren’t in the archive, and a folder that isn’t there', () => {
    using disk = mountImage('btrfs')
    setUp(disk)
    expect(runCli(disk.mountpoint, 'compare', 'a', 'out', 'nothing')).toMatchObject({ code: 1 })
    expect(runCli(disk.mountpoint, 'compare', 'a', 'nowhere')).toMatchObject({ code: 4 })
    expect(runCli(disk.mountpoint, 'compare', 'a')).toMatchObject({ code: 2 })
  })

  it('pipes', () => {
    using disk = mountImage('btrfs')
    setUp(disk)
    const run = runTool('sh', [
      '-c',
      `cd "$1" && "$2" "$3" compare -q -f - out < a && cat a | "$2" "$3" compare -q -f - out && echo equal`,
      'sh',
      disk.mountpoint,
      process.execPath,
      `${process.cwd()}/bin/reftar.js`,
    ])
    expect(run).toBe('equal\n')
  })
})
