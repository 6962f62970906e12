/** FS_*_FL of linux/fs.h, the flags that chattr(1) sets, with chattr's letters. */
import { type Said, said } from '../../shared/said.ts'

/** Off: blocks are written in place, so that they can't be shared. The one flag whose loss changes how clones work. */
export const copyOnWriteOffFlag = 0x00800000
/** Nobody may change the file, or only append to it. Setting them takes root. */
export const immutableFlags = 0x00000030

const letters = [
  ['C', copyOnWriteOffFlag, 'copy-on-write off'],
  ['c', 0x00000004, 'compressed'],
  ['m', 0x00000400, 'not compressed'],
  ['d', 0x00000040, 'no dump'],
  ['A', 0x00000080, 'no access times'],
  ['S', 0x00000008, 'written synchronously'],
  ['D', 0x00010000, 'folder written synchronously'],
  ['i', 0x00000010, 'immutable'],
  ['a', 0x00000020, 'append-only'],
] as const

/** The flags that are somebody's wish. All others describe how the filesystem keeps the file. */
export const wishedFlags = letters.reduce((all, [, flag]) => all | flag, 0)

/** Those that extraction sets on the still empty file: copy-on-write first, as it excludes compression. */
export const restoredFlags: readonly { readonly flag: number; readonly words: Said }[] = letters
  .filter(([, flag]) => (flag & immutableFlags) === 0)
  .map(([letter, flag, words]) => ({
    flag,
    words: said('{flag} (chattr +{letter})', { flag: words, letter: { verbatim: letter } }),
  }))

/** As chattr takes them: `Ci`; empty for none. */
export function flagLetters(flags: number): string {
  return letters
    .filter(([, flag]) => (flags & flag) !== 0)
    .map(([letter]) => letter)
    .join('')
}
