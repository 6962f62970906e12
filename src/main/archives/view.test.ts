import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { type ByteString, baseName, comparePaths, parentPath, textToByteString } from '../../shared/byte-string.ts'
import type { SortColumn, ViewQuery } from '../../shared/ipc/archives.ts'
import { plainEntry } from '../engine/format/format.test-support.ts'
import type { NewEntry } from '../engine/format/page.ts'
import { SECTION_HEADER_BYTES } from '../engine/format/section.ts'
import type { ArchiveReader, Entry } from '../engine/index.ts'
import { ArchiveMaker, BLOCK, emptyFile, folder, openBytes } from '../engine/read/archive.test-support.ts'
import { isEverything, SelectionCount, selectedPaths } from './selection.ts'
import { SharingIndex } from './sharing-index.ts'
import { treePage } from './tree.ts'
import { View } from './view.ts'

const bytes = textToByteString

const plainQuery: ViewQuery = {
  archiveId: 1,
  folder: bytes(''),
  search: '',
  filter: { kinds: [], packedOnly: false, sharesWithOrdinal: undefined },
  sort: { column: 'name', descending: false },
  foldersFirst: false,
}

function indexOf(reader: ArchiveReader): SharingIndex {
  return new SharingIndex(reader, () => false)
}

/** A view at its end. */
async function openView(reader: ArchiveReader, query: Partial<ViewQuery>, index = indexOf(reader)) {
  let done: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    done = resolve
  })
  const view = new View(7, { ...plainQuery, ...query }, reader, index, (state) => {
    if (state.complete) done()
  })
  await view.start()
  if (!view.state.complete) await ended
  return { view, rows: view.rows(0, 1_000_000).rows }
}

const pathsOf = (rows: readonly { path: ByteString }[]): string[] => rows.map(({ path }) => path)

/** Few names, so that folders with and without an entry, equal names in several folders and ties come up. */
const name = fc.constantFrom('a', 'A', 'b', 'aab', 'aabbcc', 'aabbccd', 'aabbccdd', 'photo-1', 'photo-10', '\xff')
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/') as ByteString)
const node = fc.record({
  path,
  isFolder: fc.boolean(),
  sizeBytes: fc.constantFrom(0, 1, 2, 5000),
  mode: fc.constantFrom(0o644, 0o600),
  seconds: fc.constantFrom(-5, 0, 1, 1_700_000_000),
})

type Node = typeof node extends fc.Arbitrary<infer T> ? T : never

/** An archive of these nodes: a path that others lie below is a folder, or has no entry. */
function archiveOf(nodes: readonly Node[]): { reader: ArchiveReader; entries: Entry[] } {
  const byPath = new Map(nodes.map((one) => [one.path, one]))
  const inOrder = [...byPath.values()].sort((a, b) => comparePaths(a.path, b.path))
  const holds = (one: Node): boolean => inOrder.some(({ path }) => path.startsWith(`${one.path}/`))
  const maker = new ArchiveMaker()
  const made = inOrder
    .filter((one) => one.isFolder || !holds(one))
    .map((one) => {
      const modifyTime = { seconds: one.seconds, nanoseconds: 0 }
      const common = { path: one.path, mode: one.mode, modifyTime }
      if (one.isFolder) return { ...plainEntry, ...common, kind: 'directory' as const }
      const hole = { kind: 'hole', lengthBytes: one.sizeBytes } as const
      return { ...plainEntry, ...common, sizeBytes: one.sizeBytes, segments: one.sizeBytes === 0 ? [] : [hole] }
    })
  for (let at = 0; at < made.length; at += 3) maker.page(made.slice(at, at + 3))
  const reader = openBytes(maker.finish())
  return { reader, entries: [...reader.walk(bytes(''))] }
}

const kinds: readonly Entry['kind'][] = ['directory', 'file', 'hardlink', 'symlink']

/** What a column compares by. */
const keys: { readonly [Column in SortColumn]: (entry: Entry) => number | string } = {
  name: (entry) => baseName(entry.path),
  path: () => 0,
  size: (entry) => entry.sizeBytes,
  stored: () => 0,
  shared: () => 0,
  modified: (entry) => entry.modifyTime.seconds,
  mode: (entry) => entry.mode ?? -1,
  kind: (entry) => kinds.indexOf(entry.kind),
}

function naiveOrder(entries: readonly Entry[], { sort, foldersFirst }: ViewQuery): Entry[] {
  const key = keys[sort.column]
  const compare = (a: Entry, b: Entry): number => {
    const x = key(a)
    const y = key(b)
    const order = x < y ? -1 : x > y ? 1 : 0
    return sort.descending ? -order : order
  }
  const inOrder = entries.toSorted((a, b) => comparePaths(a.path, b.path))
  // The path column is the order itself: there are no ties to leave alone.
  if (sort.column === 'path' && sort.descending) inOrder.reverse()
  const sorted = inOrder.toSorted(compare)
  if (!foldersFirst) return sorted
  const isFolder = ({ kind }: Entry): boolean => kind === 'directory'
  return [...sorted.filter(isFolder), ...sorted.filter((entry) => !isFolder(entry))]
}

const sort = fc.record({ column: fc.constantFrom(...(Object.keys(keys) as SortColumn[])), descending: fc.boolean() })

describe('a view', () => {
  it('of a folder shows its children, those without an entry too, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 30 }), sort, fc.boolean(), path, async (nodes, by, first, other) => {
        const { reader, entries } = archiveOf(nodes)
        for (const folder of [bytes(''), entries.find(({ kind }) => kind === 'directory')?.path ?? other, other]) {
          const query = { ...plainQuery, folder, sort: by, foldersFirst: first }
          const { view, rows } = await openView(reader, query)
          const children = entries.filter(({ path }) => parentPath(path) === folder && path !== folder)
          expect(pathsOf(rows)).toEqual(pathsOf(naiveOrder(children, query)))
          expect(rows.map(({ implied }) => implied)).toEqual(
            naiveOrder(children, query).map(({ implied }) => implied === true),
          )
          for (const [i, row] of rows.entries()) expect(view.rowOf(row.path)).toBe(i)
          expect(view.rowOf(bytes('not/there'))).toBeUndefined()
        }
      }),
      { numRuns: 150 },
    )
  })

  it('of a search shows what matches everywhere below, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 40 }), sort, fc.boolean(), async (nodes, by, first) => {
        const { reader, entries } = archiveOf(nodes)
        const query = { ...plainQuery, search: 'a b', sort: by, foldersFirst: first }
        const { view, rows } = await openView(reader, query)
        const found = entries.filter(({ path }) => /a/i.test(baseName(path)) && /b/i.test(baseName(path)))
        expect(pathsOf(rows)).toEqual(pathsOf(naiveOrder(found, query)))
        for (const [i, row] of rows.entries()) expect(view.rowOf(row.path)).toBe(i)
      }),
      { numRuns: 150 },
    )
  })

  it('sorts thousands of names that begin alike', async () => {
    const names = Array.from({ length: 6000 }, (_, i) => `d${i % 7}/a long name that they share ${(i * 7919) % 6000}`)
    const maker = new ArchiveMaker()
    const inOrder = names.map(bytes).sort(comparePaths)
    for (let at = 0; at < inOrder.length; at += 1000) maker.page(inOrder.slice(at, at + 1000).map(emptyFile))
    for (const descending of [false, true]) {
      const query = { ...plainQuery, search: 'long', sort: { column: 'name', descending } as const }
      const { rows, view } = await openView(openBytes(maker.finish()), query)
      expect(rows).toHaveLength(6000)
      const entries = inOrder.map((path) => ({ ...emptyFile(path), ordinal: 0 }))
      expect(pathsOf(rows)).toEqual(pathsOf(naiveOrder(entries, query)))
      expect(view.state).toMatchObject({ viewId: 7, rowCount: 6000, complete: true })
    }
  })

  it('finds words whatever their letter case and accents, and globs over whole paths', async () => {
    const maker = new ArchiveMaker()
    const all = ['Ämter/Übersicht 2024.txt', 'Ämter/zoo.TXT', 'note[1].md', 'x/y/zoo.txt']
    maker.page(all.map(bytes).sort(comparePaths).map(emptyFile))
    const reader = openBytes(maker.finish())
    const search = async (text: string) => pathsOf((await openView(reader, { search: text })).rows)
    expect(await search('uber')).toEqual([bytes('Ämter/Übersicht 2024.txt')])
    expect(await search('TXT  über')).toEqual([bytes('Ämter/Übersicht 2024.txt')])
    expect(await search('amter')).toEqual([bytes('Ämter')])
    expect(await search('*.txt')).toEqual([bytes('x/y/zoo.txt'), bytes('Ämter/Übersicht 2024.txt')])
    expect(await search('x/**')).toEqual(['x', 'x/y', 'x/y/zoo.txt'])
    expect((await openView(reader, { search: '/*/' })).view.state.error).toBeUndefined()
  })

  it('keeps what came before damage, and says what ended it', async () => {
    const maker = new ArchiveMaker()
    maker.page(['a', 'b'].map(emptyFile))
    const damagedAt = maker.nextBlock * BLOCK
    maker.page(['c', 'd'].map(emptyFile))
    const archive = maker.finish()
    archive.fill(0xee, damagedAt + SECTION_HEADER_BYTES, damagedAt + SECTION_HEADER_BYTES + 4)
    const { view, rows } = await openView(openBytes(archive), { search: '?' })
    expect(pathsOf(rows)).toEqual(['a', 'b'])
    expect(view.state).toMatchObject({ complete: true, error: { code: 'damaged' } })
  })
})

describe('sharing', () => {
  const maker = new ArchiveMaker()
  const offset = maker.data(new Uint8Array(4 * BLOCK).fill(1))
  const file = (path: string, at: number, blocks: number): NewEntry => ({
    ...plainEntry,
    path: path as ByteString,
    sizeBytes: blocks * BLOCK,
    segments: [{ kind: 'data', archiveOffset: offset + at * BLOCK, lengthBytes: blocks * BLOCK }],
  })
  maker.hashes()
  maker.page(
    [folder('f'), file('f/one', 0, 2), file('f/two', 1, 2), file('three', 3, 1)].sort((a, b) =>
      comparePaths(a.path, b.path),
    ),
  )
  const reader = openBytes(maker.finish())

  it('is unknown first, and told when all entries have been looked at', async () => {
    const index = indexOf(reader)
    const { view } = await openView(reader, { folder: bytes('f') }, index)
    expect(view.rows(0, 9).rows.map(({ sharedBytes }) => sharedBytes)).toEqual([undefined, undefined])
    await index.complete
    expect(view.rows(0, 9).rows.map(({ sharedBytes }) => sharedBytes)).toEqual([BLOCK, BLOCK])
  })

  it('sorts and filters once it is known', async () => {
    const byShared = await openView(reader, { search: '*', sort: { column: 'shared', descending: true } })
    expect(pathsOf(byShared.rows)).toEqual(['f/one', 'f/two', 'f', 'three'])
    const ordinal = reader.find(bytes('f/one'))?.ordinal
    const filter = { kinds: [], packedOnly: false, sharesWithOrdinal: ordinal }
    expect(pathsOf((await openView(reader, { filter })).rows)).toEqual(['f/two'])
  })

  it('counts each stored byte of a selection once', async () => {
    const count = new SelectionCount(reader, { kind: 'paths', paths: [bytes('f')] }, () => undefined)
    const totals = { entries: 3, files: 2, sizeBytes: 4 * BLOCK, storedBytes: 3 * BLOCK, complete: true }
    expect(await count.advance()).toEqual(totals)
    expect(await count.advance()).toEqual(totals)
  })
})

describe('a selection', () => {
  it('leaves out what lies below something chosen, and what was taken out of a view', async () => {
    const maker = new ArchiveMaker()
    maker.page([folder('a'), emptyFile('a/b'), emptyFile('a/c'), emptyFile('ab'), folder('d'), emptyFile('d/a')])
    const reader = openBytes(maker.finish())
    const { view } = await openView(reader, { search: 'a', sort: { column: 'name', descending: true } })
    const all = { kind: 'view', viewId: 7, exceptPaths: [] } as const
    expect(selectedPaths(all, () => view)).toEqual(['a', 'ab', 'd/a'])
    expect(selectedPaths({ ...all, exceptPaths: [bytes('ab')] }, () => view)).toEqual(['a', 'd/a'])
    const paths = ['d', 'a/c', 'a', 'd', 'ab'].map(bytes)
    expect(selectedPaths({ kind: 'paths', paths }, () => view)).toEqual(['a', 'ab', 'd'])
    expect(selectedPaths({ kind: 'all' }, () => view)).toBeUndefined()
  })

  it('of all rows at the top is everything', async () => {
    const { reader } = archiveOf([])
    const all = { kind: 'view', viewId: 7, exceptPaths: [] } as const
    const isAll = async (query: Partial<ViewQuery>, exceptPaths: readonly ByteString[] = []) => {
      const { view } = await openView(reader, query)
      return isEverything({ ...all, exceptPaths }, () => view)
    }
    expect(await isAll({})).toBe(true)
    expect(await isAll({}, [bytes('a')])).toBe(false)
    expect(await isAll({ folder: bytes('a') })).toBe(false)
    expect(await isAll({ search: 'a' })).toBe(false)
    expect(isEverything(all, () => undefined)).toBe(false)
  })

  it('of a view is counted with what its folders hold, each entry once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 40 }), fc.array(path), async (nodes, exceptPaths) => {
        const { reader, entries } = archiveOf(nodes)
        for (const query of [{ search: 'a' }, { folder: bytes('a') }]) {
          const { view } = await openView(reader, query)
          for (const exceptions of [[], exceptPaths]) {
            const selection = { kind: 'view', viewId: 7, exceptPaths: exceptions } as const
            const chosen = selectedPaths(selection, () => view) ?? []
            const counted = entries.filter(
              ({ path, implied }) =>
                implied !== true && chosen.some((one) => path === one || path.startsWith(`${one}/`)),
            )
            expect(await new SelectionCount(reader, selection, () => view).advance()).toMatchObject({
              entries: counted.length,
              sizeBytes: counted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
              complete: true,
            })
          }
        }
      }),
    )
  })

  it('of a view that still grows is counted to the view’s end', async () => {
    const maker = new ArchiveMaker()
    maker.page(['a', 'b'].map(emptyFile))
    const reader = openBytes(maker.finish())
    const view = new View(7, { ...plainQuery, search: '?' }, reader, indexOf(reader), () => {})
    const countOf = (exceptPaths: readonly ByteString[]) =>
      new SelectionCount(reader, { kind: 'view', viewId: 7, exceptPaths }, () => view)
    const counts = [countOf([]), countOf([bytes('a')])]
    for (const count of counts) expect(await count.advance()).toMatchObject({ entries: 0, complete: false })
    await view.start()
    const complete = await Promise.all(counts.map((count) => count.advance()))
    expect(complete).toMatchObject([
      { entries: 2, files: 2, complete: true },
      { entries: 1, files: 1, complete: true },
    ])
  })
})

describe('the tree', () => {
  it('lists folders page by page, those without an entry too', async () => {
    const names = Array.from({ length: 450 }, (_, i) => `f${String(i).padStart(3, '0')}`)
    const maker = new ArchiveMaker()
    for (const one of names) maker.page([emptyFile(`${one}/${one === 'f007' ? 'deep/x' : 'x'}`)])
    const reader = openBytes(maker.finish())
    const found: ByteString[] = []
    for (let after: ByteString | undefined, isComplete = false; !isComplete; after = found.at(-1)) {
      const page = await treePage(reader, bytes(''), after)
      for (const { path, hasFolders } of page.folders) {
        expect(hasFolders).toBe(path === 'f007')
        found.push(path)
      }
      isComplete = page.complete
    }
    expect(found).toEqual(names)
    const inside = await treePage(reader, bytes('f007'), undefined)
    expect(inside).toEqual({ folders: [{ path: 'f007/deep', hasFolders: false }], complete: true })
  })
})
