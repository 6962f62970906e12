/** What an error means and what to do, as the window says it. */
import { type ErrorCode, errorTable } from '../errors.ts'
import { germanErrors } from './de/errors.ts'
import { languageOf } from './text.ts'

export interface ErrorText {
  readonly title: string
  readonly remedy: string
}

/** Title and remedy of an error in the language that `locale` (BCP 47) begins with. */
export function errorText(locale: string, code: ErrorCode): ErrorText {
  if (languageOf('system', locale) === 'de') return germanErrors[code]
  const entry = errorTable[code]
  return { title: entry.title, remedy: 'windowRemedy' in entry ? entry.windowRemedy : entry.remedy }
}
