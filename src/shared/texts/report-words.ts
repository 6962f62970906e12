/** Everything that a report on sharing says, in the language of whoever asked for it. */
import type { SizeUnits } from '../format-size.ts'
import type { Said } from '../said.ts'
import { createFormat } from './format.ts'
import { sayIn } from './sentences.ts'
import { formatText, languageOf, type TextKey, type TextValues } from './text.ts'

export interface ReportWords {
  /** For `lang` in HTML. */
  readonly language: string
  readonly text: (key: TextKey, values?: TextValues) => string
  readonly say: (what: Said) => string
  readonly size: (bytes: number) => string
}

/** The words of a locale (BCP 47), with sizes in these units. */
export function reportWords(locale: string, units: SizeUnits): ReportWords {
  const format = createFormat(locale, units)
  return {
    language: languageOf('system', locale),
    text: (key, values) => formatText(locale, key, values),
    say: (what) => sayIn(format, what),
    size: format.size,
  }
}
