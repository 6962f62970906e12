import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type ContentPlace, ContentTable } from './content-table.ts'
import { groupContents } from './groups.ts'

/** Contents by file and block, and a table that compares with them. */
function tableOf(files: readonly (readonly string[])[], maxContents?: number): ContentTable {
  const matches = (bytes: Uint8Array, { file, block }: ContentPlace) =>
    files[file]?.[block] === Buffer.from(bytes).toString()
  const table = new ContentTable(matches, maxContents)
  for (const [file, blocks] of files.entries()) {
    for (const [block, text] of blocks.entries()) table.add(Buffer.from(text), file, block)
  }
  return table
}

const groupsOf = (table: ContentTable) =>
  groupContents(table, 100).groups.map(({ files, blocks, bytes, savedBytes }) => ({ files, blocks, bytes, savedBytes }))

test('repeated contents are summed up by the files that have them', () => {
  const table = tableOf([
    ['aa', 'bb', 'cc'],
    ['bb', 'aa', 'dd'],
    ['dd', 'dd', 'ee'],
    ['ff', 'ff'],
  ])
  expect(table.length).toBe(6)
  expect(groupsOf(table)).toEqual([
    { files: [0, 1], blocks: 2, bytes: 4, savedBytes: 4 },
    { files: [1, 2], blocks: 1, bytes: 2, savedBytes: 4 },
    { files: [3], blocks: 1, bytes: 2, savedBytes: 2 },
  ])
})

test('equal CRC-32 is no equal content', () => {
  // Both have CRC-32 0x4ddb0c25.
  const pair = ['plumless', 'buckeroo']
  expect(crc32(pair[0] ?? '')).toBe(crc32(pair[1] ?? ''))
  const table = tableOf([pair, pair, ['buckeroo']])
  expect(table.length).toBe(2)
  expect(groupsOf(table)).toEqual([
    { files: [0, 1, 2], blocks: 1, bytes: 8, savedBytes: 16 },
    { files: [0, 1], blocks: 1, bytes: 8, savedBytes: 8 },
  ])
})

test('a prefix is no equal content', () => {
  const table = tableOf([['abc'], ['ab'], ['abc']])
  expect(groupsOf(table)).toEqual([{ files: [0, 2], blocks: 1, bytes: 3, savedBytes: 3 }])
})

describe('more than fits', () => {
  test('is sampled: the estimate stays near the truth', () => {
    const half = Array.from({ length: 40_000 }, (_, i) => `content ${i}`)
    const others = Array.from({ length: 40_000 }, (_, i) => `other ${i}`)
    const table = tableOf([half, [...half, ...others]], 1 << 14)
    expect(table.sampledOneIn).toBeGreaterThanOrEqual(4)
    let repeated = 0
    for (let content = 0; content < table.length; content++) if (table.count(content) > 1) repeated++
    const estimate = repeated * table.sampledOneIn
    expect(estimate).toBeGreaterThan(36_000)
    expect(estimate).toBeLessThan(44_000)
    expect(groupsOf(table)[0]?.files).toEqual([0, 1])
  })
})
