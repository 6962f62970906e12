/** The texts of the main process in the language of the settings. */
import { app } from 'electron'
import { formatText, localeOf, type TextKey, type TextValues } from '../shared/texts/text.ts'
import type { Memory } from './settings/memory.ts'

export type Text = (key: TextKey, values?: TextValues) => string

export function textsFor(memory: Memory): Text {
  return (key, values) => formatText(localeOf(memory.settings.language, app.getLocale()), key, values)
}
