/** XFS shows root its own storage of ACLs as attributes, beside the ACLs: only these are archived, restored and compared. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { type ArchiveReader, compareArchive, type Entry } from '../../src/main/engine/index.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import type { Difference } from '../../src/shared/comparison.ts'
import { create, withArchive } from '../support/creation.ts'
import { extractFrom, watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

const storage = ['trusted.SGI_ACL_FILE', 'trusted.SGI_ACL_DEFAULT']

function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/file'), 'x')
  runTool('setfacl', ['-m', 'u:1234:rw', disk.path('in/file')])
  runTool('setfacl', ['-d', '-m', 'u:1234:rw', disk.path('in')])
}

const attributesOf = (path: string) => runTool('getfattr', ['--absolute-names', '-m', '-', path])

const names = (entry: Entry) => entry.attributes.map(({ name }) => name).sort()

/** The archive as one whose entries have that storage, as they had when it wasn't known. */
function withStorage(reader: ArchiveReader): ArchiveReader {
  const added = storage.map((name) => ({ name: name as ByteString, value: Uint8Array.of(1, 2, 3) }))
  const old = (entry: Entry): Entry => ({ ...entry, attributes: [...entry.attributes, ...added] })
  return Object.assign(Object.create(reader) as ArchiveReader, {
    *entries(from?: number) {
      for (const entry of reader.entries(from)) yield old(entry)
    },
    entryAt: (ordinal: number) => old(reader.entryAt(ordinal)),
  })
}

async function differencesOf(reader: ArchiveReader, directory: string): Promise<readonly Difference[]> {
  const differences: Difference[] = []
  const options = {
    directory: textToByteString(directory),
    selection: [],
    exclude: [],
    stripComponents: 0,
    numericOwner: false,
    extra: false,
    accessTimes: false,
    exactHoles: false,
    ignore: [],
  }
  const { job, problems } = watchedJob()
  const difference = (found: Difference) => differences.push(found)
  await compareArchive(createPorts(), reader, options, { ...job, difference })
  expect(problems).toEqual([])
  return differences
}

it('is neither stored nor compared', async () => {
  using disk = mountImage('xfs')
  fill(disk)
  // What this is about: without it the test would show nothing.
  expect(attributesOf(disk.path('in/file'))).toContain(storage[0])
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  await withArchive(disk.path('a.reftar'), async (reader) => {
    expect([...reader.entries()].map(names)).toEqual([['system.posix_acl_default'], ['system.posix_acl_access']])
    expect(await differencesOf(reader, disk.mountpoint)).toEqual([])
  })
})

it('is left alone in archives that hold it', async () => {
  using disk = mountImage('xfs')
  using other = mountImage('btrfs')
  fill(disk)
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  await withArchive(disk.path('a.reftar'), async (reader) => {
    for (const target of [disk, other]) {
      mkdirSync(target.path('out'))
      const { summary, problems } = await extractFrom(withStorage(reader), target.path('out'))
      expect(problems).toEqual([])
      expect(summary.notRestored).toEqual([])
      expect(await differencesOf(withStorage(reader), target.path('out'))).toEqual([])
      const getfacl = (path: string) => runTool('getfacl', ['-cnp', path])
      expect(getfacl(target.path('out/in/file'))).toBe(getfacl(disk.path('in/file')))
    }
    expect(attributesOf(other.path('out/in/file'))).not.toContain(storage[0])
  })
})
