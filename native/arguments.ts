/**
 * Arguments are bytes. Node decodes argv as UTF-8 and puts U+FFFD where that fails, which loses the name of a file;
 * Linux still has the bytes in /proc/self/cmdline.
 */
import { readFileSync } from 'node:fs'
import { type ByteString, bytesToByteString, textToByteString } from '../src/shared/byte-string.ts'

const REPLACEMENT_CHARACTER = '\ufffd'

/** The last `count` arguments of a NUL-separated command line, or undefined when it holds fewer. */
export function lastArguments(commandLine: Uint8Array, count: number): ByteString[] | undefined {
  const all = bytesToByteString(commandLine).split('\0')
  // Every argument is terminated, so the piece after the last NUL is nothing.
  if (all.at(-1) === '') all.pop()
  if (all.length < count) return undefined
  return all.slice(all.length - count) as ByteString[]
}

/**
 * The user's arguments as bytes. `commandLine` is asked for only when Node's text lost something, and is believed only
 * where it agrees with that text.
 */
export function rawArguments(
  textArguments: readonly string[],
  commandLine: () => Uint8Array = () => readFileSync('/proc/self/cmdline'),
): ByteString[] {
  const fromText = textArguments.map(textToByteString)
  if (!textArguments.some((argument) => argument.includes(REPLACEMENT_CHARACTER))) return fromText
  let raw: ByteString[] | undefined
  try {
    raw = lastArguments(commandLine(), textArguments.length)
  } catch {
    // No /proc here: the text is all there is.
  }
  if (raw === undefined) return fromText
  const decoder = new TextDecoder()
  const agrees = raw.every((argument, i) => decoder.decode(Buffer.from(argument, 'latin1')) === textArguments[i])
  return agrees ? raw : fromText
}
