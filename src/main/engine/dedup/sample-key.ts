/** A fast key for bytes of which every one is compared anyway before two are taken for equal. */
import { crc32 } from 'node:zlib'

/** Words that are looked at: 256 bytes. */
const SAMPLED_WORDS = 64

/**
 * 32 bits from words spread evenly over the bytes (FNV-1a): for 4 KiB a tenth of a CRC-32's time. Contents that differ
 * only between the samples have one key; growing a match from its neighbours finds most of those too.
 */
export function sampleKey(bytes: Buffer): number {
  if (bytes.length < SAMPLED_WORDS * 4) return crc32(bytes)
  const step = (bytes.length - 4) / (SAMPLED_WORDS - 1)
  let hash = 0x811c9dc5
  for (let i = 0; i < SAMPLED_WORDS; i++) hash = Math.imul(hash ^ bytes.readInt32LE((i * step) | 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
