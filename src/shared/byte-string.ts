/**
 * File names, link targets and xattr names are bytes, not text. The engine carries them as strings in which every
 * UTF-16 unit is one byte (0x00–0xFF): they compare bytewise, work as Map keys, and cost one byte a character in V8.
 */

declare const byteStringBrand: unique symbol
export type ByteString = string & { readonly [byteStringBrand]: true }

/** Whether it is a string of bytes: what crosses a process border is checked before it is believed. */
export function isByteString(value: unknown): value is ByteString {
  return typeof value === 'string' && /^[\u0000-\u00ff]*$/.test(value)
}

const utf8Encoder = new TextEncoder()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes → ByteString, one unit a byte. */
export function bytesToByteString(bytes: Uint8Array): ByteString {
  if (typeof Buffer === 'function')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).latin1Slice() as ByteString
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text as ByteString
}

/** Text as a user types it → its UTF-8 bytes. */
export function textToByteString(text: string): ByteString {
  return bytesToByteString(utf8Encoder.encode(text))
}

/** ByteString → the bytes it stands for. */
export function byteStringToBytes(name: ByteString): Uint8Array {
  const bytes = new Uint8Array(name.length)
  for (let i = 0; i < name.length; i++) bytes[i] = name.charCodeAt(i)
  return bytes
}

/** ByteString → text, or undefined where the bytes are not UTF-8. */
export function byteStringToText(name: ByteString): string | undefined {
  try {
    return utf8Decoder.decode(byteStringToBytes(name))
  } catch {
    return undefined
  }
}

/** Characters that could disguise a name: C0/C1 controls, line separators, bidirectional and invisible formatting, tags, the BOM. */
const DISGUISING =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu

/** Printable ASCII but the backslash: shown as it is. Most names are that. */
const PLAIN = /^[ -[\]-~]*$/

/**
 * ByteString → text that is safe to show: bytes that are not UTF-8 appear as `\xHH`, disguising characters as
 * `\u{HHHH}`, and a backslash as `\\`, so that two different names never look the same.
 */
export function displayName(name: ByteString): string {
  if (PLAIN.test(name)) return name
  const text = byteStringToText(name)
  const escapeUnit = (unit: string): string => `\\u{${unit.codePointAt(0)?.toString(16) ?? ''}}`
  if (text !== undefined) return text.replaceAll('\\', '\\\\').replace(DISGUISING, escapeUnit)
  return Array.from(name, (unit) => {
    const byte = unit.charCodeAt(0)
    if (unit === '\\') return '\\\\'
    return byte >= 0x20 && byte < 0x7f ? unit : `\\x${byte.toString(16).padStart(2, '0')}`
  }).join('')
}

/** Joins two relative paths with `/`; an empty side leaves the other as it is. */
export function joinPath(parent: ByteString, name: ByteString): ByteString {
  if (parent === '') return name
  if (name === '') return parent
  return `${parent}/${name}` as ByteString
}

/** The path without its last component; empty for a path of one component. */
export function parentPath(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/')
  return (slash < 0 ? '' : path.slice(0, slash)) as ByteString
}

/** The last component of a path. */
export function baseName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1) as ByteString
}

/**
 * Walk order: components compared bytewise, a folder directly before what it holds. Equals plain byte order with `/`
 * sorting below every other byte, also below the zero byte that a hostile name may have. Returns <0, 0 or >0.
 */
export function comparePaths(a: ByteString, b: ByteString): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return (x === 0x2f ? -1 : x) - (y === 0x2f ? -1 : y)
  }
  return a.length - b.length
}
