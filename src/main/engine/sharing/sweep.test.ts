import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addEncoded } from './encoded.ts'
import { ExtentTable } from './extent-table.ts'
import { sweep } from './sweep.ts'

interface Extent {
  readonly filesystem: number
  readonly address: number
  readonly length: number
  readonly file: number
  readonly flagged: boolean
}

const fileCount = 5
const extentArbitrary = fc.record({
  filesystem: fc.nat(1),
  address: fc.nat(40),
  length: fc.integer({ min: 1, max: 20 }),
  file: fc.nat(fileCount - 1),
  flagged: fc.boolean(),
})

function tableOf(extents: readonly Extent[]): ExtentTable {
  const table = new ExtentTable()
  for (const { filesystem, address, length, file, flagged } of extents)
    table.add(filesystem, address, length, file, flagged)
  return table
}

/** Byte by byte, as one would explain it. */
function oracle(extents: readonly Extent[]) {
  const users = new Map<string, number[]>()
  extents.forEach(({ filesystem, address, length }, index) => {
    for (let at = address; at < address + length; at++) {
      const key = `${filesystem}:${at}`
      users.set(key, [...(users.get(key) ?? []), index])
    }
  })
  const fileOf = (index: number) => extents[index]?.file ?? -1
  const groups = new Map<string, number>()
  const onDisk = new Array<number>(fileCount).fill(0)
  const exclusive = new Array<number>(fileCount).fill(0)
  const withPartner = new Set<number>()
  for (const indexes of users.values()) {
    const files = [...new Set(indexes.map(fileOf))].sort()
    for (const file of files) onDisk[file] = (onDisk[file] ?? 0) + 1
    const [only, ...others] = indexes
    if (only !== undefined && others.length === 0) exclusive[fileOf(only)] = (exclusive[fileOf(only)] ?? 0) + 1
    else {
      for (const index of indexes) withPartner.add(index)
      groups.set(files.join(), (groups.get(files.join()) ?? 0) + 1)
    }
  }
  const lone = extents.filter(({ flagged }, index) => flagged && !withPartner.has(index))
  return {
    onDiskBytes: users.size,
    exclusiveBytes: exclusive.reduce((sum, bytes) => sum + bytes, 0),
    mappedBytes: extents.reduce((sum, { length }) => sum + length, 0),
    sharedWithOthersBytes: lone.reduce((sum, { length }) => sum + length, 0),
    groups: [...groups].sort(),
    onDisk,
    exclusive,
  }
}

describe('sweep', () => {
  it('agrees with counting every byte', () => {
    fc.assert(
      fc.property(fc.array(extentArbitrary, { maxLength: 25 }), (extents) => {
        const result = sweep(tableOf(extents), fileCount, 1000)
        expect({
          onDiskBytes: result.onDiskBytes,
          exclusiveBytes: result.exclusiveBytes,
          mappedBytes: result.mappedBytes,
          sharedWithOthersBytes: result.sharedWithOthersBytes,
          groups: result.groups.map(({ files, bytes }) => [files.join(), bytes] as [string, number]).sort(),
          onDisk: [...result.fileOnDiskBytes],
          exclusive: [...result.fileExclusiveBytes],
        }).toEqual(oracle(extents))
        expect(result.sharedBytes + result.exclusiveBytes).toBe(result.onDiskBytes)
      }),
      { numRuns: 500 },
    )
  })

  it('lists the largest groups and counts the rest', () => {
    const extents = [0, 1, 2].flatMap((group) =>
      [group, group + 1].map((file) => ({
        filesystem: 0,
        address: group * 100,
        length: group + 1,
        file,
        flagged: true,
      })),
    )
    const { groups, groupsOmitted } = sweep(tableOf(extents), fileCount, 2)
    expect(groups).toEqual([
      { files: [2, 3], bytes: 3 },
      { files: [1, 2], bytes: 2 },
    ])
    expect(groupsOmitted).toBe(1)
  })

  it('knows nothing of no files', () => {
    expect(sweep(new ExtentTable(), 0, 10)).toMatchObject({ onDiskBytes: 0, groups: [], groupsOmitted: 0 })
  })

  it('takes a million extents in seconds and little memory', () => {
    const table = new ExtentTable()
    const before = process.memoryUsage()
    for (let i = 0; i < 1_000_000; i++) table.add(0, ((i * 7919) % 600_000) * 4096, 8192, i % 1000, true)
    const result = sweep(table, 1000, 20)
    const after = process.memoryUsage()
    expect(result.mappedBytes).toBe(8_192_000_000)
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(150 << 20)
  }, 30_000)
})

describe('compressed extents', () => {
  const encodedTable = (extents: readonly (readonly [address: number, length: number, file: number])[]) =>
    tableOf(extents.map(([address, length, file]) => ({ filesystem: 0, address, length, file, flagged: true })))

  it('are shared where address and length are equal, and never by overlapping', () => {
    const table = new ExtentTable()
    const unchecked: number[] = []
    const bytes = addEncoded(
      table,
      encodedTable([
        [0, 128, 0],
        [0, 128, 1],
        [40, 128, 2],
      ]),
      1,
      (file) => unchecked.push(file),
    )
    const result = sweep(table, 3, 10)
    expect(bytes).toBe(256)
    expect(result.groups).toEqual([{ files: [0, 1], bytes: 128 }])
    expect(result.exclusiveBytes).toBe(128)
    expect(unchecked).toEqual([])
  })

  it('can’t be told where one address comes with several lengths', () => {
    const table = new ExtentTable()
    const unchecked: [number, number][] = []
    addEncoded(
      table,
      encodedTable([
        [0, 128, 0],
        [0, 64, 1],
      ]),
      1,
      (file, length) => unchecked.push([file, length]),
    )
    expect(table.length).toBe(0)
    expect(unchecked.sort()).toEqual([
      [0, 128],
      [1, 64],
    ])
  })
})
