/** Going to a name by typing its beginning: looks on from the cursor, around the end, through rows that are paged from main. */
import { baseName, displayName } from '../../../../shared/byte-string.ts'
import type { EntryRow } from '../../../../shared/ipc/archives.ts'
import type { RowRange } from '../../../store/row-pages.ts'

const CHUNK_ROWS = 1000
/** Further than that the answer would come too late to be one. */
const MOST_ROWS = 50_000

/** Whether an entry's name begins with what was typed, in either case. */
function startsWith({ path }: EntryRow, typed: string): boolean {
  return displayName(baseName(path)).toLocaleLowerCase().startsWith(typed.toLocaleLowerCase())
}

/**
 * The index of the first row from `start` on whose name begins with `typed`. Undefined when there is none within 50,000
 * rows, or when `isWanted` says meanwhile that nobody wants to know. Throws what `fetchRows` throws.
 */
export async function findByPrefix(
  typed: string,
  start: number,
  rowCount: number,
  fetchRows: (range: RowRange) => Promise<readonly EntryRow[]>,
  isWanted: () => boolean,
): Promise<number | undefined> {
  const most = Math.min(rowCount, MOST_ROWS)
  for (let looked = 0; looked < most; ) {
    const first = (start + looked) % rowCount
    const last = Math.min(first + CHUNK_ROWS, first + most - looked, rowCount) - 1
    const rows = await fetchRows({ first, last })
    if (!isWanted()) return undefined
    const found = rows.findIndex((row) => startsWith(row, typed))
    if (found >= 0) return first + found
    looked += last - first + 1
  }
  return undefined
}
