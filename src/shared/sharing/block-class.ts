/**
 * The classes in which the sharing picture draws bytes: colours and the second cue that tells them apart without
 * colour. A class is a small number where there are millions of them; the order here is that of legends.
 */

import type { TextKey } from '../texts/text.ts'

/** The words for them are the texts `class.…`. */
type ClassName =
  | 'only-here'
  | 'shared-2'
  | 'shared-3-4'
  | 'shared-5'
  | 'shared-others'
  | 'packed'
  | 'copied'
  | 'inline'
  | 'unchecked'
  | 'hole'

/**
 * The key of a class's name in pictures of blocks, where what is packed or copied is a part of what is only here, and
 * where only the files looked at are counted.
 */
export function classTextKey(code: number): TextKey {
  if (code === blockClass.packed) return 'sharing.class.packed'
  if (code === blockClass.copied) return 'sharing.class.copied'
  if (code === blockClass.sharedBy2) return 'sharing.class.shared-2'
  if (code === blockClass.sharedBy3To4) return 'sharing.class.shared-3-4'
  if (code === blockClass.sharedBy5) return 'sharing.class.shared-5'
  return `class.${blockClasses[code]?.name ?? 'unchecked'}`
}

export interface ClassStyle {
  readonly name: ClassName
  /** Fill on a light and on a dark surface; undefined is no fill, only an outline. */
  readonly light: string | undefined
  readonly dark: string | undefined
  readonly cue:
    | 'plain'
    | 'one-line'
    | 'two-lines'
    | 'three-lines'
    | 'dashes'
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
  sharedWithOthers: 4,
  packed: 5,
  copied: 6,
  inline: 7,
  unchecked: 8,
  hole: 9,
} as const

/** The lightness of those that meet most differs, too: hues alone are alike to many. */
export const blockClasses: readonly ClassStyle[] = [
  {
    name: 'only-here',
    light: '#7F8DA3',
    dark: '#6B7C95',
    cue: 'plain',
  },
  {
    name: 'shared-2',
    light: '#0F766E',
    dark: '#2DD4BF',
    cue: 'one-line',
  },
  {
    name: 'shared-3-4',
    light: '#1D4ED8',
    dark: '#60A5FA',
    cue: 'two-lines',
  },
  {
    name: 'shared-5',
    light: '#4A0D7A',
    dark: '#E9D5FF',
    cue: 'three-lines',
  },
  {
    name: 'shared-others',
    light: '#0284C7',
    dark: '#0284C7',
    cue: 'dashes',
  },
  {
    name: 'packed',
    light: '#B45309',
    dark: '#FBBF24',
    cue: 'dots',
  },
  {
    name: 'copied',
    light: '#B91C1C',
    dark: '#F87171',
    cue: 'cross-hatch',
  },
  {
    name: 'inline',
    light: '#292524',
    dark: '#E7E5E4',
    cue: 'ring',
  },
  {
    name: 'unchecked',
    light: '#D6D3D1',
    dark: '#44403C',
    cue: 'diagonal',
  },
  {
    name: 'hole',
    light: undefined,
    dark: undefined,
    cue: 'outline',
  },
]

export const classCount: number = blockClasses.length

/** The class of blocks that so many of the files looked at use. */
export function classOfSharers(files: number): number {
  if (files <= 1) return blockClass.onlyHere
  if (files === 2) return blockClass.sharedBy2
  return files <= 4 ? blockClass.sharedBy3To4 : blockClass.sharedBy5
}
