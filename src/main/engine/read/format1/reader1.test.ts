import { describe, expect, test } from 'vitest'
import type { ByteString } from '../../../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../../../shared/errors.ts'
import type { JobContext } from '../../../../shared/progress.ts'
import { inEnglish } from '../../../../shared/said.ts'
import type { Entry } from '../../entry.ts'
import { entryTypes } from '../../format1/entry-header.ts'
import type { ArchiveReader } from '../../reader.ts'
import {
  archiveHeader,
  BLOCK,
  dataExtent,
  entryHeader,
  hole,
  openBytes,
  padded,
  reference,
} from './archive1.test-support.ts'

const bytesOf = (length: number, start: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 7 + start) & 0xff))

const inline = bytesOf(100, 1)
const first = bytesOf(BLOCK * 2 + 10, 2)
const folderEntry = entryHeader('dir', { type: entryTypes.directory, sizeBytes: 4096 })
/** dir/, dir/small (inline), dir/large (two extents, the last cut), copy (references and a hole). */
const pieces = [
  archiveHeader(),
  folderEntry,
  entryHeader('dir/small', {}, inline),
  entryHeader('dir/large', { sizeBytes: first.length }),
  dataExtent(0, first.subarray(0, BLOCK)),
  dataExtent(1, first.subarray(BLOCK)),
  entryHeader('copy', { sizeBytes: first.length + BLOCK * 3 }),
  reference(0, first.subarray(0, BLOCK)),
  hole(2),
  reference(1, first.subarray(BLOCK)),
  hole(1),
]
const whole = Buffer.concat(pieces)
const copied = Buffer.concat([
  first.subarray(0, BLOCK),
  Buffer.alloc(BLOCK * 2),
  padded(first.subarray(BLOCK)),
  Buffer.alloc(BLOCK),
]).subarray(0, first.length + BLOCK * 3)
const contents: Record<string, Buffer> = { 'dir/small': inline, 'dir/large': first, copy: copied }

function contentOf(reader: ArchiveReader, entry: Entry): Buffer | undefined {
  const content = Buffer.alloc(entry.sizeBytes)
  let at = 0
  for (const segment of entry.segments) {
    if (segment.kind === 'data') reader.readData(segment.archiveOffset, segment.lengthBytes, content.subarray(at))
    at += segment.lengthBytes
  }
  return at === entry.sizeBytes ? content : undefined
}

function watched(): { job: JobContext; problems: ErrorData[] } {
  const problems: ErrorData[] = []
  const signal = new AbortController().signal
  return { problems, job: { signal, progress: () => undefined, problem: (problem) => problems.push(problem) } }
}

const paths = (reader: ArchiveReader): string[] => [...reader.entries()].map(({ path }) => path)

test('metadata, true sizes, holes and references', async () => {
  const reader = openBytes(whole)
  expect(reader.info).toMatchObject({
    format: 1,
    complete: true,
    notices: [],
    dataHashes: 'weak',
    sources: [{ type: 'ext4', id: '7' }],
    totals: { entries: 4, files: 3, directories: 1, holeBytes: BLOCK * 2 + 10, packRawBytes: 100 },
  })
  expect(paths(reader)).toEqual(['dir', 'dir/small', 'dir/large', 'copy'])
  for (const entry of reader.entries()) {
    if (entry.kind === 'file')
      expect(contentOf(reader, entry)?.equals(contents[entry.path] ?? Buffer.alloc(0))).toBe(true)
  }
  expect(reader.entryAt(2)).toMatchObject({
    mode: undefined,
    owner: { uid: 1, gid: 2, userName: 'ann' },
    modifyTime: { seconds: 20, nanoseconds: 0 },
    accessTime: { seconds: 10 },
  })
  const { job, problems } = watched()
  expect(await reader.verify(job)).toMatchObject({ faults: 0, bytesWithoutHash: 100, complete: true })
  expect(problems).toEqual([])
})

describe('cut off', () => {
  /** Where entries end: after the header of the archive, the folder, the small file, and the last extent of the large. */
  const boundaries = [1, 2, 3, 6].map((count) => Buffer.concat(pieces.slice(0, count)).length)

  test('at every byte: complete entries come back, the cut one never as a whole', () => {
    for (let length = 12; length < whole.length; length++) {
      const reader = openBytes(whole.subarray(0, length))
      const entries = [...reader.entries()]
      for (const entry of entries) {
        if (entry.kind !== 'file') continue
        const content = contentOf(reader, entry)
        if (content !== undefined) expect(content.equals(contents[entry.path] ?? Buffer.alloc(0))).toBe(true)
      }
      const intact = entries.filter((entry) => entry.kind !== 'file' || contentOf(reader, entry) !== undefined)
      if (reader.info.complete) expect(intact.length, String(length)).toBe(entries.length)
      else expect(reader.info.notices.length).toBeGreaterThan(0)
      // Between two entries nothing shows that there were more; everywhere else something must.
      if (!boundaries.includes(length)) expect(reader.info.complete, String(length)).toBe(false)
    }
  })

  test('within the extents: the entry is named, what comes before it is whole', async () => {
    const reader = openBytes(whole.subarray(0, whole.length - BLOCK - 1))
    expect(reader.info.complete).toBe(false)
    expect(reader.info.notices.map(inEnglish).join()).toContain('copy: ')
    expect(reader.entryAt(3).segments).toEqual([])
    const { job, problems } = watched()
    expect(await reader.verify(job)).toMatchObject({ complete: false, faults: 1 })
    expect(problems).toMatchObject([{ code: 'damaged', entry: 'copy' }])
  })
})

test('a changed byte in data or in its checksum names every entry that uses it', async () => {
  const extentAt = pieces.slice(0, 4).reduce((sum, piece) => sum + piece.length, 0)
  for (const at of [extentAt + 21, extentAt + BLOCK, extentAt + BLOCK + 300]) {
    const damaged = Buffer.from(whole)
    damaged[at] = (damaged[at] ?? 0) ^ 0x10
    const reader = openBytes(damaged)
    const { job, problems } = watched()
    const report = await reader.verify(job)
    expect(report.faults).toBeGreaterThan(0)
    expect(problems.map(({ entry }) => entry)).toContain('dir/large')
    expect(problems.map(({ entry }) => entry)).toContain('copy')
    const [segment] = reader.entryAt(2).segments
    if (segment?.kind !== 'data') throw new Error('expected data')
    const read = () => reader.readData(segment.archiveOffset + 5, 10, Buffer.alloc(10))
    expect(read).toThrow('checksum')
    expect(() => reader.checkData(segment.archiveOffset, 1)).toThrow('checksum')
  }
})

test('one flipped bit anywhere does no harm', () => {
  for (let at = 0; at < whole.length; at++) {
    for (const bit of [1 << (at % 8)]) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ bit
      try {
        const reader = openBytes(flipped)
        for (const entry of reader.entries()) {
          if (entry.sizeBytes <= 1 << 20 && entry.kind === 'file') {
            try {
              contentOf(reader, entry)
            } catch (error) {
              expect(error).toMatchObject({ code: 'damaged' })
            }
          }
          reader.find(entry.path)
        }
      } catch (error) {
        if (!(error instanceof ReftarError)) throw error
        expect(['damaged', 'not-an-archive', 'limit-exceeded']).toContain(error.code)
      }
    }
  }
})

describe('hostile headers', () => {
  const withField = (header: Buffer, offset: number, write: (bytes: Buffer, at: number) => void): Buffer => {
    const changed = Buffer.from(header)
    write(changed, offset)
    return changed
  }
  const small = entryHeader('small', {}, inline)

  test.each([0, 1, 511, (1 << 20) + 1, 2 ** 31, 2 ** 32 - 1])('block size %d is refused', (size) => {
    const bytes = withField(whole, 8, (buffer, at) => buffer.writeUInt32LE(size, at))
    expect(() => openBytes(bytes)).toThrow('block size')
  })

  test.each([
    ['header size of 4 GiB', 4, 0xffffffff],
    ['user name of 4 GiB', 77, 0xffffffff],
    ['user name past the header', 77, 60_000],
    ['header size that disagrees', 4, 300],
    ['size of 2^64', 12, 0xffffffff],
    ['size of 2^96', 16, 1],
  ])('%s ends the list', (_name, offset, value) => {
    const bad = withField(small, offset, (buffer, at) => buffer.writeUInt32LE(value, at))
    const reader = openBytes(Buffer.concat([archiveHeader(), folderEntry, bad, folderEntry]))
    expect(paths(reader)).toEqual(['dir'])
    expect(reader.info.complete).toBe(false)
    expect(reader.info.notices).toHaveLength(1)
  })

  test('an unknown type or kind ends the list', () => {
    const type = withField(small, 20, (buffer, at) => buffer.writeUInt8(0x39, at))
    expect(openBytes(Buffer.concat([archiveHeader(), type])).info.complete).toBe(false)
    const kind = withField(hole(4), 12, (buffer, at) => buffer.writeUInt8(0x44 + 1, at))
    const reader = openBytes(Buffer.concat([archiveHeader(), entryHeader('a', { sizeBytes: 2000 }), kind]))
    expect(reader.info.complete).toBe(false)
    expect(reader.info.notices.map(inEnglish).join()).toContain('a: ')
  })

  test('exabytes of holes cost nothing', () => {
    const size = 2 ** 50
    const holes = Array.from({ length: size / (0x8000_0000 * BLOCK) }, () => hole(0x8000_0000))
    const reader = openBytes(Buffer.concat([archiveHeader(), entryHeader('huge', { sizeBytes: size }), ...holes]))
    expect(reader.info.complete).toBe(true)
    expect(reader.entryAt(0).segments).toHaveLength(1024)
  })
})

describe('references', () => {
  const file = entryHeader('data', { sizeBytes: BLOCK })
  const data = bytesOf(BLOCK, 9)
  const other = bytesOf(BLOCK, 10)
  const withReference = (...extents: Buffer[]): ArchiveReader =>
    openBytes(
      Buffer.concat([archiveHeader(), file, dataExtent(5, data), entryHeader('ref', { sizeBytes: BLOCK }), ...extents]),
    )

  test.each([
    ['missing', reference(6, data), 'isn’t there'],
    ['to itself', reference(1, data), 'isn’t there'],
    ['longer', reference(5, data, { lengthBlocks: 2 }), 'blocks'],
    ['with another checksum', reference(5, data, { checksum: 1 }), 'checksum'],
    ['to an id of 2^64', reference(2n ** 64n - 1n, data), 'isn’t there'],
  ])('%s: a fault of that entry alone', (_name, extent, message) => {
    const reader = openBytes(
      Buffer.concat([
        archiveHeader(),
        file,
        dataExtent(5, data),
        entryHeader('ref', { sizeBytes: BLOCK }),
        extent,
        entryHeader('after', {}, inline),
      ]),
    )
    expect(reader.info.complete).toBe(true)
    expect(reader.info.notices.map(inEnglish).join()).toMatch(new RegExp(`ref: .*${message}`))
    expect(paths(reader)).toEqual(['data', 'ref', 'after'])
    expect(reader.find('ref' as ByteString)?.segments).toEqual([])
  })

  test('odd ids work, and of two extents with one id the later counts from then on', () => {
    const reader = openBytes(
      Buffer.concat([
        archiveHeader(),
        file,
        dataExtent(2n ** 60n, data),
        entryHeader('before', { sizeBytes: BLOCK }),
        reference(2n ** 60n, data),
        entryHeader('second', { sizeBytes: BLOCK }),
        dataExtent(2n ** 60n, other),
        entryHeader('after', { sizeBytes: BLOCK }),
        reference(2n ** 60n, other),
      ]),
    )
    expect(contentOf(reader, reader.entryAt(1))?.equals(data)).toBe(true)
    expect(contentOf(reader, reader.entryAt(3))?.equals(other)).toBe(true)
  })

  test('a good one', () => {
    const reader = withReference(reference(5, data))
    expect(contentOf(reader, reader.entryAt(1))?.equals(data)).toBe(true)
  })
})

describe('what follows the last entry', () => {
  test.each([1, 2, 3])('%d stray bytes are told and ignored', (count) => {
    const reader = openBytes(Buffer.concat([whole, Buffer.alloc(count, 0x7a)]))
    expect(reader.info).toMatchObject({ complete: true })
    expect(reader.info.notices.map(inEnglish)).toEqual([`${count} stray bytes follow the last entry and were ignored`])
    expect(paths(reader)).toHaveLength(4)
  })

  test('more than that, or the beginning of an entry, is no clean end', () => {
    for (const tail of ['zzzz', 'F', 'FILE', '\0'.repeat(BLOCK)]) {
      const reader = openBytes(Buffer.concat([whole, Buffer.from(tail)]))
      expect(reader.info.complete).toBe(false)
      expect(paths(reader)).toHaveLength(4)
    }
  })
})

describe('paths', () => {
  const archiveOf = (...entries: Buffer[]): ArchiveReader => openBytes(Buffer.concat([archiveHeader(), ...entries]))

  test('“.” is the root and no entry; unsafe paths stay as they are', () => {
    const reader = archiveOf(
      entryHeader('.', { type: entryTypes.directory }),
      entryHeader('./a', {}, inline),
      entryHeader('../b', {}, inline),
      entryHeader('/c', { folder: '/' as ByteString }, inline),
    )
    expect(paths(reader)).toEqual(['a', '../b', '//c'])
    expect(reader.info.notices).toEqual([])
  })

  test('a file without a name is a fault', () => {
    const reader = archiveOf(entryHeader('', {}, inline))
    expect(paths(reader)).toEqual([])
    expect(reader.info.notices).toHaveLength(1)
  })

  test('of two entries with one path the later counts', () => {
    const reader = archiveOf(
      entryHeader('d/a', {}, inline),
      entryHeader('b', {}, inline),
      entryHeader('a', { folder: './d' as ByteString }, bytesOf(5, 0)),
    )
    expect([...reader.entries()].map(({ path, sizeBytes, ordinal }) => [path, sizeBytes, ordinal])).toEqual([
      ['b', 100, 1],
      ['d/a', 5, 2],
    ])
    expect(reader.find('d/a' as ByteString)?.sizeBytes).toBe(5)
    expect(reader.info.totals.entries).toBe(2)
    expect(reader.info.notices).toHaveLength(1)
  })

  test('folders without an entry are found and listed, and never restored', () => {
    const reader = archiveOf(
      entryHeader('x/y/z', {}, inline),
      entryHeader('a.b', {}, inline),
      entryHeader('a/c', {}, inline),
      entryHeader('a', { type: entryTypes.directory }),
    )
    const names = (folder: string, after?: string, limit = 10) =>
      reader.children(folder as ByteString, after as ByteString | undefined, limit).map(({ path }) => path)
    expect(names('')).toEqual(['a', 'a.b', 'x'])
    expect(names('', 'a')).toEqual(['a.b', 'x'])
    expect(names('', undefined, 1)).toEqual(['a'])
    expect(names('x')).toEqual(['x/y'])
    expect(names('x/y')).toEqual(['x/y/z'])
    expect(names('a')).toEqual(['a/c'])
    const implicit = reader.find('x/y' as ByteString)
    expect(implicit).toMatchObject({ kind: 'directory', mode: undefined })
    expect(reader.entryAt(implicit?.ordinal ?? 0).path).toBe('x/y')
    expect([...reader.subtree('x' as ByteString)].map(({ path }) => path)).toEqual(['x/y/z'])
    expect([...reader.subtree('a' as ByteString)].map(({ path }) => path)).toEqual(['a', 'a/c'])
  })

  test('hard links lead to an earlier entry or nowhere; devices and FIFOs keep their numbers', () => {
    const link = (target: string) => ({ type: entryTypes.hardlink, linkTarget: target as ByteString })
    const reader = archiveOf(
      entryHeader('a', {}, inline),
      entryHeader('good', link('./a')),
      entryHeader('forward', link('z')),
      entryHeader('itself', link('itself')),
      entryHeader('z', { type: entryTypes.characterDevice, deviceMajor: 1, deviceMinor: 3 }),
      entryHeader('s', { type: entryTypes.symlink, linkTarget: '../outside' as ByteString }),
    )
    expect([...reader.entries()].map(({ kind, hardLinkOrdinal }) => [kind, hardLinkOrdinal])).toEqual([
      ['file', undefined],
      ['hardlink', 0],
      ['hardlink', undefined],
      ['hardlink', undefined],
      ['character-device', undefined],
      ['symlink', undefined],
    ])
    expect(reader.entryAt(4)).toMatchObject({ deviceMajor: 1, deviceMinor: 3 })
    expect(reader.entryAt(5).linkTarget).toBe('../outside')
  })
})
