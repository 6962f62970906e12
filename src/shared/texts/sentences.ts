/** What the engine says, in the window's language. */
import { type CopyReason, copyReasonTexts } from '../clone-reasons.ts'
import { type ErrorCode, errorTable } from '../errors.ts'
import { english, type Said, speak, type Voice } from '../said.ts'
import { germanErrors } from './de/errors.ts'
import { plan } from './de/plan.ts'
import { germanSentences } from './de/sentences.ts'
import type { Format } from './format.ts'
import { languageOf } from './text.ts'

const errorCodes = Object.keys(errorTable) as readonly ErrorCode[]
const copyReasons = Object.keys(copyReasonTexts) as readonly CopyReason[]

const german: ReadonlyMap<string, string> = new Map([
  ...Object.entries(germanSentences),
  ...errorCodes.map((code) => [errorTable[code].title, germanErrors[code].title] as const),
  ...copyReasons.map((reason) => [copyReasonTexts[reason], plan[`reason.${reason}`]] as const),
])

/** What is said, in the language and with the sizes of `format`. */
export function sayIn({ locale, size }: Pick<Format, 'locale' | 'size'>, what: Said): string {
  const voice: Voice =
    languageOf('system', locale) === 'de'
      ? { translate: (sentence) => german.get(sentence) ?? sentence, size, within: (text) => text }
      : { ...english, size }
  return speak(what, voice)
}

/** The same where it stands alone: English begins with a capital then, unless with a name, and ends with a full stop. */
export function sayAlone(format: Pick<Format, 'locale' | 'size'>, what: Said): string {
  const text = sayIn(format, what)
  if (languageOf('system', format.locale) !== 'en') return text
  const sentence = typeof what === 'string' ? what : 'sentence' in what ? what.sentence : '{}'
  return `${sentence.startsWith('{') ? text : text.charAt(0).toUpperCase() + text.slice(1)}.`
}
