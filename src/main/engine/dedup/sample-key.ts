/** A fast key for bytes of which every one is compared anyway before two are taken for equal. */

/** Words that are looked at, of four bytes each. */
const SAMPLED_WORDS = 64
const MULTIPLIER = 0x85ebca6b

/**
 * 32 bits from words spread evenly over `lengthBytes` bytes at `at`; up to 256 bytes that is all of them. For 4 KiB it
 * takes a tenth of a CRC-32's time. Contents that differ only between the samples have one key; growing a match from its
 * neighbours finds most of those too.
 */
export function sampleKey(bytes: DataView, at: number, lengthBytes: number): number {
  let hash = lengthBytes
  if (lengthBytes < 4) for (let i = 0; i < lengthBytes; i++) hash = mix(hash, bytes.getUint8(at + i))
  else {
    const words = Math.min(SAMPLED_WORDS, Math.ceil(lengthBytes / 4))
    const step = words === 1 ? 0 : (lengthBytes - 4) / (words - 1)
    for (let i = 0; i < words; i++) hash = mix(hash, bytes.getInt32(at + ((i * step) | 0), true))
  }
  return (hash ^ (hash >>> 15)) >>> 0
}

function mix(hash: number, word: number): number {
  return Math.imul(((hash << 13) | (hash >>> 19)) ^ word, MULTIPLIER)
}
