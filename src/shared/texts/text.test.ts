import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { formatText, languageOf, localeOf, type TextKey } from './text.ts'

/** Names of a message's arguments, those inside of plurals included. */
function argumentsOf(message: string, locale: string): string[] {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) visit(part)
    else if (typeof node === 'object' && node !== null) {
      // Literals (0) and `#` (7) name nothing.
      if ('type' in node && node.type !== 0 && 'value' in node && typeof node.value === 'string') names.add(node.value)
      for (const value of Object.values(node)) visit(value)
    }
  }
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst())
  return [...names].sort()
}

describe('texts', () => {
  it.each(Object.keys(en) as TextKey[])('%s takes the same values in both languages', (key) => {
    expect(argumentsOf(de[key], 'de')).toEqual(argumentsOf(en[key], 'en'))
  })

  it('agree with their numbers', () => {
    expect(formatText('en', 'units.files', { count: 1 })).toBe('1 file')
    expect(formatText('en', 'units.files', { count: 1234 })).toBe('1,234 files')
    expect(formatText('de', 'units.files', { count: 1 })).toBe('1 Datei')
    expect(formatText('de-AT', 'units.files', { count: 2 })).toBe('2 Dateien')
  })

  it('keep what looks like markup in values', () => {
    expect(formatText('en', 'filter.inFolder', { name: '<b>{x}</b>' })).toBe('In “<b>{x}</b>”')
  })
})

describe('languages', () => {
  it('follow the setting, then the system, then English', () => {
    expect(languageOf('system', 'de-CH')).toBe('de')
    expect(languageOf('system', 'fr-FR')).toBe('en')
    expect(languageOf('en', 'de-CH')).toBe('en')
  })

  it('write numbers and dates as the system does where it speaks the language', () => {
    expect(localeOf('system', 'en-GB')).toBe('en-GB')
    expect(localeOf('system', 'fr-FR')).toBe('en')
    expect(localeOf('de', 'en-GB')).toBe('de')
  })
})
