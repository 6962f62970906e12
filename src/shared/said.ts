/**
 * What the engine says to people, as data: an English sentence of the catalogue with {names} for what differs, and what
 * to put there. It crosses process borders like that; the command line says it in English, the window in its user's
 * language (texts/sentences.ts). A sentence without a German one doesn't compile.
 */
import type { copyReasonTexts } from './clone-reasons.ts'
import type { errorTable } from './errors.ts'
import { formatSize } from './format-size.ts'
import type { germanSentences } from './texts/de/sentences.ts'

/** Titles of errors and reasons for copying are sentences, too. */
type Sentence =
  | keyof typeof germanSentences
  | (typeof errorTable)[keyof typeof errorTable]['title']
  | (typeof copyReasonTexts)[keyof typeof copyReasonTexts]

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** Sentences that are said as they are. */
type WholeSentence = { [Text in Sentence]: [NamesIn<Text>] extends [never] ? Text : never }[Sentence]

/** What no catalogue can know: a name, a system's own words, details for whoever mends a mistake of ours. */
interface Verbatim {
  readonly verbatim: string
}

interface Filled {
  readonly sentence: Sentence
  readonly values: { readonly [Name in string]: SaidValue }
}

export type Said = WholeSentence | Filled | Verbatim

type SaidValue = number | Said | { readonly bytes: number }

/** A sentence with something in it. Texts are sentences themselves, or `verbatim`; `bytes` are said as a size. */
export function said<Text extends Exclude<Sentence, WholeSentence>>(
  sentence: Text,
  values: { readonly [Name in NamesIn<Text>]: SaidValue },
): Said {
  return { sentence, values }
}

/** How a language says it: `translate` knows the sentence, `size` writes bytes, `within` is a sentence inside of another one. */
export interface Voice {
  readonly translate: (sentence: string) => string
  readonly size: (bytes: number) => string
  readonly within: (text: string) => string
}

/** The text of what is said. */
export function speak(what: Said, voice: Voice): string {
  if (typeof what === 'string') return voice.translate(what)
  if ('verbatim' in what) return what.verbatim
  return voice.translate(what.sentence).replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    const value = what.values[name]
    return value === undefined ? whole : valueText(value, voice, at === 0)
  })
}

function valueText(value: SaidValue, voice: Voice, begins: boolean): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object' && 'bytes' in value) return voice.size(value.bytes)
  const text = speak(value, voice)
  const isSentence = typeof value === 'string' || 'sentence' in value
  return isSentence && !begins ? voice.within(text) : text
}

/** English in the midst of a sentence begins with a small letter. */
export const english: Voice = {
  translate: (sentence) => sentence,
  size: formatSize,
  within: (text) => text.charAt(0).toLowerCase() + text.slice(1),
}

export function inEnglish(what: Said): string {
  return speak(what, english)
}

/** For JSON.stringify: what is said as its English text. */
export function saidAsText(_key: string, value: unknown): unknown {
  return isFilled(value) ? inEnglish(value) : value
}

function isFilled(value: unknown): value is Filled | Verbatim {
  if (typeof value !== 'object' || value === null) return false
  return ('sentence' in value && 'values' in value) || 'verbatim' in value
}
