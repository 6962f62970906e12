/** A tree with one of everything comes back without any difference that the system's own tools can see. */
import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { MIB } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { create, verify } from '../support/creation.ts'
import { makeEverything } from '../support/everything-tree.ts'
import { extract } from '../support/extraction.ts'
import { judge } from '../support/judge.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { hardLinkGroups } from '../support/node-details.ts'
import { commonRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'

/** Everything is compared, access times too, which looking must not change meanwhile. */
const steady = { mountOptions: 'noatime', sizeBytes: 512 << 20 }

async function expectEverythingBack(disk: MountedImage, options: Parameters<typeof create>[3]): Promise<void> {
  const before = judge(disk.path('in'))
  const created = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), options)
  expect(created.problems).toEqual([])
  expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
  mkdirSync(disk.path('out'))
  const { summary, problems } = await extract(disk.path('a.reftar'), disk.path('out'), { zeros: 'write' })
  expect(problems).toEqual([])
  expect(summary.notRestored).toEqual([])
  const after = judge(disk.path('out/in'))
  for (const [tool, said] of Object.entries(before)) expect({ [tool]: after[tool] }).toEqual({ [tool]: said })
  expect(judge(disk.path('in'))).toEqual(before)
}

/** What a file shares with the one that it was made from, without the file's end. */
function wholeBlocksShared(disk: MountedImage, folder: string, name: string) {
  return commonRanges(disk.path(folder, 'size-1048593'), disk.path(folder, name)).map(
    ({ aOffset, bOffset, length }) => ({
      aOffset,
      bOffset,
      length: Math.min(length, MIB - bOffset),
    }),
  )
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it.each([
    ['cloned where it can be', {}],
    ['never cloned', { clone: 'never' }],
    ['compressed', { compress: true }],
    ['instant', { instant: true }],
  ] as const)('%s', async (_, options) => {
    using disk = mountImage(type, steady)
    makeEverything(disk.path('in'), type)
    await expectEverythingBack(disk, options)
    const compared = runCli(disk.mountpoint, 'compare', 'a.reftar', 'out', '--extra', '--access-times', '--exact-holes')
    expect(compared.err).toBe('')
    expect(compared.out).toContain('✓ out is what a.reftar holds.')
    expect(compared.code).toBe(0)
    // File ends are packed, and what is compressed can't be shared.
    if (type === 'ext4' || 'compress' in options) return
    for (const name of ['clone', 'clone with a change', 'partly-shared']) {
      expect(wholeBlocksShared(disk, 'out/in', name)).toEqual(wholeBlocksShared(disk, 'in', name))
    }
  })

  it('into a folder that hands an ACL on: what is restored keeps its own', async () => {
    using disk = mountImage(type, steady)
    makeEverything(disk.path('in'), type)
    mkdirSync(disk.path('out'))
    runTool('setfacl', ['-d', '-m', 'u:4321:rwx,g::-,o::-', disk.path('out')])
    const before = judge(disk.path('in'))
    await create(disk.path('in'), ['.'], disk.path('a.reftar'))
    const { problems } = await extract(disk.path('a.reftar'), disk.path('out'), { zeros: 'write' })
    expect(problems).toEqual([])
    const names = (said: unknown) => (said as string[]).filter((line) => !/ \.$|file: \.\n/.test(line))
    const after = judge(disk.path('out'))
    expect(names(after['find'])).toEqual(names(before['find']))
    expect(names(after['acls'])).toEqual(names(before['acls']))
  })

  it('immutable and append-only are reported, and restored at the end when asked', async () => {
    using disk = mountImage(type, steady)
    const folder = disk.mountpoint
    mkdirSync(disk.path('in/folder'), { recursive: true })
    for (const name of ['immutable', 'append', 'folder/inside']) runTool('cp', ['/etc/hostname', disk.path('in', name)])
    const flagged = [
      ['i', 'immutable'],
      ['a', 'append'],
      ['i', 'folder'],
    ] as const
    for (const [flag, name] of flagged) runTool('chattr', [`+${flag}`, disk.path('in', name)])
    try {
      const before = judge(disk.path('in'))
      expect(runCli(folder, 'create', '-q', '-f', 'a', 'in')).toEqual({ code: 0, out: '', err: '' })
      const plain = runCli(folder, 'extract', 'a', '-C', 'plain')
      expect(plain).toMatchObject({ code: 0, err: '' })
      expect(plain.out).toContain('3 entries were immutable or append-only; --immutable restores that.')
      rmSync(disk.path('plain'), { recursive: true })
      expect(runCli(folder, 'extract', '--immutable', 'a', '-C', 'out')).toMatchObject({ code: 0, err: '' })
      expect(judge(disk.path('out/in'))).toEqual(before)
      expect(runCli(folder, 'compare', '-q', 'a', 'out')).toEqual({ code: 0, out: '', err: '' })
    } finally {
      runTool('chattr', ['-R', '-i', '-a', disk.mountpoint])
    }
  })

  it('hard links across inputs, and any part of their names restored', () => {
    using disk = mountImage(type)
    const folder = disk.mountpoint
    for (const name of ['one', 'two', 'three']) mkdirSync(disk.path(name))
    runTool('cp', ['/etc/hostname', disk.path('one/file')])
    for (const name of ['two/file', 'three/file', 'three/more']) runTool('ln', [disk.path('one/file'), disk.path(name)])
    expect(runCli(folder, 'create', '-q', '-f', 'a', 'one', 'two', 'three').code).toBe(0)
    for (const [paths, groups] of [
      [[], [['one/file', 'three/file', 'three/more', 'two/file']]],
      [['two'], []],
      [['three'], [['three/file', 'three/more']]],
      [['two', 'three/more'], [['three/more', 'two/file']]],
    ] as const) {
      expect(runCli(folder, 'extract', '-q', 'a', '-C', 'out', ...paths)).toMatchObject({ code: 0, err: '' })
      expect(hardLinkGroups(disk.path('out'))).toEqual(groups)
      expect(runCli(folder, 'compare', '-q', 'a', 'out', ...paths)).toEqual({ code: 0, out: '', err: '' })
      rmSync(disk.path('out'), { recursive: true })
    }
  })

  it('sockets are left out, and counted', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    const servers = await Promise.all(
      ['a', 'b'].map(
        (name) =>
          new Promise<ReturnType<typeof createServer>>((resolve) => {
            const server = createServer().listen(disk.path('in', name), () => resolve(server))
          }),
      ),
    )
    const run = runCli(disk.mountpoint, 'create', '-f', 'a.reftar', 'in')
    for (const server of servers) server.close()
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain('2 entries that can’t be stored (sockets, the archive itself) were left out.')
    expect(runCli(disk.mountpoint, 'list', 'a.reftar').out).toBe('in/\n')
  })
})
