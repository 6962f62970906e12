/** Whether and how a file is shown, decided by its first bytes: never by its name, which may say anything. */
import { bytesToByteString } from '../byte-string.ts'
import { type ImageHeader, imageHeader } from './image-header.ts'

/** What is read of a file to decide, and shown of a text. */
export const PREVIEW_START_BYTES = 256 << 10
/** An image is sent to the window whole. */
export const PREVIEW_IMAGE_BYTES = 16 << 20
/** Four bytes each once unfolded; cameras make half of it. */
const MOST_PIXELS = 100_000_000
/** Texts in old encodings have their accents, not half of their letters outside of ASCII. */
const MOST_LATIN_SHARE = 0.3

/** What Windows-1252 has where Latin-1 has controls, from 0x80 on; Node's decoder of that name doesn't know. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

export type PreviewKind =
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean }
  /** To be read whole. */
  | { readonly kind: 'image'; readonly mediaType: ImageHeader['mediaType'] }
  | { readonly kind: 'none'; readonly reason: 'too-large' | 'binary' | 'empty' }

/** Decides for a file of `sizeBytes` that begins with `start`: all of it, or at least PREVIEW_START_BYTES. */
export function previewOf(start: Uint8Array, sizeBytes: number): PreviewKind {
  if (sizeBytes === 0) return { kind: 'none', reason: 'empty' }
  const image = imageHeader(start)
  if (image !== undefined) {
    const isShown = sizeBytes <= PREVIEW_IMAGE_BYTES && image.pixels !== undefined && image.pixels <= MOST_PIXELS
    return isShown ? { kind: 'image', mediaType: image.mediaType } : { kind: 'none', reason: 'too-large' }
  }
  const truncated = sizeBytes > start.length
  const text = textOf(start, truncated)
  return text === undefined ? { kind: 'none', reason: 'binary' } : { kind: 'text', text, truncated }
}

/** By the byte order mark, else as UTF-8, else as Windows-1252; undefined for what is no text in any of them. */
function textOf(bytes: Uint8Array, truncated: boolean): string | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const text = decode(bytes, marked ?? 'utf-8', truncated) ?? (marked === undefined ? latinOf(bytes) : undefined)
  return text === undefined || hasControls(text) ? undefined : text
}

/** A character that is cut off at the end is left out. */
function decode(bytes: Uint8Array, encoding: string, truncated: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: truncated })
  } catch {
    return undefined
  }
}

function latinOf(bytes: Uint8Array): string | undefined {
  let foreign = 0
  for (const byte of bytes) if (byte >= 0x80) foreign++
  return foreign > bytes.length * MOST_LATIN_SHARE
    ? undefined
    : bytesToByteString(bytes).replace(/[\x80-\x9f]/g, (unit) => windows1252[unit.charCodeAt(0) - 0x80] ?? unit)
}

/** All but tab, line ends, form feed and the escape of terminal colours. */
function hasControls(text: string): boolean {
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text)
}
