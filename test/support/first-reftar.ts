/** Writes archives as the first reftar did: a header before every block, equal blocks as references, holes as zeros. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'

const BLOCK = 4096

function block(bytes: Buffer): Buffer {
  return Buffer.concat([bytes], Math.ceil(bytes.length / BLOCK) * BLOCK)
}

function entryHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(237 + name.length)
  header.write('FILE')
  header.writeUInt32LE(header.length, 4)
  header.writeBigUInt64LE(BigInt(size), 8)
  header.write('0', 20)
  header.writeUInt32LE(name.length, 77 + 12)
  header.write(name, 77 + 16, 'latin1')
  return block(header)
}

/** One file each, of at least a block, by name. */
export function writeLikeFirstReftar(path: string, files: Readonly<Record<string, Buffer>>): void {
  const fd = openSync(path, 'w')
  const head = Buffer.alloc(BLOCK)
  head.write('reftar')
  head.writeUInt16LE(1, 6)
  head.writeUInt32LE(BLOCK, 8)
  writeSync(fd, head)
  const ids = new Map<string, bigint>()
  for (const [name, bytes] of Object.entries(files)) {
    writeSync(fd, entryHeader(name, bytes.length))
    for (let at = 0; at < bytes.length; at += BLOCK) {
      const payload = block(bytes.subarray(at, at + BLOCK))
      // Not by CRC-32, as the first reftar did: two of some ten thousand random blocks have the same one in a hundred runs.
      const content = createHash('sha256').update(payload).digest('base64')
      const known = ids.get(content)
      const header = Buffer.alloc(BLOCK)
      header.writeBigUInt64LE(known ?? BigInt(ids.size), 0)
      header.writeUInt32LE(1, 8)
      header.write(known === undefined ? 'D' : 'R', 12)
      header.writeBigUInt64LE(BigInt(at), 13)
      header.writeUInt32LE(crc32(payload), 21)
      writeSync(fd, header)
      if (known !== undefined) continue
      ids.set(content, BigInt(ids.size))
      writeSync(fd, payload)
    }
  }
  closeSync(fd)
}
