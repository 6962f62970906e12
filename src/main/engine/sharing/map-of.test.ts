import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { type MadeUpFile, madeUpMap } from '../../../../test/support/made-up-layout.ts'
import { blockClass } from '../../../shared/sharing/block-class.ts'
import { intervalFlags, pathOfFile, pathOfFolder, rangeMarks } from '../../../shared/sharing/sharing-map.ts'
import { extentFlags } from '../ports.ts'

const types = ['btrfs', 'xfs']
const paths = ['a', 'one/b', 'one/c', 'one/deep/d', 'two/e', 'two/f']

const extentArbitrary = fc.record({
  offset: fc.nat(60),
  address: fc.nat(40),
  length: fc.integer({ min: 1, max: 20 }),
  flags: fc.constantFrom(0, extentFlags.shared),
  mark: fc.constantFrom(rangeMarks.none, rangeMarks.packed),
})
const filesArbitrary = fc
  .tuple(
    ...paths.map((path) =>
      fc.record(
        {
          path: fc.constant(path),
          filesystem: fc.nat(1),
          extents: fc.array(extentArbitrary, { maxLength: 5 }),
          missingNames: fc.constant(1),
          furtherFolders: fc.constantFrom(['two'], ['one/deep', 'one']),
        },
        { requiredKeys: ['path', 'filesystem', 'extents'] },
      ),
    ),
  )
  .map((files): MadeUpFile[] => files)

interface Use {
  readonly file: number
  readonly flagged: boolean
  readonly mark: number
}

/** Byte by byte, as one would explain it. */
function bytesOf(files: readonly MadeUpFile[]): Map<string, Use[]> {
  const users = new Map<string, Use[]>()
  files.forEach(({ filesystem, extents }, file) => {
    for (const { address, length, flags, mark } of extents) {
      for (let at = address; at < address + length; at++) {
        const key = `${filesystem}:${at}`
        const use = { file, flagged: flags !== 0, mark: mark ?? 0 }
        users.set(key, [...(users.get(key) ?? []), use])
      }
    }
  })
  return users
}

function judge(uses: readonly Use[]) {
  const files = [...new Set(uses.map(({ file }) => file))].sort((a, b) => a - b)
  const flagged = uses.some((use) => use.flagged)
  const kind =
    files.length > 1 ? (flagged ? 'shared' : 'conflict') : flagged && uses.length === 1 ? 'others' : 'only-here'
  return { files, flagged, kind } as const
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}

function oracle(files: readonly MadeUpFile[]) {
  const sums = { onlyHere: 0, shared: 0, others: 0, conflict: 0 }
  const groups = new Map<string, number>()
  const fileBytes = files.map(() => ({ onlyHere: 0, shared: 0, others: 0, conflict: 0 }))
  const folders = new Map<string, { onDisk: number; onlyHere: number; certain: number }>()
  const namesOf = (file: number): string[] => {
    const { path, furtherFolders } = files[file] ?? { path: '' }
    return [path, ...(furtherFolders ?? []).map((folder) => `${folder}/x`)]
  }
  const allFolders = new Set(files.flatMap((_, file) => namesOf(file).flatMap(foldersAbove)))
  for (const folder of allFolders) folders.set(folder, { onDisk: 0, onlyHere: 0, certain: 0 })
  for (const uses of bytesOf(files).values()) {
    const { files: users, flagged, kind } = judge(uses)
    const name = kind === 'only-here' ? 'onlyHere' : kind
    sums[name]++
    for (const file of users) {
      const bytes = fileBytes[file]
      if (bytes) bytes[name]++
    }
    if (uses.length > 1 && kind !== 'conflict') groups.set(users.join(), (groups.get(users.join()) ?? 0) + 1)
    const names = users.flatMap(namesOf)
    for (const [folder, bytes] of folders) {
      const holdsAny = names.some((path) => foldersAbove(path).includes(folder))
      const holdsAll = names.every((path) => foldersAbove(path).includes(folder))
      const hasOtherNames = users.some((file) => (files[file]?.missingNames ?? 0) > 0)
      if (holdsAny) bytes.onDisk++
      if (!holdsAll || hasOtherNames || kind === 'others' || kind === 'conflict') continue
      bytes.onlyHere++
      if (!flagged) bytes.certain++
    }
  }
  return { sums, fileBytes, groups: [...groups].sort(), folders }
}

describe('the sharing map', () => {
  it('agrees with counting every byte', () => {
    fc.assert(
      fc.property(filesArbitrary, (files) => {
        const map = madeUpMap(files, types)
        const expected = oracle(files)
        const { totals } = map
        expect({
          onlyHere: totals.onlyHereBytes,
          shared: totals.sharedBytes,
          others: totals.sharedWithOthersBytes,
          conflict: totals.uncheckedBytes > 0 ? expected.sums.conflict : 0,
        }).toEqual(expected.sums)
        expect(totals.onDiskBytes).toBe(totals.onlyHereBytes + totals.sharedBytes + totals.sharedWithOthersBytes)
        expect(
          files.map((_, file) => ({
            onlyHere: map.files.onlyHereBytes[file],
            shared: map.files.sharedBytes[file],
            others: map.files.sharedWithOthersBytes[file],
            conflict: map.files.uncheckedBytes[file],
          })),
        ).toEqual(expected.fileBytes)
        expect(
          map.groups.map(({ files: group, bytes }) => [[...group].join(), bytes] as [string, number]).sort(),
        ).toEqual(expected.groups)
        const folders = map.folders.names.map((_, folder) => [
          pathOfFolder(map.folders, folder),
          {
            onDisk: map.folders.onDiskBytes[folder],
            onlyHere: map.folders.onlyHereBytes[folder],
            certain: map.folders.certainBytes[folder],
          },
        ])
        expect(Object.fromEntries(folders)).toEqual(Object.fromEntries(expected.folders))
      }),
      { numRuns: 500 },
    )
  })

  it('has intervals that say for every byte who uses it', () => {
    fc.assert(
      fc.property(filesArbitrary, (files) => {
        const { intervals, spaces } = madeUpMap(files, types)
        const bytes = bytesOf(files)
        let count = 0
        for (let index = 0; index < intervals.places.length; index++) {
          const place = intervals.places[index] ?? 0
          const space = spaces.findLast((known) => known.kind === 'blocks' && known.placeOfAddress0 <= place)
          if (space?.kind !== 'blocks') throw new Error('an interval outside of all spaces')
          for (let at = 0; at < (intervals.lengths[index] ?? 0); at++, count++) {
            const uses = bytes.get(`${space.filesystem}:${place - space.placeOfAddress0 + at}`) ?? []
            const { files: users, kind } = judge(uses)
            expect(intervals.uses[index]).toBe(uses.length)
            expect(intervals.files[index]).toBe(users.length)
            expect(((intervals.flags[index] ?? 0) & intervalFlags.others) !== 0).toBe(kind === 'others')
            const isPacked = uses.every(({ mark }) => mark === rangeMarks.packed)
            const expected = {
              'only-here': isPacked ? blockClass.packed : blockClass.onlyHere,
              others: blockClass.sharedWithOthers,
              conflict: blockClass.unchecked,
              shared: [0, 0, 1, 2, 2, 3, 3][users.length],
            }[kind]
            expect(intervals.classes[index]).toBe(expected)
          }
        }
        expect(count).toBe(bytes.size)
      }),
      { numRuns: 200 },
    )
  })

  it('names files and folders by their paths', () => {
    const map = madeUpMap(paths.map((path) => ({ path, extents: [] })))
    expect(map.files.names.map((_, file) => pathOfFile(map, file))).toEqual(paths)
    expect([...map.folders.files]).toEqual([6, 3, 1, 2])
  })

  it('lists the largest groups and counts the rest', () => {
    const shared = (address: number, length: number) => ({ offset: 0, address, length, flags: extentFlags.shared })
    const files = ['a', 'b', 'c', 'd'].map((path, index) => ({
      path,
      extents: [shared(index * 100, index + 1), shared((index + 1) * 100, index + 2)],
    }))
    const { groups, groupsOmitted } = madeUpMap(files, ['btrfs'], 2)
    expect(groups.map(({ files: group, bytes }) => ({ files: [...group], bytes }))).toEqual([
      { files: [2, 3], bytes: 4 },
      { files: [1, 2], bytes: 3 },
    ])
    expect(groupsOmitted).toBe(1)
  })

  it('knows nothing of no files', () => {
    expect(madeUpMap([]).totals).toMatchObject({ files: 0, onDiskBytes: 0 })
  })

  it('is linear when ten thousand files share a block', () => {
    const files = Array.from({ length: 10_000 }, (_, index) => ({
      path: `folder/${index}`,
      extents: Array.from({ length: 20 }, (__, part) => ({
        offset: part * 100,
        address: part * 100 + (index % 50),
        length: 50,
        flags: extentFlags.shared,
      })),
    }))
    const map = madeUpMap(files, ['xfs'], 10)
    expect(map.groups).toHaveLength(10)
    expect(map.intervals.files.reduce((most, count) => Math.max(most, count), 0)).toBe(10_000)
  })
})

describe('compressed extents', () => {
  const encoded = (path: string, extents: readonly (readonly [address: number, length: number])[]) => ({
    path,
    extents: extents.map(([address, length], index) => ({
      offset: index * 1000,
      address,
      length,
      flags: extentFlags.encoded | extentFlags.shared,
    })),
  })

  it('are the same where their address is, and never by overlapping', () => {
    const map = madeUpMap([encoded('a', [[0, 128]]), encoded('b', [[0, 128]]), encoded('c', [[40, 128]])])
    expect(map.groups.map(({ files, bytes }) => ({ files: [...files], bytes }))).toEqual([
      { files: [0, 1], bytes: 128 },
    ])
    expect(map.totals).toMatchObject({
      encodedBytes: 256,
      sharedBytes: 128,
      sharedWithOthersBytes: 128,
      savedBytes: 128,
    })
  })

  it('are used as a whole by who uses a part, which saves what nobody can tell', () => {
    const map = madeUpMap([
      encoded('a', [[0, 128]]),
      encoded('b', [
        [0, 60],
        [0, 64],
      ]),
    ])
    expect(map.totals).toMatchObject({ encodedBytes: 128, sharedBytes: 128, savedBytes: 0, uncheckedBytes: 0 })
    expect([...map.files.sharedBytes]).toEqual([128, 128])
  })
})
