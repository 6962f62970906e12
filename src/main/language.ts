/** The texts of the main process in the language of the settings. */
import { app } from 'electron'
import { formatText, localeOf, type TextKey, type TextValues } from '../shared/texts/text.ts'
import type { Memory } from './settings/memory.ts'

export type Text = (key: TextKey, values?: TextValues) => string

/** BCP 47: for texts, numbers and dates. */
export function userLocale({ settings }: Memory): string {
  return localeOf(settings.language, app.getLocale())
}

export function textsFor(memory: Memory): Text {
  return (key, values) => formatText(userLocale(memory), key, values)
}
