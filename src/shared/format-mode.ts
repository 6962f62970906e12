/** Kind and permission bits as ls and tar write them. */
import type { EntryKind } from './archive-info.ts'

const kindLetters: Readonly<Record<EntryKind, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  fifo: 'p',
  'character-device': 'c',
  'block-device': 'b',
}

/** `-rwsr-xr-x`, as ls and tar write it; question marks where the format has no modes. */
export function modeText(kind: EntryKind, mode: number | undefined): string {
  if (mode === undefined) return `${kindLetters[kind]}?????????`
  const letters = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x'].map((letter, i) => (mode & (0o400 >> i) ? letter : '-'))
  const special = (bit: number, at: number, letter: string): void => {
    if (mode & bit) letters[at] = letters[at] === 'x' ? letter : letter.toUpperCase()
  }
  special(0o4000, 2, 's')
  special(0o2000, 5, 's')
  special(0o1000, 8, 't')
  return kindLetters[kind] + letters.join('')
}
