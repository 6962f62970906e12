import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../../shared/errors.ts'
import { ArchiveMaker, BLOCK, emptyFile, folder, openBytes, sampleArchive } from './archive.test-support.ts'

const { archive, paths } = sampleArchive()

function path(text: string): ByteString {
  return text as ByteString
}

async function verify(bytes: Uint8Array) {
  const problems: ErrorData[] = []
  const report = await openBytes(bytes).verify({
    signal: new AbortController().signal,
    progress() {},
    problem: (problem) => problems.push(problem),
  })
  return { report, problems }
}

describe('openArchive2', () => {
  it('tells what the archive holds', () => {
    const { info } = openBytes(archive)
    expect(info).toMatchObject({
      format: 2,
      complete: true,
      notices: [],
      creator: 'test',
      dataHashes: 'complete',
      blockSizeBytes: BLOCK,
    })
    expect(info.totals).toMatchObject({ entries: 7, files: 3, directories: 2, symlinks: 1, hardLinks: 1, others: 0 })
    expect(info.rootHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('lists entries by ordinal, path, folder and subtree', () => {
    const reader = openBytes(archive)
    expect(Array.from(reader.entries(), (entry) => entry.path)).toEqual(paths)
    expect(Array.from(reader.entries(4), (entry) => entry.path)).toEqual(paths.slice(4))
    for (const [ordinal, name] of paths.entries()) {
      expect(reader.entryAt(ordinal).path).toBe(name)
      expect(reader.find(path(name))?.ordinal).toBe(ordinal)
    }
    expect(() => reader.entryAt(7)).toThrow(ReftarError)
    for (const missing of ['', '0', 'a/', 'a/0', 'a/5', 'b/y', 'c']) expect(reader.find(path(missing))).toBeUndefined()
    const names = (folderPath: string, after?: string, limit = 100) =>
      reader.children(path(folderPath), after === undefined ? undefined : path(after), limit).map((entry) => entry.path)
    expect(names('')).toEqual(['a', 'b'])
    expect(names('', 'a')).toEqual(['b'])
    expect(names('a')).toEqual(['a/1', 'a/2', 'a/3', 'a/4'])
    expect(names('a', '2', 1)).toEqual(['a/3'])
    expect(names('b')).toEqual(['b/x'])
    expect(names('b', 'x')).toEqual([])
    expect(names('nothing')).toEqual([])
    expect(Array.from(reader.subtree(path('a')), (entry) => entry.path)).toEqual(paths.slice(0, 5))
    expect(Array.from(reader.subtree(path('')), (entry) => entry.path)).toEqual(paths)
    expect(Array.from(reader.subtree(path('nothing')))).toEqual([])
  })

  it('gives data and packs, checked', async () => {
    const reader = openBytes(archive)
    const [segment] = reader.find(path('b/x'))?.segments ?? []
    if (segment?.kind !== 'data') throw new Error('a data segment was written')
    const buffer = new Uint8Array(10)
    reader.readData(segment.archiveOffset + 5, 10, buffer)
    expect(buffer).toEqual(new Uint8Array(10).fill(0xb2))
    expect((await reader.loadPack(1)).length).toBe(300)
    await expect(reader.loadPack(2)).rejects.toMatchObject({ code: 'damaged' })
    const damaged = archive.slice()
    damaged[segment.archiveOffset + 4000] = 0
    expect(() => openBytes(damaged).readData(segment.archiveOffset, 10, buffer)).toThrow(ReftarError)
    expect(() => openBytes(damaged).checkData(segment.archiveOffset, BLOCK)).toThrow(ReftarError)
    expect(() => reader.readData(archive.length, 10, buffer)).toThrow(ReftarError)
  })

  it('passes over subtrees when it lists a folder of many pages', () => {
    const maker = new ArchiveMaker()
    const expected: string[] = []
    const all = ['d0', 'd1', 'd1-x', 'd1.y', 'd2'].flatMap((name) => {
      expected.push(name)
      return [folder(name), ...Array.from({ length: 20 }, (_, i) => emptyFile(`${name}/${String(i).padStart(2, '0')}`))]
    })
    for (let at = 0; at < all.length; at += 6) maker.page(all.slice(at, at + 6))
    const reader = openBytes(maker.finish())
    expect(reader.children(path(''), undefined, 100).map((entry) => entry.path)).toEqual(expected)
    expect(reader.children(path('d1'), path('04'), 3).map((entry) => entry.path)).toEqual(['d1/05', 'd1/06', 'd1/07'])
    expect(reader.find(path('d1.y/19'))?.path).toBe('d1.y/19')
  })
})

describe('folders without an entry', () => {
  const maker = new ArchiveMaker()
  maker.page([emptyFile('a/b/1'), emptyFile('a/b/2'), emptyFile('a/c/d/3')])
  maker.page([emptyFile('a/c/d/4'), emptyFile('a/e'), folder('f'), emptyFile('f/5')])
  const reader = openBytes(maker.finish())
  const found = (entries: Iterable<{ path: string; implied?: true }>): string[] =>
    Array.from(entries, (entry) => (entry.implied ? `(${entry.path})` : entry.path))

  it('are among the children', () => {
    expect(found(reader.children(path(''), undefined, 9))).toEqual(['(a)', 'f'])
    expect(found(reader.children(path('a'), undefined, 9))).toEqual(['(a/b)', '(a/c)', 'a/e'])
    expect(found(reader.children(path('a'), path('b'), 1))).toEqual(['(a/c)'])
  })

  it('come before what they hold when everything is walked', () => {
    const all = '(a) (a/b) a/b/1 a/b/2 (a/c) (a/c/d) a/c/d/3 a/c/d/4 a/e f f/5'.split(' ')
    expect(found(reader.walk(path('')))).toEqual(all)
    expect(found(reader.walk(path('a/c')))).toEqual(['(a/c/d)', 'a/c/d/3', 'a/c/d/4'])
    expect(reader.entryAt([...reader.walk(path('a'))][3]?.ordinal ?? 0).path).toBe('a/c/d/3')
  })
})

describe('recovery', () => {
  it('gives a prefix of the entries for an archive cut at any byte', () => {
    let most = 0
    for (
      let length = 0;
      length < archive.length;
      length += length % BLOCK < 600 || length % BLOCK > BLOCK - 5 ? 1 : 97
    ) {
      try {
        const reader = openBytes(archive.subarray(0, length))
        const found = Array.from(reader.entries(), (entry) => entry.path)
        const { complete, totals, notices } = reader.info
        const isPrefix = found.every((name, index) => name === paths[index])
        if (!isPrefix || found.length < most || complete || totals.entries !== found.length || notices.length !== 1) {
          expect({ length, found, info: reader.info }).toBe('a prefix of the entries, called incomplete')
        }
        most = found.length
      } catch (error) {
        if (!(error instanceof ReftarError) || length >= 128) throw error
      }
    }
    expect(most).toBe(paths.length)
  }, 60_000)

  it('finds an archive with bytes, or a hole, behind it', () => {
    for (const excess of [1, BLOCK, 3 * BLOCK + 17]) {
      for (const fill of [0, 0x55]) {
        const longer = Uint8Array.from([...archive, ...new Uint8Array(excess).fill(fill)])
        const { info } = openBytes(longer)
        expect(info).toMatchObject({
          complete: true,
          notices: [
            { sentence: 'what follows the archive’s end is ignored; bytes: {count}', values: { count: excess } },
          ],
        })
      }
    }
  })

  it('takes the older trailer when what was appended is broken', () => {
    const broken = Uint8Array.from([...archive, ...archive.subarray(archive.length - 2 * BLOCK)])
    expect(openBytes(broken).info.complete).toBe(true)
  })

  it('does no harm for any flipped bit', () => {
    const right = Array.from(openBytes(archive).entries())
    for (let at = 0; at < archive.length; at += at % BLOCK < 600 ? 3 : 97) {
      const flipped = archive.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7))
      try {
        const found = Array.from(openBytes(flipped).entries())
        expect(found).toEqual(right.slice(0, found.length))
      } catch (error) {
        if (!(error instanceof ReftarError)) throw error
      }
    }
  }, 60_000)
})

describe('sealing', () => {
  const maker = new ArchiveMaker()
  const archiveOffset = maker.data(new Uint8Array(2 * BLOCK).fill(3))
  const segments = [{ kind: 'data', lengthBytes: 2 * BLOCK, archiveOffset }] as const
  maker.page([{ ...emptyFile('a'), sizeBytes: 2 * BLOCK, segments }])
  const unsealed = maker.finish('absent')
  maker.hashes()
  const sealed = maker.finish('complete')

  it('appends hashes, and the last trailer counts', async () => {
    expect(openBytes(unsealed).canCheckData).toBe(false)
    expect((await verify(unsealed)).report).toMatchObject({ faults: 0, bytesWithoutHash: 2 * BLOCK })
    expect(openBytes(sealed).info).toMatchObject({ dataHashes: 'complete', complete: true, notices: [] })
    expect((await verify(sealed)).report).toMatchObject({ faults: 0, bytesWithoutHash: 0 })
  })

  it('leaves the archive as it was when cut off at any byte', () => {
    for (let length = unsealed.length; length < sealed.length; length += 13) {
      expect(openBytes(sealed.subarray(0, length)).info).toMatchObject({ dataHashes: 'absent', complete: true })
    }
  })
})

describe('verify', () => {
  it('finds nothing in a good archive', async () => {
    const { report, problems } = await verify(archive)
    expect(problems).toEqual([])
    expect(report).toMatchObject({ entriesChecked: 7, faults: 0, complete: true, bytesWithoutHash: 0 })
  })

  it('finds every flipped bit', async () => {
    for (let at = 0; at < archive.length; at += at % BLOCK < 400 ? 7 : 301) {
      const flipped = archive.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      try {
        const { report } = await verify(flipped)
        if (report.faults === 0 && report.complete) throw new Error(`a change at byte ${at} was not found`)
      } catch (error) {
        if (!(error instanceof ReftarError)) throw error
      }
    }
  }, 60_000)

  it('names the entries that bad data and bad packs hurt', async () => {
    const bad = archive.slice()
    bad[BLOCK] = 0
    const { problems } = await verify(bad)
    expect(problems.map((problem) => problem.entry)).toEqual([undefined, 'a/1', 'a/3'])
  })

  it('finds entries without their folder, links to folders and data inside sections', async () => {
    const maker = new ArchiveMaker()
    maker.page([folder('a')])
    maker.page([
      { ...emptyFile('b'), kind: 'hardlink', hardLinkOrdinal: 0 },
      emptyFile('c/d'),
      { ...emptyFile('e'), sizeBytes: BLOCK, segments: [{ kind: 'data', lengthBytes: BLOCK, archiveOffset: BLOCK }] },
      { ...emptyFile('f'), sizeBytes: 1, segments: [{ kind: 'pack', lengthBytes: 1, pack: 0, packOffset: 0 }] },
    ])
    const { problems } = await verify(maker.finish())
    expect(problems.map((problem) => problem.entry)).toEqual(['b', 'c/d', 'e', 'f'])
  })

  it('can be cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    const job = { signal: controller.signal, progress() {}, problem() {} }
    await expect(openBytes(archive).verify(job)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
