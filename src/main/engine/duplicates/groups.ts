/** Sums repeated contents up by the files that have them. */
import type { ContentTable } from './content-table.ts'

/** Different sets of files kept; more than anyone reads, few enough for memory. */
const MOST_GROUPS = 1 << 18
const NAMED_FILES = 1000

interface Group {
  readonly files: readonly number[]
  readonly fileCount: number
  readonly blocks: number
  readonly bytes: number
  readonly savedBytes: number
}

interface Sum {
  /** A content of the group, from which its files are found again. */
  readonly content: number
  blocks: number
  bytes: number
  savedBytes: number
}

export interface Grouped {
  /** Those that would save most, in falling order. */
  readonly groups: readonly Group[]
  readonly omitted: number
}

/** The groups of a finished table. */
export function groupContents(table: ContentTable, limit: number): Grouped {
  const sums = new Map<string, Sum>()
  for (const { content, files } of table.repeated()) {
    const key = setKey(files)
    const length = table.lengthBytes(content)
    const saved = (table.count(content) - 1) * length
    const sum = sums.get(key)
    if (sum !== undefined) {
      sum.blocks++
      sum.bytes += length
      sum.savedBytes += saved
    } else if (sums.size < MOST_GROUPS) sums.set(key, { content, blocks: 1, bytes: length, savedBytes: saved })
  }
  const largest = [...sums.values()].sort((a, b) => b.savedBytes - a.savedBytes).slice(0, limit)
  const wanted = new Map(largest.map((sum) => [sum.content, sum]))
  const groups: Group[] = []
  for (const { content, files } of table.repeated()) {
    const sum = wanted.get(content)
    if (sum === undefined) continue
    const { blocks, bytes, savedBytes } = sum
    groups.push({ files: files.slice(0, NAMED_FILES), fileCount: files.length, blocks, bytes, savedBytes })
  }
  groups.sort((a, b) => b.savedBytes - a.savedBytes)
  return { groups, omitted: sums.size - groups.length }
}

/** Equal for equal sets; a long one is named by its size and two hashes. */
function setKey(files: readonly number[]): string {
  if (files.length <= 8) return files.join()
  let low = 0
  let high = 0
  for (const file of files) {
    low = Math.imul(low ^ file, 0x01000193)
    high = Math.imul(high + file, 0x9e3779b1) ^ (high >>> 15)
  }
  return `${files.length}:${low}:${high}:${files[0]}:${files.at(-1)}`
}
