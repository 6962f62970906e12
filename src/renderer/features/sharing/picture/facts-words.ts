/** What is known about a piece of the picture, in words. Pure. */
import type { SharingFacts, SharingState } from '../../../../shared/ipc/sharing.ts'
import { blockClass, blockClasses } from '../../../../shared/sharing/block-class.ts'
import { extentFlags } from '../../../../shared/sharing/extent-flags.ts'
import type { TextKey } from '../../../../shared/texts/text.ts'
import type { Words } from '../../../lib/words.ts'

const flagKeys: readonly (readonly [flag: number, key: TextKey])[] = [
  [extentFlags.shared, 'flag.shared'],
  [extentFlags.encrypted, 'flag.encrypted'],
  [extentFlags.encoded, 'flag.compressed'],
  [extentFlags.inline, 'flag.inline'],
  [extentFlags.packedTail, 'flag.inline'],
  [extentFlags.unwritten, 'flag.unwritten'],
  [extentFlags.delayedAllocation, 'flag.delayed'],
  [extentFlags.unknown, 'flag.unknown'],
  [extentFlags.last, 'flag.last'],
]

/** FIEMAP's flags that mean something to people. */
export function flagWords(flags: number, { text }: Words): string {
  const isDelayed = (flags & extentFlags.delayedAllocation) !== 0
  const keys = flagKeys
    .filter(([flag]) => (flags & flag) !== 0 && !(isDelayed && flag === extentFlags.unknown))
    .map(([, key]) => key)
  return [...new Set(keys)].map((key) => text(key)).join(', ')
}

export function className(code: number, { text }: Words): string {
  return text(`class.${blockClasses[code]?.name ?? 'unchecked'}`)
}

/** What facts are read with. */
interface FactContext {
  readonly sharing: SharingState
  readonly shortPath: (path: string) => string
}

export interface FactWords {
  readonly title: string
  readonly lines: readonly string[]
}

const mostFilesNamed = 4

/** How much it is of what; of several classes, how much of each. */
function titleOf({ classCode, bytesByClass, lengthBytes }: SharingFacts, words: Words): string {
  const { text, format } = words
  const piece = (code: number, bytes: number): string =>
    text('sharing.piece', { what: className(code, words), size: format.size(bytes) })
  const pieces = bytesByClass.flatMap((bytes, code) => (bytes > 0 ? [piece(code, bytes)] : []))
  return pieces.length < 2
    ? piece(classCode, lengthBytes)
    : text('sharing.pieces', { size: format.size(lengthBytes), pieces: pieces.join(', ') })
}

/** A title and a few lines: what it is, where it lies, what the filesystem says about it, and who uses it. */
export function factWords(
  facts: SharingFacts,
  { sharing, shortPath }: FactContext,
  words: Words,
  mostNamed = mostFilesNamed,
): FactWords {
  const { text, format } = words
  const { classCode, addressBytes, flags, files, fileCount, andOthers, filesystem } = facts
  const type = sharing.filesystems[filesystem ?? -1]?.type
  const named = files.slice(0, mostNamed).map(({ path }) => shortPath(path))
  const said = flagWords(flags, words)
  return {
    title: titleOf(facts, words),
    lines: [
      ...(addressBytes === undefined
        ? [text(classCode === blockClass.hole ? 'sharing.holeHasNoPlace' : 'sharing.noPlace')]
        : [text('sharing.address', { address: format.count(addressBytes), filesystem: type ?? '' })]),
      ...(said === '' ? [] : [text('sharing.flags', { flags: said })]),
      ...(classCode === blockClass.hole
        ? []
        : [text(andOthers ? 'sharing.usedByAndOthers' : 'sharing.usedBy', { count: fileCount })]),
      ...named,
      ...(fileCount > named.length && named.length > 0
        ? [text('sharing.moreFiles', { count: fileCount - named.length })]
        : []),
    ],
  }
}
