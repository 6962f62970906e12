/** What is known about a piece of the picture, in words. Pure. */
import type { SharingChoice, SharingFacts, SharingPart, SharingState } from '../../../../shared/ipc/sharing.ts'
import { blockClass, classTextKey } from '../../../../shared/sharing/block-class.ts'
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
  return text(classTextKey(code))
}

/** The name of a class where it is known how many files have the blocks. */
export function exactClassName(code: number, fileCount: number, words: Words): string {
  return sharedClasses.has(code)
    ? words.text('sharing.class.shared', { files: words.format.count(fileCount) })
    : className(code, words)
}

const sharedClasses: ReadonlySet<number> = new Set([
  blockClass.sharedBy2,
  blockClass.sharedBy3To4,
  blockClass.sharedBy5,
])

/** What facts are read with. */
interface FactContext {
  readonly sharing: Pick<SharingState, 'filesystems'>
  readonly shortPath: (path: string) => string
}

/** Bytes of what is chosen, and who uses them. */
interface PartWords {
  /** Of `blockClass`; undefined for parts of several classes. */
  readonly classCode: number | undefined
  readonly size: string
  readonly what: string
  /** Nothing where no file uses it, or nobody knows. */
  readonly where: string
}

export interface FactWords {
  /** How much of what. */
  readonly title: string
  /** Together they are all of it. */
  readonly parts: readonly PartWords[]
  /** Where it lies, and what the filesystem says about it. */
  readonly lines: readonly string[]
}

/** More names than these are counted. */
const mostNamed = 3

/** What a piece is, who uses which part of it, where it lies, and what the filesystem says about it. */
export function factWords(facts: SharingFacts, choice: SharingChoice, context: FactContext, words: Words): FactWords {
  const { text, format } = words
  const { flags, lengthBytes, filesystem, files, restBytes } = facts
  const size = format.size(lengthBytes)
  const owner = choice.kind === 'range' ? files.find(({ file }) => file === choice.file) : undefined
  const type = context.sharing.filesystems[filesystem ?? -1]?.type
  const said = flagWords(flags, words)
  const shown = format.parts(lengthBytes, [...facts.parts.map(({ bytes }) => bytes), restBytes])
  return {
    title:
      owner === undefined
        ? text('sharing.chosenOnDisk', { size })
        : text('sharing.chosenOfFile', { size, file: context.shortPath(owner.path) }),
    parts: [
      ...facts.parts.map((part, at) => partWords(part, format.size(shown[at] ?? 0), context, words)),
      ...(restBytes > 0
        ? [{ classCode: undefined, size: format.size(shown.at(-1) ?? 0), what: text('sharing.partRest'), where: '' }]
        : []),
    ],
    lines: [placeWords(facts, type ?? '', words), ...(said === '' ? [] : [text('sharing.flags', { flags: said })])],
  }
}

/** Where all of it lies: an address only if it is one place. */
function placeWords(
  { addressBytes, isScattered, classCode }: SharingFacts,
  filesystem: string,
  { text, format }: Words,
): string {
  if (isScattered) return text('sharing.scattered', { filesystem })
  if (addressBytes !== undefined) return text('sharing.address', { address: format.count(addressBytes), filesystem })
  return text(classCode === blockClass.hole ? 'sharing.holeHasNoPlace' : 'sharing.noPlace')
}

function partWords(part: SharingPart, size: string, { shortPath }: FactContext, words: Words): PartWords {
  const { classCode, fileCount } = part
  return {
    classCode,
    size,
    what: exactClassName(classCode, fileCount, words),
    where: namesUsers(part) ? usersOf(part, shortPath, words) : '',
  }
}

/** What isn't told, and what has no blocks, is nobody's; whose it is in the metadata the title says. */
function namesUsers({ classCode }: SharingPart): boolean {
  return classCode !== blockClass.unchecked && classCode !== blockClass.inline && classCode !== blockClass.hole
}

/** The names of those who use a part. */
function usersOf(
  { files, fileCount, withArchive, andOthers }: SharingPart,
  shortPath: FactContext['shortPath'],
  { text, format }: Words,
): string {
  const named = files.slice(0, mostNamed).map(({ path }) => shortPath(path))
  const more = fileCount - named.length - (withArchive ? 1 : 0)
  const names = [
    ...named,
    ...(withArchive ? [text('sharing.inArchive')] : []),
    ...(more > 0 ? [text('sharing.inMore', { count: more })] : []),
  ]
  const list = new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(names)
  return text(fileCount === 1 && !andOthers ? 'sharing.onlyIn' : 'sharing.inFiles', { names: list })
}
