/** Extraction where something is already: each policy, links in the way, paths that would lead out. */
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { create } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const names = ['in/file', 'in/folder/inside', 'in/link', 'in/other']

/** An archive of `in`, and a target that has some of the same names already. */
async function prepare(disk: MountedImage): Promise<void> {
  mkdirSync(disk.path('in/folder'), { recursive: true })
  writeFileSync(disk.path('in/file'), 'from the archive')
  writeFileSync(disk.path('in/folder/inside'), randomBytes(70_000))
  writeFileSync(disk.path('in/other'), 'not there yet')
  symlinkSync('file', disk.path('in/link'))
  utimesSync(disk.path('in/file'), 1e9, 1e9)
  utimesSync(disk.path('in/folder/inside'), 1e9, 1e9)
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  mkdirSync(disk.path('out/in/folder'), { recursive: true })
  writeFileSync(disk.path('out/in/file'), 'was there')
  writeFileSync(disk.path('out/in/folder/inside'), 'was there')
  writeFileSync(disk.path('out/in/folder/unrelated'), 'was there')
  symlinkSync('was there', disk.path('out/in/link'))
  // One older than in the archive, one newer.
  utimesSync(disk.path('out/in/file'), 9e8, 9e8)
  utimesSync(disk.path('out/in/folder/inside'), 1.1e9, 1.1e9)
}

const text = (path: string) => readFileSync(path, 'utf8')

describe.each(['btrfs', 'ext4'] as const)('%s', (type) => {
  it('fail: what is there stays and is reported, the rest is extracted', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const { problems } = await extract(disk.path('a.reftar'), disk.path('out'))
    expect(problems.map(({ code, entry }) => `${code} ${entry}`).sort()).toEqual(
      ['file', 'folder/inside', 'link'].map((name) => `already-exists in/${name}`),
    )
    for (const name of ['file', 'folder/inside', 'folder/unrelated']) {
      expect(text(disk.path('out/in', name))).toBe('was there')
    }
    expect(readlinkSync(disk.path('out/in/link'))).toBe('was there')
    expect(text(disk.path('out/in/other'))).toBe('not there yet')
    expect(stagedNames(disk.path('out'))).toEqual([])
  })

  it('skip: the same, and no problem', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const { summary, problems } = await extract(disk.path('a.reftar'), disk.path('out'), { onConflict: 'skip' })
    expect(problems).toEqual([])
    expect(summary.skipped).toBe(3)
    expect(text(disk.path('out/in/file'))).toBe('was there')
    expect(text(disk.path('out/in/other'))).toBe('not there yet')
  })

  it('overwrite: what is in the archive wins, what isn’t stays', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const { problems } = await extract(disk.path('a.reftar'), disk.path('out'), { onConflict: 'overwrite' })
    expect(problems).toEqual([])
    expect(text(disk.path('out/in/folder/unrelated'))).toBe('was there')
    const got = readTree(disk.path('out/in'))
    got.delete('folder/unrelated')
    expect(compareTrees(readTree(disk.path('in')), got)).toEqual([])
  })

  it('newer: only what is older than in the archive', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const { problems } = await extract(disk.path('a.reftar'), disk.path('out'), { onConflict: 'newer' })
    expect(problems).toEqual([])
    expect(text(disk.path('out/in/file'))).toBe('from the archive')
    expect(text(disk.path('out/in/folder/inside'))).toBe('was there')
  })

  it('rename: both are there', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const { summary, problems } = await extract(disk.path('a.reftar'), disk.path('out'), { onConflict: 'rename' })
    expect(problems).toEqual([])
    expect(summary.renamed).toBe(3)
    for (const name of ['file', 'folder/inside']) expect(text(disk.path('out/in', name))).toBe('was there')
    const contents = readdirSync(disk.path('out/in'))
      .filter((name) => name.startsWith('file'))
      .map((name) => text(disk.path('out/in', name)))
    expect(contents.sort()).toEqual(['from the archive', 'was there'])
    expect(readdirSync(disk.path('out/in/folder'))).toHaveLength(3)
  })

  it('a file is never replaced by a folder’s link, a folder never by a file', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    mkdirSync(disk.path('two/in/file/kept'), { recursive: true })
    writeFileSync(disk.path('two/in/folder'), 'a file where a folder is needed')
    const { problems } = await extract(disk.path('a.reftar'), disk.path('two'))
    expect(new Set(problems.map(({ entry }) => entry))).toContain('in/file')
    expect(existsSync(disk.path('two/in/file/kept'))).toBe(true)
    expect(text(disk.path('two/in/folder'))).toBe('a file where a folder is needed')
    expect(text(disk.path('two/in/other'))).toBe('not there yet')
  })

  it('links in the target are never followed', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    for (const onConflict of ['fail', 'skip', 'overwrite', 'rename', 'newer'] as const) {
      const target = disk.path(`links ${onConflict}`)
      const outside = disk.path(`outside ${onConflict}`)
      mkdirSync(`${target}/in`, { recursive: true })
      mkdirSync(outside)
      writeFileSync(`${outside}/victim`, 'untouched')
      symlinkSync(outside, `${target}/in/folder`)
      symlinkSync(`${outside}/victim`, `${target}/in/file`)
      symlinkSync(`${outside}/new`, `${target}/in/other`)
      await extract(disk.path('a.reftar'), target, { onConflict })
      expect(readdirSync(outside)).toEqual(['victim'])
      expect(text(`${outside}/victim`)).toBe('untouched')
      expect(stagedNames(target)).toEqual([])
    }
    // A folder of the target that is a link altogether.
    mkdirSync(disk.path('three'))
    mkdirSync(disk.path('elsewhere'))
    symlinkSync('../elsewhere', disk.path('three/in'))
    const { problems } = await extract(disk.path('a.reftar'), disk.path('three'), { onConflict: 'fail' })
    expect(problems.length).toBeGreaterThan(0)
    expect(readdirSync(disk.path('elsewhere'))).toEqual([])
  })
})

it('again over itself: fail leaves all, overwrite gives the same again', async () => {
  using disk = mountImage('xfs')
  await prepare(disk)
  mkdirSync(disk.path('two'))
  await extract(disk.path('a.reftar'), disk.path('two'))
  const before = readTree(disk.path('two'))
  expect((await extract(disk.path('a.reftar'), disk.path('two'))).problems).toHaveLength(names.length)
  expect(compareTrees(before, readTree(disk.path('two')), ['mtimeNs'])).toEqual([])
  expect((await extract(disk.path('a.reftar'), disk.path('two'), { onConflict: 'overwrite' })).problems).toEqual([])
  expect(compareTrees(before, readTree(disk.path('two')), ['mtimeNs'])).toEqual([])
})

it('--strip-components leaves leading folders out, and never leads out', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  mkdirSync(disk.path('two'))
  expect((await extract(disk.path('a.reftar'), disk.path('two'), { stripComponents: 1 })).problems).toEqual([])
  expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('two')), ['mtimeNs'])).toEqual([])
  mkdirSync(disk.path('three'))
  await extract(disk.path('a.reftar'), disk.path('three'), { stripComponents: 2 })
  expect(readdirSync(disk.path('three'))).toEqual(['inside'])
  expect(statSync(disk.path('three/inside')).size).toBe(70_000)
})

it('the archive in its own target is left alone', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/a.reftar'), 'a file of the archive’s own name')
  await create(disk.path('in'), ['a.reftar'], disk.path('a.reftar'))
  const before = lstatSync(disk.path('a.reftar'))
  for (const onConflict of ['fail', 'overwrite', 'newer'] as const) {
    const { problems } = await extract(disk.path('a.reftar'), disk.mountpoint, { onConflict })
    expect(problems.map(({ code }) => code)).toEqual(['already-exists'])
  }
  expect(lstatSync(disk.path('a.reftar')).ino).toBe(before.ino)
})
