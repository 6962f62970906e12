/** What goes into an archive, and under which name. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { CreateOptions } from '../../src/shared/jobs.ts'
import { cloneFile, KIB, MIB } from '../support/blocks.ts'
import { runScript } from '../support/cli.ts'
import { create, errorOf, storedPaths, verify } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

/** a/b/c, a/d.txt, e/c and a link out of the tree. */
function fill(disk: MountedImage): void {
  for (const folder of ['a/b', 'e']) mkdirSync(disk.path(folder), { recursive: true })
  for (const file of ['a/b/c', 'a/d.txt', 'e/c']) writeFileSync(disk.path(file), file)
  symlinkSync('../e', disk.path('a/link'))
}

it('inputs are stored under their own names, or with --keep-paths under their paths', async () => {
  using disk = mountImage('tmpfs')
  fill(disk)
  const stored = async (inputs: string[], options: Partial<CreateOptions> = {}) => {
    await create(disk.mountpoint, inputs, disk.path('z.reftar'), options)
    return storedPaths(disk.path('z.reftar'))
  }
  const below = ['a', 'a/b', 'a/b/c', 'a/d.txt', 'a/link']
  expect(await stored(['a'])).toEqual(below)
  expect(await stored(['./a//'])).toEqual(below)
  expect(await stored([disk.path('a')])).toEqual(below)
  for (const path of ['a/.', 'a/./', './/a/./.']) expect(await stored([path])).toEqual(below)
  // What has no name of its own: what it holds is at the root.
  for (const path of ['a/b/..', 'a/b/../.']) expect(await stored([path])).toEqual(['b', 'b/c', 'd.txt', 'link'])
  // Links aren’t followed, neither as inputs nor below.
  expect(await stored(['a/d.txt', 'a/b/c'])).toEqual(['c', 'd.txt'])
  expect(await stored(['a/b', 'e/c'])).toEqual(['b', 'b/c', 'c'])
  expect(await stored(['a/link'])).toEqual(['link'])
  const keepPaths = { keepPaths: true }
  expect(await stored(['a/b/c', 'e'], keepPaths)).toEqual(['a', 'a/b', 'a/b/c', 'e', 'e/c'])
  expect(await stored(['a/b/c', 'a'], keepPaths)).toEqual(below)
  expect(await stored(['.'], { exclude: ['*.txt', 'e', '*.reftar'] })).toEqual(['a', 'a/b', 'a/b/c', 'a/link'])
  expect(await stored(['a', 'e'], { exclude: ['a/b/*', '**/c'] })).toEqual(['a', 'a/b', 'a/d.txt', 'a/link', 'e'])
})

it('inputs that would collide, are missing or empty are refused, and no archive is left', async () => {
  using disk = mountImage('tmpfs')
  fill(disk)
  const before = readdirSync(disk.mountpoint)
  const refused = async (inputs: string[], options: Partial<CreateOptions> = {}) =>
    (await errorOf(create(disk.mountpoint, inputs, disk.path('z.reftar'), options))).code
  expect(await refused(['a/b/c', 'e/c'])).toBe('collision')
  expect(await refused(['a', 'a'])).toBe('collision')
  expect(await refused(['a/../a', './a'])).toBe('collision')
  expect(await refused(['missing'])).toBe('not-found')
  expect(await refused(['a', 'missing'])).toBe('not-found')
  expect(await refused([])).toBe('usage')
  expect(await refused([''])).toBe('usage')
  expect(await refused(['../x'], { keepPaths: true })).toBe('usage')
  expect(readdirSync(disk.mountpoint)).toEqual(before)
})

it('an archive inside the tree leaves out itself and what it replaces', async () => {
  using disk = mountImage('btrfs')
  fill(disk)
  const archive = disk.path('a/self.reftar')
  const before = readTree(disk.path('a'))
  const paths = ['a', 'a/b', 'a/b/c', 'a/d.txt', 'a/link']
  for (let round = 0; round < 2; round++) {
    expect((await create(disk.mountpoint, ['a'], archive)).problems).toEqual([])
    expect(await storedPaths(archive)).toEqual(paths)
    expect((await verify(archive)).problems).toEqual([])
  }
  // Another name of the old archive is the old archive too; a copy of it is a file like any other.
  linkSync(archive, disk.path('a/second name'))
  cloneFile(archive, disk.path('a/copy'))
  await create(disk.mountpoint, ['a'], archive)
  expect(await storedPaths(archive)).toEqual([...paths.slice(0, 3), 'a/copy', ...paths.slice(3)])
  expect(before.size).toBe(paths.length)
})

it('--one-file-system stops at what is mounted below', async () => {
  using disk = mountImage('ext4')
  fill(disk)
  mkdirSync(disk.path('a/mounted'))
  runTool('mount', ['-t', 'tmpfs', 'reftar-test', disk.path('a/mounted')])
  try {
    writeFileSync(disk.path('a/mounted/inside'), 'x')
    await create(disk.mountpoint, ['a'], disk.path('all.reftar'))
    expect(await storedPaths(disk.path('all.reftar'))).toContain('a/mounted/inside')
    await create(disk.mountpoint, ['a'], disk.path('one.reftar'), { oneFilesystem: true })
    const stored = await storedPaths(disk.path('one.reftar'))
    expect(stored).toContain('a/mounted')
    expect(stored).not.toContain('a/mounted/inside')
  } finally {
    runTool('umount', [disk.path('a/mounted')])
  }
})

it('btrfs subvolumes below are other devices, and share blocks all the same', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  for (const name of ['one', 'two']) runTool('btrfs', ['-q', 'subvolume', 'create', disk.path('in', name)])
  writeFileSync(disk.path('in/one/a'), randomBytes(2 * MIB))
  cloneFile(disk.path('in/one/a'), disk.path('in/two/a'))
  const { summary, problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), { instant: true })
  expect(problems).toEqual([])
  // One device doesn't know of the other's addresses; what is cloned takes no space even when cloned twice.
  expect(summary.clonedBytes + summary.sharedBytes).toBe(4 * MIB)
  expect(summary.copied).toEqual({})
  const deduplicated = await create(disk.mountpoint, ['in'], disk.path('b.reftar'))
  expect(deduplicated.summary.clonedBytes).toBe(2 * MIB)
  mkdirSync(disk.path('out'))
  await extract(disk.path('b.reftar'), disk.path('out'))
  expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
  expect(commonRanges(disk.path('out/in/one/a'), disk.path('out/in/two/a'))).toEqual([
    { aOffset: 0, bOffset: 0, length: 2 * MIB },
  ])
})

it('a pipe from end to end: equal, and shared where the target can', () => {
  using disk = mountImage('ext4')
  using target = mountImage('xfs')
  fill(disk)
  const common = randomBytes(MIB)
  for (const name of ['p', 'q']) writeFileSync(disk.path('a', name), Buffer.concat([common, randomBytes(64 * KIB)]))
  const script = `reftar create -q -f - a e | reftar extract -q -f - -C '${target.mountpoint}'`
  expect(runScript(disk.mountpoint, script)).toEqual({ code: 0, out: '', err: '' })
  for (const name of ['a', 'e']) {
    expect(compareTrees(readTree(disk.path(name)), readTree(target.path(name)))).toEqual([])
  }
  expect(readdirSync(target.mountpoint).sort()).toEqual(['a', 'e'])
  expect(commonRanges(target.path('a/p'), target.path('a/q'))).toEqual([{ aOffset: 0, bOffset: 0, length: MIB }])
})
