/**
 * The classes in which the sharing picture draws bytes: words, colours and the second cue that tells them apart without
 * colour. A class is a small number where there are millions of them; the order here is that of legends.
 */

export interface ClassStyle {
  readonly name: string
  readonly words: string
  /** What it means, in one sentence. */
  readonly meaning: string
  /** Fill on a light and on a dark surface; undefined is no fill, only an outline. */
  readonly light: string | undefined
  readonly dark: string | undefined
  readonly cue:
    | 'plain'
    | 'one-line'
    | 'two-lines'
    | 'three-lines'
    | 'dots'
    | 'cross-hatch'
    | 'ring'
    | 'diagonal'
    | 'outline'
}

/** Codes of the classes: indexes of `blockClasses`. */
export const blockClass = {
  onlyHere: 0,
  sharedBy2: 1,
  sharedBy3To4: 2,
  sharedBy5: 3,
  packed: 4,
  copied: 5,
  inline: 6,
  unchecked: 7,
  hole: 8,
} as const

export const blockClasses: readonly ClassStyle[] = [
  {
    name: 'only-here',
    words: 'only here',
    meaning: 'Blocks that no other file uses.',
    light: '#64748B',
    dark: '#94A3B8',
    cue: 'plain',
  },
  {
    name: 'shared-2',
    words: 'shared by 2',
    meaning: 'The same blocks are used by two files, or by one and, says the filesystem, by somebody else.',
    light: '#0F766E',
    dark: '#2DD4BF',
    cue: 'one-line',
  },
  {
    name: 'shared-3-4',
    words: 'shared by 3–4',
    meaning: 'The same blocks are used by three or four files.',
    light: '#1D4ED8',
    dark: '#60A5FA',
    cue: 'two-lines',
  },
  {
    name: 'shared-5',
    words: 'shared by 5 and more',
    meaning: 'The same blocks are used by five files or more.',
    light: '#7E22CE',
    dark: '#C084FC',
    cue: 'three-lines',
  },
  {
    name: 'packed',
    words: 'packed',
    meaning: 'Small files and file ends, stored together in the archive.',
    light: '#B45309',
    dark: '#FBBF24',
    cue: 'dots',
  },
  {
    name: 'copied',
    words: 'copied, could have been cloned',
    meaning: 'Written again, though the archive holds the same bytes in blocks that could be shared.',
    light: '#B91C1C',
    dark: '#F87171',
    cue: 'cross-hatch',
  },
  {
    name: 'inline',
    words: 'in the metadata',
    meaning: 'So small that the filesystem keeps it in its own metadata: there is no block to share.',
    light: '#57534E',
    dark: '#A8A29E',
    cue: 'ring',
  },
  {
    name: 'unchecked',
    words: 'can’t be checked here',
    meaning: 'The filesystem doesn’t tell where these bytes are; they may be shared or not.',
    light: '#D6D3D1',
    dark: '#44403C',
    cue: 'diagonal',
  },
  {
    name: 'hole',
    words: 'hole',
    meaning: 'Not stored; reads as zeros.',
    light: undefined,
    dark: undefined,
    cue: 'outline',
  },
]

export const classCount: number = blockClasses.length

/** The class of blocks that so many files use, `others` included where the filesystem says that there are some. */
export function classOfSharers(files: number): number {
  if (files <= 1) return blockClass.onlyHere
  if (files === 2) return blockClass.sharedBy2
  return files <= 4 ? blockClass.sharedBy3To4 : blockClass.sharedBy5
}
