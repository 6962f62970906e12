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
  /** Where it lies, what the filesystem says about it, and how many use it. */
  readonly lines: readonly string[]
}

/** More names than these are counted. */
const mostNamed = 3

/** What a piece is, who uses which part of it, where it lies, and what the filesystem says about it. */
export function factWords(facts: SharingFacts, choice: SharingChoice, context: FactContext, words: Words): FactWords {
  const { text, format } = words
  const { classCode, addressBytes, flags, lengthBytes, filesystem, files, restBytes } = facts
  const size = format.size(lengthBytes)
  const owner = choice.kind === 'range' ? files.find(({ file }) => file === choice.file) : undefined
  const type = context.sharing.filesystems[filesystem ?? -1]?.type
  const said = flagWords(flags, words)
  return {
    title:
      owner === undefined
        ? text('sharing.chosenOnDisk', { size })
        : text('sharing.chosenOfFile', { size, file: context.shortPath(owner.path) }),
    parts: [
      ...facts.parts.map((part) => partWords(part, facts, context, words)),
      ...(restBytes > 0
        ? [{ classCode: undefined, size: format.size(restBytes), what: text('sharing.partRest'), where: '' }]
        : []),
    ],
    lines: [
      ...(facts.parts.every(({ fileCount }) => fileCount === 0) ? [] : [usedByWords(facts, words)]),
      ...(addressBytes === undefined
        ? [text(classCode === blockClass.hole ? 'sharing.holeHasNoPlace' : 'sharing.noPlace')]
        : [text('sharing.address', { address: format.count(addressBytes), filesystem: type ?? '' })]),
      ...(said === '' ? [] : [text('sharing.flags', { flags: said })]),
    ],
  }
}

function usedByWords({ fileCount, withArchive, andOthers }: SharingFacts, { text }: Words): string {
  const usedBy = withArchive
    ? text('sharing.usedWithArchive', { count: fileCount - 1 })
    : text('sharing.usedBy', { count: fileCount })
  return andOthers ? text('sharing.andByOthers', { usedBy }) : usedBy
}

function partWords(part: SharingPart, facts: SharingFacts, { shortPath }: FactContext, words: Words): PartWords {
  const { classCode, bytes } = part
  return {
    classCode,
    size: words.format.size(bytes),
    what: className(classCode, words),
    where: namesUsers(part) ? usersOf(part, facts, shortPath, words) : '',
  }
}

/** What isn't told, and what has no blocks, is nobody's; whose it is in the metadata the title says. */
function namesUsers({ classCode }: SharingPart): boolean {
  return classCode !== blockClass.unchecked && classCode !== blockClass.inline && classCode !== blockClass.hole
}

/** The names of those who use a part; where it is many and all of those who use anything of the choice, that. */
function usersOf(
  { files, fileCount, withArchive, andOthers }: SharingPart,
  facts: SharingFacts,
  shortPath: FactContext['shortPath'],
  { text, format }: Words,
): string {
  if (fileCount > 2 && fileCount === facts.fileCount && facts.complete)
    return withArchive
      ? text('sharing.inAllWithArchive', { count: fileCount - 1 })
      : text('sharing.inAll', { count: fileCount })
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
