/** Deutsch: Der Dialog, der ein Archiv anlegt. */
import type { create as english } from '../en/create.ts'

export const create = {
  'create.title': 'Neues Archiv',
  'create.start': 'Anlegen',
  'create.inputs': 'Was hineinkommt',
  'create.inputsEmpty': 'Dateien und Ordner hierher ziehen oder hinzufügen.',
  'create.addFiles': 'Dateien hinzufügen …',
  'create.addFolders': 'Ordner hinzufügen …',
  'create.remove': '„{name}“ entfernen',
  'create.inputTotals':
    '{inputs, plural, one {# Eintrag} other {# Einträge}}: {files, plural, one {# Datei} other {# Dateien}}, {size}',
  'create.inputFolder': '{files, plural, one {# Datei} other {# Dateien}}',
  'create.inputMissing': 'fehlt',
  'create.inputOther': 'weder Datei noch Ordner',
  'create.inputCounting': 'zählt …',
  'create.destination': 'Archiv',
  'create.destinationNone': 'Noch kein Ort gewählt',
  'create.chooseDestination': 'Wählen …',
  'create.data': 'Die Daten',
  'create.data.clone': 'Klonen',
  'create.data.clone.note':
    'Teilt die Blöcke mit den Originalen. Alles wird einmal gelesen: für Prüfsummen und um gleichen Inhalt zu finden.',
  'create.data.instant': 'Sofort klonen',
  'create.data.instant.note':
    'Liest nichts, was geklont werden kann. Keine Prüfsummen, bis das Archiv versiegelt wird; gleicher Inhalt wird nicht gefunden.',
  'create.data.compress': 'Alles komprimieren',
  'create.data.compress.note': 'Kleiner, aber nicht klonbar: wird jetzt und bei jedem Entpacken neu geschrieben.',
  'create.deduplicate': 'Gleichen Inhalt nur einmal speichern',
  'create.deduplicate.note': 'Auch dort, wo die Dateien noch keine Blöcke teilen.',
  'create.more': 'Weitere Optionen',
  'create.exclude': 'Weglassen',
  'create.exclude.note': 'Ein Muster je Zeile, etwa *.tmp oder cache/**. Ohne Schrägstrich passt es auf jeden Namen.',
  'create.oneFilesystem': 'Das Dateisystem nie verlassen',
  'create.oneFilesystem.note': 'Ordner, in die eine andere Platte eingehängt ist, bleiben leer.',
  'create.format1': 'Für das erste reftar (Format 1)',
  'create.format1.note':
    'Verliert Hardlinks, Attribute, Flags, Gerätedateien und Sekundenbruchteile. Keine Kompression, schwache Prüfsummen.',
  'create.hindrance.no-inputs': 'Zuerst etwas hinzufügen.',
  'create.hindrance.no-destination': 'Wählen, wohin das Archiv soll.',
  'create.hindrance.counting': 'Sieht nach, was zu tun ist …',
} as const satisfies { readonly [Key in keyof typeof english]: string }
