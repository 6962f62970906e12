/** zstd frames put together by hand (RFC 8878): the same bytes whatever library is installed, and bombs of any size. */

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
/** Single segment, content size in eight bytes. */
const DESCRIPTOR = 0xe0
const BLOCK_LIMIT_BYTES = 128 << 10
const blockTypes = { raw: 0, repeated: 1 } as const

/** Literal bytes, or one byte many times. */
type FramePiece = Uint8Array | { readonly byte: number; readonly times: number }

/** One frame that unpacks to the pieces; `claimedBytes` lies about how much that is. */
export function zstdFrame(pieces: readonly FramePiece[], claimedBytes?: number): Uint8Array {
  const blocks: { readonly type: number; readonly size: number; readonly bytes: Uint8Array }[] = []
  let total = 0
  for (const piece of pieces) {
    const length = piece instanceof Uint8Array ? piece.length : piece.times
    for (let at = 0; at < length; at += BLOCK_LIMIT_BYTES) {
      const size = Math.min(BLOCK_LIMIT_BYTES, length - at)
      if (piece instanceof Uint8Array) blocks.push({ type: blockTypes.raw, size, bytes: piece.subarray(at, at + size) })
      else blocks.push({ type: blockTypes.repeated, size, bytes: Uint8Array.of(piece.byte) })
    }
    total += length
  }
  if (blocks.length === 0) blocks.push({ type: blockTypes.raw, size: 0, bytes: new Uint8Array(0) })
  const head = new Uint8Array(MAGIC.length + 9)
  head.set(MAGIC)
  head[MAGIC.length] = DESCRIPTOR
  new DataView(head.buffer).setBigUint64(MAGIC.length + 1, BigInt(claimedBytes ?? total), true)
  return Uint8Array.from(
    Buffer.concat([
      head,
      ...blocks.flatMap(({ type, size, bytes }, index) => {
        const header = (index === blocks.length - 1 ? 1 : 0) | (type << 1) | (size << 3)
        return [Uint8Array.of(header & 0xff, (header >> 8) & 0xff, header >> 16), bytes]
      }),
    ]),
  )
}
