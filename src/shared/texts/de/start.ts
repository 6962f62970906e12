/** Deutsch: Worte des Startbildschirms. */
import type { start as english } from '../en/start.ts'

export const start = {
  'start.drop': 'Dateien, Ordner oder ein Archiv hierher ziehen',
  'start.dropHint': 'Ein Archiv wird geöffnet. Aus allem anderen entsteht ein neues Archiv.',
  'start.dropNow': 'Loslassen zum Öffnen oder Archivieren',
  'start.recent': 'Zuletzt benutzt',
  'start.noRecent': 'Hier stehen die Archive, die du öffnest oder anlegst.',
  'start.missing': 'fehlt',
  'start.missingHint': 'Nicht mehr da: verschoben, gelöscht, oder die Platte ist nicht eingehängt.',
  'start.forget': '{name} aus der Liste entfernen',
  'start.opening': '{name} wird geöffnet …',
  'start.cantOpen': '{name} lässt sich nicht öffnen',
  'start.nothingDropped': 'Das Abgelegte liegt auf keiner Platte dieses Rechners. Speichere es erst als Datei.',
} as const satisfies { readonly [Key in keyof typeof english]: string }
