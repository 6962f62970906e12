/** Messages in the user's language, for the window and for what the main process shows: menus and notifications. */
import { IntlMessageFormat } from 'intl-messageformat'
import { de } from './de.ts'
import { en } from './en.ts'

export type TextKey = keyof typeof en
export type TextValues = { readonly [Name in string]: string | number }
export type Language = 'en' | 'de'

const messages: { readonly [Name in Language]: { readonly [Key in TextKey]: string } } = { en, de }

const parsed = new Map<string, IntlMessageFormat>()

/** The language of the texts for a setting and the system's locale (BCP 47); English where there is no translation. */
export function languageOf(setting: 'system' | Language, systemLocale: string): Language {
  if (setting !== 'system') return setting
  return systemLocale.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en'
}

/** The locale for numbers and dates: the system's own where it has the language of the texts, else that language. */
export function localeOf(setting: 'system' | Language, systemLocale: string): string {
  const language = languageOf(setting, systemLocale)
  return systemLocale.toLowerCase().split('-')[0] === language ? systemLocale : language
}

/** The message of a key in the language that `locale` (BCP 47) begins with; numbers in it as that locale writes them. */
export function formatText(locale: string, key: TextKey, values?: TextValues): string {
  const message = messages[languageOf('system', locale)][key]
  if (values === undefined && !message.includes('{')) return message
  const id = `${locale} ${key}`
  let format = parsed.get(id)
  if (format === undefined) {
    format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
    parsed.set(id, format)
  }
  return String(format.format(values))
}
