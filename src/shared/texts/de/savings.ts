/** Deutsch: Worte der Ansicht der Ersparnis. */
import type { savings as english } from '../en/savings.ts'

export const savings = {
  'savings.failed': 'Die Ersparnis lässt sich nicht zeigen',
  'savings.counting': 'Es wird gezählt, was im Archiv ist …',
  'savings.ofArchive': '{name}',
  'savings.ofFolder': 'Ordner „{name}“',
  'savings.ofSelection': '{count, plural, one {# ausgewählter Eintrag} other {# ausgewählte Einträge}}',
  'savings.ofFound': '{count, plural, one {# gefundener Eintrag} other {# gefundene Einträge}}',
  'savings.sentence': '{files} mit zusammen {size} sind in {stored} gespeichert: {saved} gespart.',
  'savings.size': 'Größe der Dateien',
  'savings.part.holes': 'Löcher und Nullen, nicht gespeichert',
  'savings.part.shared-on-disk': 'schon auf der Platte geteilt, einmal gespeichert',
  'savings.part.equal-content': 'gleicher Inhalt, einmal gespeichert',
  'savings.part.duplicates': 'kommt mehrmals vor, einmal gespeichert',
  'savings.part.packing': 'durch Komprimieren des Gepackten gespart',
  'savings.packing': 'gepackt und komprimiert: {size} sind in {stored} gespeichert',
  'savings.widened': 'Teile, die zu schmal zum Sehen wären, sind breiter gezeichnet, als sie sind.',
  'savings.part.stored': 'gespeichert',
  'savings.stored': 'Gespeichert',
  'savings.books': 'Namen, Eigenschaften, Prüfsummen, und was Blöcke auffüllt',
  'savings.archiveFile': 'Die Archivdatei',
  'savings.sharedWith': 'dieselben Blöcke auf der Platte wie andere Dateien',
  'savings.sharedWithUnknown': 'ob seine Blöcke mit anderen Dateien geteilt sind',
  'savings.newOnDisk': 'Neuer Platz, den sie auf der Platte braucht',
  'savings.alsoElsewhere': '{size} vom Gespeicherten benutzen auch Einträge außerhalb davon.',
  'savings.freedTitle': 'Was würde frei?',
  'savings.freed.part':
    'Ohne das hier Gezeigte wäre das Archiv {freed} kleiner. Auf der Platte kann weniger frei werden: Andere Dateien können dieselben Blöcke benutzen.',
  'savings.freed.archive': 'Das ganze Archiv zu löschen',
  'savings.freed.source': 'Die Originale zu löschen',
  'savings.freed.extracted': 'Das Entpackte zu löschen',
  'savings.freed.exactly': '{what} würde {freed} frei machen.',
  'savings.freed.atLeast': '{what} würde mindestens {freed} frei machen.',
  'savings.freed.between':
    '{what} würde sicher {certain} frei machen, und weitere {maybe}, wenn nicht angesehene Dateien sie nicht auch benutzen: Von den angesehenen tut es nur, was gelöscht wird.',
  'savings.freed.others':
    'Weitere {others} bleiben womöglich: Das Dateisystem sagt, dass sie geteilt sind, vielleicht mit nicht angesehenen Dateien.',
  'savings.freed.unknown':
    '{what}: Das lässt sich hier nicht sagen, weil das Dateisystem nicht verrät, wo alle Blöcke sind, oder noch nicht.',
  'savings.freed.otherNames':
    '{count, plural, one {# Datei hat} other {# Dateien haben}} anderswo weitere Namen und blieben.',
  'savings.treemapTitle': 'Nach Ordnern',
  'savings.otherFiles': 'andere Dateien',
  'savings.tile': '{name}: {figures}',
  'savings.tooSmall': 'Zu klein für einen Namen darin:',
  'savings.moreTooSmall': '{count, plural, one {und # weitere, {size}} other {und # weitere, zusammen {size}}}.',
  'savings.tileFigures': '{size}, davon {own} nur dafür gespeichert',
  'savings.freed.kept': '{kept} bleiben: Andere angesehene Dateien benutzen dieselben Blöcke.',
  'savings.freed.keptEntries': '{kept} bleiben: Andere Einträge benutzen sie auch.',
  'savings.scale':
    'Fläche: Größe. Farbe: wie viel davon nur dafür gespeichert ist, kleine Dateien vor der Kompression. Der Rest sind Löcher und Wiederholungen von Gespeichertem.',
  'savings.groupsTitle': 'Größte Gruppen gleicher Bytes',
} as const satisfies { readonly [Key in keyof typeof english]: string }
