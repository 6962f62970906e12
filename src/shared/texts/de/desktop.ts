/** What the main process says by itself, in German. */
import type { desktop as english } from '../en/desktop.ts'

export const desktop: { readonly [Key in keyof typeof english]: string } = {
  'menu.file': 'Datei',
  'menu.edit': 'Bearbeiten',
  'menu.view': 'Ansicht',
  'menu.go': 'Gehe zu',
  'menu.help': 'Hilfe',
  'menu.quit': 'Beenden',
  'dialog.chooseFiles': 'Dateien für das Archiv',
  'dialog.chooseFolders': 'Ordner für das Archiv',
  'dialog.chooseArchive': 'Archiv öffnen',
  'dialog.chooseNewArchive': 'Wohin mit dem Archiv',
  'dialog.chooseTarget': 'Wohin entpacken',
  'dialog.archives': 'Reftar-Archive',
  'dialog.allFiles': 'Alle Dateien',
  'quit.title': '{count, plural, one {Ein Auftrag läuft noch} other {# Aufträge laufen noch}}',
  'quit.text':
    'Beim Beenden {count, plural, one {wird er} other {werden sie}} abgebrochen. Nichts Unfertiges bleibt unter seinem endgültigen Namen.',
  'quit.cancelJobs': 'Abbrechen und beenden',
  'quit.keep': 'Weiterarbeiten',
  'crash.title': 'Das Fenster endet immer wieder von selbst',
  'crash.text': 'Laufende Aufträge gehen weiter. Wenn es nach dem Neuladen wieder geschieht, melde es bitte.',
  'crash.reload': 'Fenster neu laden',
  'notify.done': 'Fertig',
  'notify.failed': 'Fehlgeschlagen',
  'notify.create': '{status, select, done {{name} ist erstellt} other {{name} konnte nicht erstellt werden}}',
  'notify.extract': '{status, select, done {{name} ist entpackt} other {{name} konnte nicht entpackt werden}}',
  'notify.verify': '{status, select, done {{name} ist geprüft} other {{name} konnte nicht geprüft werden}}',
  'notify.seal': '{status, select, done {{name} ist versiegelt} other {{name} konnte nicht versiegelt werden}}',
  'notify.convert': '{status, select, done {{name} ist umgewandelt} other {{name} konnte nicht umgewandelt werden}}',
}
