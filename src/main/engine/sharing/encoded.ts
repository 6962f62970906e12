/**
 * Pure: compressed extents. Their address names the extent as a whole and their length is that of the uncompressed
 * data, so that extents beside each other seem to overlap. Only equal address and equal length mean the same bytes; an
 * address that occurs with different lengths doesn't tell which bytes are shared.
 */
import type { ExtentTable } from './extent-table.ts'

/**
 * Adds compressed extents to `extents`, each distinct one at an address of its own beyond all filesystems, so that
 * those which are the same share it and none seem to overlap. Calls `unchecked` for those that can't be told.
 * Returns the bytes of distinct comparable extents.
 */
export function addEncoded(
  extents: ExtentTable,
  encoded: ExtentTable,
  filesystem: number,
  unchecked: (file: number, lengthBytes: number) => void,
): number {
  const order = encoded.sorted('address')
  let address = 0
  for (let start = 0; start < order.length; ) {
    const end = endOfAddress(encoded, order, start)
    const lengthBytes = encoded.lengthBytes(order[start] ?? 0)
    const isUniform = order.subarray(start, end).every((index) => encoded.lengthBytes(index) === lengthBytes)
    for (const index of order.subarray(start, end)) {
      if (isUniform) extents.add(filesystem, address, lengthBytes, encoded.file(index), encoded.isFlaggedShared(index))
      else unchecked(encoded.file(index), encoded.lengthBytes(index))
    }
    if (isUniform) address += lengthBytes
    start = end
  }
  return address
}

function endOfAddress(encoded: ExtentTable, order: Uint32Array, start: number): number {
  const first = order[start] ?? 0
  let end = start + 1
  for (let other = order[end]; other !== undefined; other = order[++end]) {
    if (encoded.address(other) !== encoded.address(first)) break
    if (encoded.filesystem(other) !== encoded.filesystem(first)) break
  }
  return end
}
