/** Turns the text of an option into its value, or says in a sentence why it can't. */
import { type ByteString, byteStringToText, displayName } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { CloneMode } from '../../shared/jobs.ts'

/** The block sizes that format 2 knows (docs/format.md); the engine checks again. Format 1 goes down to 512. */
const MIN_BLOCK_BYTES = 4096
const MIN_BLOCK_BYTES_1 = 512
const MAX_BLOCK_BYTES = 1 << 20

const sizeSuffixes = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const

/** A command line that can't be carried out. */
export function usageError(sentence: string): ReftarError {
  return new ReftarError('usage', { verbatim: sentence })
}

/** What a user typed, for a message. */
export function quoted(text: string): string {
  return `“${displayName(text as ByteString)}”`
}

/** `4096`, `64K`, `64k`, `64KiB`, `1M` → bytes, always in powers of two as disks count blocks. */
export function parseByteCount(text: string): number | undefined {
  const match = /^(\d{1,12})\s*([kmg]?)(?:i?b)?$/i.exec(text)
  if (match === null) return undefined
  const suffix = (match[2] ?? '').toLowerCase()
  if (suffix !== '' && suffix !== 'k' && suffix !== 'm' && suffix !== 'g') return undefined
  return Number(match[1]) * sizeSuffixes[suffix]
}

/** A parser of powers of two up to 1M; `name` starts the sentence of refusal, which says where they begin. */
export function powerOfTwo(name: string, lowest: number, begin = String(lowest)): (text: string) => number {
  return (text) => {
    const bytes = parseByteCount(text)
    const isPowerOfTwo = bytes !== undefined && bytes > 0 && 2 ** Math.round(Math.log2(bytes)) === bytes
    if (bytes === undefined || !isPowerOfTwo || bytes < lowest || bytes > MAX_BLOCK_BYTES) {
      throw usageError(`${name} ${quoted(text)} must be a power of two from ${begin} to 1M.`)
    }
    return bytes
  }
}

const smallestBlock = '4096 (with --format=1 from 512)'

/** An archive's block size, of either format. */
export const parseBlockSize = powerOfTwo('The block size', MIN_BLOCK_BYTES_1, smallestBlock)

const parseBlockSizeOf2 = powerOfTwo('The block size', MIN_BLOCK_BYTES, smallestBlock)

/** Refuses a block size that only format 1 knows. */
export function requireBlockSizeOf2(bytes: number): void {
  parseBlockSizeOf2(String(bytes))
}

/** A parser of whole numbers within bounds; `name` starts the sentence of refusal. */
export function wholeNumber(name: string, lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= lowest && value <= highest)) {
      throw usageError(`${name} ${quoted(text)} must be a whole number from ${lowest} to ${highest}.`)
    }
    return value
  }
}

/** A parser of one word out of a list. */
export function oneOf<Word extends string>(name: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw usageError(`${name} ${quoted(text)} isn’t known. Choose ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`)
  }
}

export const cloneModes = ['auto', 'always', 'never'] as const satisfies readonly CloneMode[]

/** Collects a repeatable option. */
export function collect(text: string, earlier: readonly ByteString[] = []): readonly ByteString[] {
  return [...earlier, text as ByteString]
}

/** A pattern over stored paths is text; one with bytes that are no UTF-8 is written as \xHH, as list shows them. */
export function patternText(argument: ByteString): string {
  return byteStringToText(argument) ?? displayName(argument)
}
