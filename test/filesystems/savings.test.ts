/** What an archive saves, for all of it and for parts, against counting the bytes of its entries one by one. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import type { Entry } from '../../src/main/engine/entry.ts'
import { mapArchiveContents } from '../../src/main/engine/sharing/archive-contents.ts'
import { displayName } from '../../src/shared/byte-string.ts'
import { PictureIndex } from '../../src/shared/sharing/picture-index.ts'
import { savingsFolders, savingsOf } from '../../src/shared/sharing/savings.ts'
import { pathOfFile } from '../../src/shared/sharing/sharing-map.ts'
import { cloneFile, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { withArchive } from '../support/creation.ts'
import { archive, watchedJob } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'

/** Distinct bytes of the archive that some files use, in units that all runs here are made of. */
function distinctBytes(entries: readonly Entry[]): { data: number; packed: number } {
  const data = new Set<number>()
  const packed = new Set<string>()
  for (const segment of entries.flatMap(({ segments }) => [...segments])) {
    for (let at = 0; at < segment.lengthBytes; at++) {
      if (segment.kind === 'data' && at % 4096 === 0) data.add(segment.archiveOffset + at)
      if (segment.kind === 'pack') packed.add(`${segment.pack}:${segment.packOffset + at}`)
    }
  }
  return { data: data.size * 4096, packed: packed.size }
}

it.each(['btrfs', 'ext4'] as const)('%s: every step of the bar, for all and for a part', async (type) => {
  using disk = mountImage(type)
  for (const folder of ['in', 'in/images', 'in/notes']) mkdirSync(disk.path(folder))
  const image = randomBytes(MIB)
  writeFileSync(disk.path('in/images/base'), image)
  if (type === 'btrfs') cloneFile(disk.path('in/images/base'), disk.path('in/images/dev'))
  else writeFileSync(disk.path('in/images/dev'), image)
  overwriteRandomly(disk.path('in/images/dev'), [64 * KIB], 64 * KIB)
  writeFileSync(disk.path('in/notes/copy'), image)
  writeFileSync(disk.path('in/notes/small'), 'all work and no play '.repeat(300))
  writeFileSync(disk.path('in/notes/sparse'), '')
  truncateSync(disk.path('in/notes/sparse'), 3 * MIB)
  await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
  await withArchive(disk.path('a.reftar'), async (reader) => {
    const { job } = watchedJob()
    const map = await mapArchiveContents(createPorts().clock, reader, 10, job)
    const index = new PictureIndex(map)
    const files = [...reader.entries()].filter(({ kind }) => kind === 'file')
    const compare = (savings: ReturnType<typeof savingsOf>, chosen: readonly Entry[]) => {
      const { data, packed } = distinctBytes(chosen)
      const holes = chosen
        .flatMap(({ segments }) => [...segments])
        .filter(({ kind }) => kind === 'hole' || kind === 'zero')
        .reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)
      const sizeBytes = chosen.reduce((sum, entry) => sum + entry.sizeBytes, 0)
      const { packRawBytes, packStoredBytes } = reader.info.totals
      const packedStored = Math.round((packed * packStoredBytes) / packRawBytes)
      expect(savings).toMatchObject({
        files: chosen.length,
        sizeBytes,
        withoutHolesBytes: sizeBytes - holes,
        withoutDuplicatesBytes: data + packed,
        storedBytes: data + packedStored,
        packedBytes: packed,
        packingBytes: packed - packedStored,
      })
    }
    const all = savingsOf(index, reader.info)
    compare(all, files)
    expect(all.duplicates).toEqual({
      sharedOnDiskBytes: reader.info.totals.sharedBytes,
      equalContentBytes: reader.info.totals.duplicateBytes,
    })
    expect(all.withoutHolesBytes - all.withoutDuplicatesBytes).toBe(
      reader.info.totals.sharedBytes + reader.info.totals.duplicateBytes,
    )
    expect(all.alsoUsedElsewhereBytes).toBe(0)
    const isNote = (file: number) => pathOfFile(map, file).startsWith('in/notes/')
    const part = savingsOf(index, reader.info, isNote)
    compare(
      part,
      files.filter(({ path }) => displayName(path).startsWith('in/notes/')),
    )
    expect(part.duplicates).toBe(undefined)
    expect(part.alsoUsedElsewhereBytes).toBe(MIB)
    const [largest] = map.groups
    expect(Array.from(largest?.files ?? [], (file) => pathOfFile(map, file))).toEqual([
      'in/images/base',
      'in/images/dev',
      'in/notes/copy',
    ])
    expect(largest?.bytes).toBe(MIB - 64 * KIB)
    const tree = savingsFolders(map, map.folders.names.indexOf('in'))
    expect(tree.map(({ folder, sizeBytes }) => [map.folders.names[folder], sizeBytes])).toEqual([
      ['notes', 4 * MIB + 6300],
      ['images', 2 * MIB],
    ])
    expect(tree[1]?.savedShare).toBeCloseTo(1 - (MIB + 64 * KIB) / (2 * MIB), 9)
  })
})
