/** Writes a file of many small pieces in large ones. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { type ByteString, byteStringToBytes, displayName } from '../src/shared/byte-string.ts'
import { systemError } from './errno.ts'

/** Text is written in pieces of about this size. */
const pieceCharacters = 1 << 16

/** Replaces what is there; a refusal by the system is thrown with the file's path. */
export function writeParts(path: ByteString, parts: Iterable<string | Uint8Array>): void {
  try {
    const descriptor = openSync(Buffer.from(byteStringToBytes(path)), 'w')
    try {
      for (const piece of joined(parts)) writeWhole(descriptor, piece)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
    throw systemError(error.code, 'write', { path: displayName(path) })
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}

function* joined(parts: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let text = ''
  for (const part of parts) {
    if (typeof part !== 'string') {
      yield part
      continue
    }
    text += part
    if (text.length < pieceCharacters) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}
