/** The smallest PNG writer that is one: 8 bits a colour, no filters, zlib (https://www.w3.org/TR/png-3/). */
import { crc32, deflateSync } from 'node:zlib'
import type { Raster } from '../src/shared/sharing/raster.ts'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const bitsPerColour = 8
const trueColour = 2
const noFilter = 0

/** A picture as the bytes of a PNG file. */
export function encodePng({ widthPixels, heightPixels, rgb }: Raster): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPixels, 0)
  header.writeUInt32BE(heightPixels, 4)
  header.set([bitsPerColour, trueColour, 0, 0, 0], 8)
  const rowBytes = widthPixels * 3
  const rows = Buffer.alloc((rowBytes + 1) * heightPixels)
  for (let row = 0; row < heightPixels; row++) {
    const at = row * (rowBytes + 1)
    rows[at] = noFilter
    rows.set(rgb.subarray(row * rowBytes, (row + 1) * rowBytes), at + 1)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8)
  return whole
}
