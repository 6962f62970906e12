/** Hashes of raw data (docs/format.md, "Hashes"). */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import { CHUNK_LIMIT_BYTES, HASH_BYTES } from './layout.ts'
import { ByteReader, ByteWriter } from './varint.ts'

/** A run of raw data blocks that is hashed as one. */
export interface Chunk {
  /** In the archive; a whole number of blocks, as is the length. */
  readonly offset: number
  readonly lengthBytes: number
  readonly hash: Uint8Array
}

/** One gap, one length and the hash. */
const MIN_CHUNK_RECORD_BYTES = 2 + HASH_BYTES

/** A hashes section's raw payload. The chunks must increase and not overlap. */
export function encodeHashes(chunks: readonly Chunk[], blockSizeBytes: number): Uint8Array {
  const writer = new ByteWriter(16 + chunks.length * (MIN_CHUNK_RECORD_BYTES + 4))
  writer.varint(chunks.length)
  let endBlock = 0
  for (const { offset, lengthBytes, hash } of chunks) {
    const lengthBlocks = lengthBytes / blockSizeBytes
    if (lengthBytes <= 0 || lengthBytes > CHUNK_LIMIT_BYTES || hash.length !== HASH_BYTES) {
      throw new ReftarError('internal', `a chunk of ${lengthBytes} bytes can’t be written`)
    }
    writer.varint(offset / blockSizeBytes - endBlock)
    writer.varint(lengthBlocks)
    writer.bytes(hash)
    endBlock = offset / blockSizeBytes + lengthBlocks
  }
  return writer.view()
}

/** Reads a hashes section's raw payload; `damaged` when it breaks a rule. The hashes are views of `raw`. */
export function decodeHashes(raw: Uint8Array, blockSizeBytes: number): Chunk[] {
  const reader = new ByteReader(raw, 'hashes')
  const count = reader.varint()
  if (count === 0) reader.fail('it is empty')
  if (count > reader.remainingBytes / MIN_CHUNK_RECORD_BYTES)
    reader.fail(said('this many chunks don’t fit: {count}', { count }))
  const chunks: Chunk[] = []
  let endBlock = 0
  for (let i = 0; i < count; i++) {
    const startBlock = endBlock + reader.varint()
    const lengthBlocks = reader.varintUpTo(CHUNK_LIMIT_BYTES / blockSizeBytes, 'a chunk’s length')
    if (startBlock === 0) reader.fail('a chunk covers the superblock')
    if (lengthBlocks === 0) reader.fail('a chunk is empty')
    endBlock = startBlock + lengthBlocks
    if (endBlock * blockSizeBytes > Number.MAX_SAFE_INTEGER) reader.fail('a chunk lies beyond 2^53')
    chunks.push({
      offset: startBlock * blockSizeBytes,
      lengthBytes: lengthBlocks * blockSizeBytes,
      hash: reader.bytes(HASH_BYTES),
    })
  }
  reader.end()
  return chunks
}
