/** What FIEMAP says about an extent besides where it is: FIEMAP_EXTENT_* of linux/fiemap.h, and in words. */

export const extentFlags = {
  last: 0x1,
  unknown: 0x2,
  delayedAllocation: 0x4,
  encoded: 0x8,
  encrypted: 0x80,
  notAligned: 0x100,
  inline: 0x200,
  packedTail: 0x400,
  unwritten: 0x800,
  merged: 0x1000,
  shared: 0x2000,
} as const

const flagWords: readonly (readonly [flag: number, words: string])[] = [
  [extentFlags.shared, 'shared'],
  [extentFlags.encrypted, 'encrypted'],
  [extentFlags.encoded, 'compressed'],
  [extentFlags.inline, 'in the metadata'],
  [extentFlags.packedTail, 'in the metadata'],
  [extentFlags.unwritten, 'allocated but never written, reads as zeros'],
  [extentFlags.delayedAllocation, 'not yet given a place on disk'],
  [extentFlags.unknown, 'place not told'],
  [extentFlags.last, 'last of the file'],
]

/** The flags that mean something to people, in words. */
export function extentFlagWords(flags: number): string[] {
  const isDelayed = (flags & extentFlags.delayedAllocation) !== 0
  const words = flagWords.filter(([flag]) => (flags & flag) !== 0 && !(isDelayed && flag === extentFlags.unknown))
  return [...new Set(words.map(([, text]) => text))]
}
