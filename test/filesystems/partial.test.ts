/** Getting a part of an archive back, and reading no more than that takes. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { KIB, MIB } from '../support/blocks.ts'
import { countingPorts } from '../support/counting-ports.ts'
import { create, withArchive } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

/** 60 folders of 60 files each, and some large ones: several pages and packs. */
async function makeArchive(disk: MountedImage): Promise<string> {
  for (let folder = 0; folder < 60; folder++) {
    const path = disk.path('in', `folder ${String(folder).padStart(2, '0')}`)
    mkdirSync(path, { recursive: true })
    for (let i = 0; i < 60; i++) writeFileSync(`${path}/${i}.${i % 2 ? 'txt' : 'bin'}`, randomBytes(6 * KIB))
    if (folder % 10 === 0) writeFileSync(`${path}/large`, randomBytes(MIB))
  }
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  return disk.path('a.reftar')
}

it('by path and glob: just that, with the folders above', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const archive = await makeArchive(disk)
  const expected = readTree(disk.path('in'))
  const selected = async (selection: string[], exclude: string[] = []) => {
    const out = disk.path('out')
    mkdirSync(out)
    const { problems } = await extract(archive, out, { selection, exclude })
    expect(problems).toEqual([])
    const got = readTree(`${out}/in`)
    const files = [...got].filter(([, { type }]) => type === 'file')
    const wanted = [...expected].filter(([path]) => files.some(([name]) => name === path))
    expect(compareTrees(new Map(wanted), new Map(files))).toEqual([])
    rmSync(out, { recursive: true })
    return files.map(([path]) => path)
  }
  expect(await selected(['in/folder 07/3.txt'])).toEqual(['folder 07/3.txt'])
  expect(await selected(['in/folder 07'])).toHaveLength(60)
  expect(await selected(['in/folder 1*/large', 'in/folder 07/3.txt'])).toEqual(['folder 07/3.txt', 'folder 10/large'])
  expect(await selected(['**/large'], ['in/folder 0*'])).toHaveLength(5)
  expect(await selected(['*.txt'])).toHaveLength(1800)
  mkdirSync(disk.path('out'))
  const { problems } = await extract(archive, disk.path('out'), {
    selection: ['in/folder 07/0.bin', 'in/nothing', '*.none'],
  })
  expect(problems.map(({ code, entry }) => ({ code, entry }))).toEqual([
    { code: 'no-match', entry: 'in/nothing' },
    { code: 'no-match', entry: '*.none' },
  ])
  expect(readdirSync(disk.path('out/in/folder 07'))).toEqual(['0.bin'])
})

it('reads only what it needs', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const archive = await makeArchive(disk)
  const size = statSync(archive).size
  expect(size).toBeGreaterThan(20 * MIB)
  const readFor = async (selection: string[]) => {
    const { ports, counts } = countingPorts()
    mkdirSync(disk.path('out'))
    await extract(archive, disk.path('out'), { selection }, ports)
    rmSync(disk.path('out'), { recursive: true })
    return counts
  }
  // A cloned file isn't read at all, but for its page and the directory; a small one takes its pack of 4 MiB.
  const large = await readFor(['in/folder 20/large'])
  expect(large.readBytes).toBeLessThan(256 * KIB)
  expect(large.clonedBytes).toBe(MIB)
  expect((await readFor(['in/folder 20/7.txt'])).readBytes).toBeLessThan(4.5 * MIB)
  expect((await readFor([])).readBytes).toBeGreaterThan(15 * MIB)
})

it('opens and lists one folder without reading the rest', async () => {
  using disk = mountImage('xfs')
  const archive = await makeArchive(disk)
  const { ports, counts } = countingPorts()
  await withArchive(
    archive,
    (reader) => {
      const listed = reader.children(textToByteString('in/folder 31'), undefined, 1000)
      expect(listed).toHaveLength(60)
      expect(reader.find(textToByteString('in/folder 31/59.txt'))?.sizeBytes).toBe(6 * KIB)
    },
    ports,
  )
  expect(counts.readBytes).toBeLessThan(400 * KIB)
})
