/** Deutsch: der Einstellungsdialog. */
import type { settings as english } from '../en/settings.ts'

export const settings = {
  'settings.title': 'Einstellungen',
  'settings.theme': 'Aussehen',
  'settings.theme.system': 'Wie das System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.language': 'Sprache',
  'settings.language.system': 'Wie das System',
  'settings.units': 'Größen',
  'settings.units.si': 'kB, MB, GB (1000 Bytes je Stufe)',
  'settings.units.iec': 'KiB, MiB, GiB (1024 Bytes je Stufe)',
  'settings.create': 'Neue Archive',
  'settings.extract': 'Entpacken',
} as const satisfies { readonly [Key in keyof typeof english]: string }
