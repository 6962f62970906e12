/**
 * What an error means and what to do, as the window says it: the titles of the error table, and remedies that name what
 * the window offers where the table names options of the command line.
 */
import { type ErrorCode, errorTable } from '../errors.ts'
import { germanErrors } from './de/errors.ts'
import { languageOf } from './text.ts'

export interface ErrorText {
  readonly title: string
  readonly remedy: string
}

const windowRemedies: { readonly [Code in ErrorCode]?: string } = {
  usage: 'If it repeats, please report it with this message.',
  'already-exists': 'Choose another name, or another answer for names that exist.',
  'name-too-long': 'Choose a target folder with a shorter path.',
  'cross-device': 'Choose a place on the same filesystem, or allow copying.',
  'not-supported': 'Use a filesystem with reflinks (btrfs, XFS), or allow copying.',
  'try-again': 'Try it again.',
  damaged: 'Use another copy of it; “Verify” names what is hurt.',
  'limit-exceeded': 'If you trust it, read it on the command line with --no-limits.',
  collision: 'Archive them separately, or rename one of them.',
  'format-limit': 'It was left out. Use the current format to keep it.',
  'cannot-clone': 'Allow copying where blocks can’t be shared.',
}

/** Title and remedy of an error in the language that `locale` (BCP 47) begins with. */
export function errorText(locale: string, code: ErrorCode): ErrorText {
  if (languageOf('system', locale) === 'de') return germanErrors[code]
  const { title, remedy } = errorTable[code]
  return { title, remedy: windowRemedies[code] ?? remedy }
}
