/** The ways of finding an entry must agree with the list, for an archive that verify finds nothing wrong with. */
import type { Entry } from '../../src/main/engine/entry.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { type ByteString, parentPath } from '../../src/shared/byte-string.ts'
import type { ErrorCode } from '../../src/shared/errors.ts'
import { Finding } from './finding.ts'

const MOST_LOOKED_UP = 12
const MOST_CHILDREN = 50

/** Looks entries up by path, by number and by folder. `codeOf` throws for errors that aren't about the archive. */
export function checkConsistency(
  reader: ArchiveReader,
  list: readonly Entry[],
  listError: ErrorCode | undefined,
  isClean: boolean,
  codeOf: (error: unknown) => ErrorCode,
): void {
  const attempt = (look: () => void): void => {
    try {
      look()
    } catch (error) {
      if (error instanceof Finding) throw error
      codeOf(error)
    }
  }
  const step = Math.max(1, Math.floor(list.length / MOST_LOOKED_UP))
  for (let index = 0; index < list.length; index += step) {
    const entry = list[index]
    if (entry === undefined) continue
    attempt(() => {
      const found = reader.find(entry.path)
      if (isClean && listError === undefined && found?.ordinal !== entry.ordinal)
        throw new Finding(
          `find gives entry ${found?.ordinal} for entry ${entry.ordinal}: ${JSON.stringify(list.map((one) => one.path))}`,
        )
    })
    attempt(() => {
      if (reader.entryAt(entry.ordinal).path !== entry.path) throw new Finding(`entryAt gives another path`)
    })
    attempt(() => {
      for (const child of reader.children(parentPath(entry.path), undefined, MOST_CHILDREN)) {
        if (parentPath(child.path) !== parentPath(entry.path))
          throw new Finding(
            `children gives ${JSON.stringify(child.path)} for ${JSON.stringify(entry.path)}; format ${reader.info.format}; ${JSON.stringify(list.map((one) => one.path))}`,
          )
      }
    })
    attempt(() => {
      let count = 0
      for (const _ of reader.subtree(entry.path)) if (++count >= MOST_CHILDREN) break
    })
  }
  attempt(() => reader.children('' as ByteString, undefined, MOST_CHILDREN))
  attempt(() => reader.children('' as ByteString, 'm' as ByteString, MOST_CHILDREN))
  attempt(() => reader.find('no/such/entry' as ByteString))
}
