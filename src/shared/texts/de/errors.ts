/** Deutsch: was ein Fehler bedeutet und was zu tun ist. */
import type { ErrorCode } from '../../errors.ts'

export const germanErrors: { readonly [Code in ErrorCode]: { readonly title: string; readonly remedy: string } } = {
  usage: {
    title: 'Das lässt sich nicht ausführen',
    remedy: 'Ändere, was die Nachricht nennt; kommt es wieder vor, melde es bitte mit dieser Nachricht.',
  },
  cancelled: {
    title: 'Abgebrochen',
    remedy: 'Unter einem endgültigen Namen ist nichts entstanden. Du kannst jederzeit neu beginnen.',
  },
  'not-found': {
    title: 'Datei oder Ordner nicht gefunden',
    remedy: 'Vielleicht wurde es verschoben, umbenannt oder gelöscht, oder die Platte ist nicht eingehängt.',
  },
  'no-match': {
    title: 'Nichts im Archiv hat diesen Pfad',
    remedy: 'Öffne das Archiv noch einmal: Vielleicht hat es sich geändert.',
  },
  'target-removed': {
    title: 'Der Zielordner wurde entfernt',
    remedy: 'Lege ihn wieder an, oder wähle einen anderen, und beginne von vorn.',
  },
  'already-exists': {
    title: 'Etwas mit diesem Namen gibt es schon',
    remedy: 'Wähle einen anderen Namen, oder eine andere Antwort für vorhandene Namen.',
  },
  'permission-denied': {
    title: 'Zugriff verweigert',
    remedy: 'Prüfe Eigentümer und Rechte, oder arbeite als ein Benutzer, der darf.',
  },
  'not-permitted': {
    title: 'Das System erlaubt das nicht',
    remedy: 'Vielleicht braucht es root, oder die Datei ist unveränderlich (siehe lsattr).',
  },
  'no-space': { title: 'Auf der Platte ist nicht genug Platz', remedy: 'Mach Platz, oder wähle eine andere Platte.' },
  'quota-exceeded': {
    title: 'Das Kontingent ist aufgebraucht',
    remedy: 'Mach Platz, oder lass dir ein größeres Kontingent geben.',
  },
  'read-only': {
    title: 'Das Dateisystem ist schreibgeschützt',
    remedy: 'Wähle eine andere Platte, oder hänge sie beschreibbar ein.',
  },
  'io-error': {
    title: 'Die Platte meldet einen Fehler',
    remedy: 'Sieh im Systemprotokoll nach (dmesg); vielleicht geht die Platte kaputt.',
  },
  'too-many-open-files': {
    title: 'Zu viele offene Dateien',
    remedy: 'Erhöhe die Grenze (ulimit -n), oder schließe andere Programme.',
  },
  'file-too-large': {
    title: 'Die Datei ist zu groß für dieses Dateisystem',
    remedy: 'Wähle ein Dateisystem ohne diese Grenze.',
  },
  'name-too-long': {
    title: 'Der Name ist zu lang für dieses Dateisystem',
    remedy: 'Wähle einen kürzeren Namen, oder einen Zielordner mit kürzerem Pfad.',
  },
  'not-a-directory': {
    title: 'Kein Ordner',
    remedy:
      'Wo ein Ordner gebraucht wird, ist eine Datei oder ein Link; schaff sie beiseite, oder wähle ein anderes Ziel.',
  },
  'is-a-directory': {
    title: 'Ist ein Ordner',
    remedy: 'Dort wird eine Datei gebraucht: Wähle einen anderen Namen, oder schaff den Ordner beiseite.',
  },
  'not-replaceable': { title: 'Keine gewöhnliche Datei', remedy: 'Wähle einen anderen Namen.' },
  'directory-not-empty': {
    title: 'Der Ordner ist nicht leer',
    remedy: 'Schaff ihn beiseite, oder wähle ein anderes Ziel.',
  },
  'symbolic-link': {
    title: 'Ein symbolischer Link ist im Weg',
    remedy: 'Entferne den Link, oder wähle ein anderes Ziel: Links unterhalb des Ziels wird nie gefolgt.',
  },
  'cross-device': {
    title: 'Die beiden Orte liegen auf verschiedenen Dateisystemen',
    remedy: 'Wähle einen Ort auf demselben Dateisystem, oder erlaube das Kopieren.',
  },
  'not-supported': {
    title: 'Das kann dieses Dateisystem oder dieses System nicht',
    remedy: 'Nimm ein Dateisystem oder System, das es kann, oder verzichte darauf.',
  },
  'invalid-argument': {
    title: 'Das System hat die Anfrage als ungültig abgelehnt',
    remedy: 'Kommt es wieder vor, melde es bitte mit dieser Nachricht.',
  },
  busy: {
    title: 'Die Datei wird gerade benutzt',
    remedy: 'Warte, bis das Programm fertig ist, das sie benutzt, oder beende es (eine Auslagerungsdatei: swapoff).',
  },
  'try-again': { title: 'Das System bittet um einen neuen Versuch', remedy: 'Versuche es noch einmal.' },
  'broken-pipe': {
    title: 'Das Programm am anderen Ende der Pipe ist beendet',
    remedy: 'Prüfe den Befehl hinter der Pipe.',
  },
  'system-error': {
    title: 'Das System meldet einen Fehler',
    remedy: 'Die Nachricht nennt den Aufruf; siehe dessen Handbuchseite.',
  },
  'not-a-file': { title: 'Keine gewöhnliche Datei', remedy: 'Speichere es zuerst als Datei.' },
  'not-an-archive': { title: 'Kein Reftar-Archiv', remedy: 'Prüfe, ob es die richtige Datei ist.' },
  'unsupported-version': { title: 'Das Archiv braucht ein neueres Reftar', remedy: 'Aktualisiere Reftar.' },
  damaged: {
    title: 'Das Archiv ist beschädigt',
    remedy: 'Nimm eine andere Kopie; „Prüfen“ nennt, was verletzt ist.',
  },
  'kept-damaged': {
    title: 'Behalten, mit Nullen für das, was im Archiv beschädigt ist',
    remedy: 'Nimm für das, was Nullen ist, eine andere Kopie des Archivs.',
  },
  incomplete: {
    title: 'Das Archiv ist unvollständig',
    remedy: 'Beim Anlegen oder Kopieren wurde es abgeschnitten; was vollständig ist, lässt sich entpacken.',
  },
  'limit-exceeded': {
    title: 'Das Archiv behauptet mehr, als die Grenzen erlauben',
    remedy: 'Traust du ihm, lies es auf der Befehlszeile mit --no-limits.',
  },
  'unsafe-path': {
    title: 'Der Pfad des Eintrags würde aus dem Ziel herausführen',
    remedy: 'Der Eintrag wurde abgelehnt; traue diesem Archiv nicht.',
  },
  collision: {
    title: 'Zwei Eingaben hätten im Archiv denselben Namen',
    remedy: 'Archiviere sie getrennt, oder benenne eine davon um.',
  },
  'format-limit': {
    title: 'Format 1 kann das nicht aufnehmen',
    remedy: 'Es wurde ausgelassen. Mit dem heutigen Format bleibt es erhalten.',
  },
  'changed-while-read': {
    title: 'Die Datei änderte sich beim Lesen',
    remedy: 'Archiviere sie noch einmal, wenn niemand hineinschreibt, oder archiviere einen Schnappschuss.',
  },
  'cannot-clone': {
    title: 'Klonen war verlangt, ist aber nicht möglich',
    remedy: 'Erlaube das Kopieren, wo sich Blöcke nicht teilen lassen.',
  },
  'missing-library': {
    title: 'Eine Systembibliothek fehlt',
    remedy: 'Installiere sie mit deiner Paketverwaltung (Debian: apt install libzstd1).',
  },
  'not-chosen': {
    title: 'Dieser Ort wurde nicht in diesem Programm gewählt',
    remedy: 'Wähle ihn in einem Dialog, oder zieh ihn auf das Fenster.',
  },
  'work-ended': {
    title: 'Die Arbeit endete, bevor sie fertig war',
    remedy: 'Beginne sie noch einmal; kommt es wieder vor, melde es bitte mit dieser Nachricht.',
  },
  internal: { title: 'Reftar hat einen Fehler gemacht', remedy: 'Melde es bitte mit dieser Nachricht.' },
}
