/** What an image file says about itself in its first bytes: enough to show it, or to refuse what would unfold too far. */

export interface ImageHeader {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Undefined where the size isn't within the bytes at hand. */
  readonly pixels: number | undefined
}

/** The formats that every browser shows and that hold nothing but pixels; undefined for all else. SVG is a text. */
export function imageHeader(start: Uint8Array): ImageHeader | undefined {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  if (begins(start, 0, '\x89PNG\r\n\x1a\n')) return { mediaType: 'image/png', pixels: pngPixels(view) }
  if (begins(start, 0, 'GIF87a') || begins(start, 0, 'GIF89a')) {
    const pixels = start.length < 10 ? undefined : view.getUint16(6, true) * view.getUint16(8, true)
    return { mediaType: 'image/gif', pixels }
  }
  if (begins(start, 0, 'RIFF') && begins(start, 8, 'WEBP')) return { mediaType: 'image/webp', pixels: webpPixels(view) }
  if (begins(start, 0, '\xff\xd8\xff')) return { mediaType: 'image/jpeg', pixels: jpegPixels(view) }
  return undefined
}

function begins(bytes: Uint8Array, at: number, signature: string): boolean {
  for (let i = 0; i < signature.length; i++) if (bytes[at + i] !== signature.charCodeAt(i)) return false
  return true
}

/** IHDR comes first (PNG, 5.6). */
function pngPixels(view: DataView): number | undefined {
  return view.byteLength < 24 ? undefined : view.getUint32(16) * view.getUint32(20)
}

/** RFC 9649: a canvas of 24 bits each way, lossless with 14 bits, or a VP8 key frame with 14 bits. */
function webpPixels(view: DataView): number | undefined {
  if (view.byteLength < 30) return undefined
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)))
  if (chunk === 'VP8X') {
    const side = (at: number): number => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
    return side(24) * side(27)
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return (1 + (bits & 0x3fff)) * (1 + ((bits >>> 14) & 0x3fff))
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff)
}

/** The first frame header (ITU T.81, B.2.2): markers from SOF0 to SOF15 that aren't DHT, JPG or DAC. */
function jpegPixels(view: DataView): number | undefined {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
