/** Different bytes with equal CRC-32: CRC-32 is linear, so a multiple of its polynomial can be added anywhere. */

/** x^32 + x^26 + x^23 + x^22 + x^16 + x^12 + x^11 + x^10 + x^8 + x^7 + x^5 + x^4 + x^2 + x + 1, highest power first. */
const POLYNOMIAL_BITS = `1${(0x04c11db7).toString(2).padStart(32, '0')}`

/** A copy that differs in the five bytes from `at` on, and has the same CRC-32. */
export function withEqualCrc32(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes)
  for (const [index, bit] of [...POLYNOMIAL_BITS].entries()) {
    // Of each byte the lowest bit counts as the highest power.
    if (bit === '1') copy[at + (index >> 3)] = (copy[at + (index >> 3)] ?? 0) ^ (1 << (index & 7))
  }
  return copy
}
