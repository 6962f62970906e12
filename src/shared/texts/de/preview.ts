/** Deutsch: die Vorschau eines Eintrags. */
import type { preview as english } from '../en/preview.ts'

export const preview = {
  'preview.label': 'Vorschau von {name}',
  'preview.loading': 'Liest {name} …',
  'preview.truncated': 'Nur der Anfang wird gezeigt.',
  'preview.none.too-large': 'Es ist zu groß, um es hier zu zeigen.',
  'preview.none.binary': 'Es ist weder Text noch ein Bild, das hier gezeigt werden kann.',
  'preview.none.not-a-file': 'Nur Dateien haben Inhalte zu zeigen.',
  'preview.none.empty': 'Die Datei ist leer.',
  'preview.none.broken': 'Das Bild kann nicht gezeigt werden: Es ist beschädigt oder von unbekannter Art.',
  'preview.next': 'Weiter',
  'preview.previous': 'Zurück',
  'preview.openWith': 'Mit seinem Programm öffnen',
  'preview.extract': 'Entpacken …',
  'preview.failed': 'Das kann nicht gezeigt werden',
} as const satisfies { readonly [Key in keyof typeof english]: string }
