/** Deutsch: Worte des Nachweises einer Entpackung. */
import type { proof as english } from '../en/proof.ts'

export const proof = {
  'proof.when': 'Stand:',
  'proof.when.then': 'beim Entpacken',
  'proof.when.now': 'jetzt',
  'proof.checking': 'wird neu geprüft …',
  'proof.show': 'Dateien',
  'proof.all': 'alle ({count})',
  'proof.files': 'Dateien mit ihrem Urteil',
  'proof.verdict': 'Was daraus wurde',
  'proof.totals': 'Das Urteil insgesamt',
  'proof.bytes': 'Für jede Datei gezählt',
  'proof.elsewhere': 'nicht die Blöcke des Archivs',
  'proof.copied': 'kopiert: {reason}',
  'proof.clean.archive':
    'Nachgewiesen: {size}, für jede Datei gezählt, sind geklont: Auf der Platte sind es die Blöcke des Archivs.',
  'proof.clean.files':
    'Nachgewiesen: {size}, für jede Datei gezählt, sind geklont: Auf der Platte sind es die Blöcke einer anderen entpackten Datei.',
  'proof.clean.both':
    'Nachgewiesen: {size}, für jede Datei gezählt, sind geklont: Auf der Platte sind {archive} die Blöcke des Archivs, {files} die einer anderen entpackten Datei.',
  'proof.mixed': 'Nachgewiesen: {size}, für jede Datei gezählt, sind geklont. {copied} wurden kopiert.',
  'proof.nothingCloned': 'Nichts wurde geklont: {copied} wurden kopiert.',
  'proof.copiesAreWhole':
    'Es ist nichts zu tun: Kopierte Dateien sind vollständig, sie brauchen nur eigenen Platz auf der Platte.',
  'proof.noneToClone': 'Es gab nichts zu klonen: Die Dateien sind klein und kamen aus Packen, oder sind leer.',
  'proof.empty': 'Die Dateien sind leer: Es gibt nichts zu klonen.',
  'proof.added': 'Das Entpacken hat {size} neue Daten auf die Platte geschrieben.',
  'proof.holesOf': 'Von den {size} der Dateien sind {holes} leer (Löcher).',
  'proof.holes': 'leer (Löcher)',
  'proof.onlyThen': 'nur vom Entpacken bekannt',
  'proof.onDisk':
    'Auf der Platte sind diese {size} nur {onDisk}: Blöcke, die mehrere der Dateien haben, sind einmal da.',
  'proof.disproved': '{size} wurden geklont, liegen aber woanders: Es sind nicht die Blöcke des Archivs.',
  'proof.unchecked': '{size} lassen sich hier nicht prüfen: Das Dateisystem sagt es nicht.',
  'proof.kept': 'Seither hat sich nichts geändert: Was aus dem Archiv geklont wurde, sind noch seine Blöcke.',
  'proof.lost': 'Seither sind {size} keine Blöcke des Archivs mehr: Sie wurden geändert oder gelöscht.',
  'proof.missing': '{count, plural, one {# Datei ist nicht mehr da.} other {# Dateien sind nicht mehr da.}}',
  'proof.omitted':
    '{count, plural, one {# weitere Datei ist} other {# weitere Dateien sind}} nicht aufgeführt; die Summen zählen alle.',
  'verdict.cloned': 'aus dem Archiv geklont',
  'verdict.shared': 'aus einer anderen entpackten Datei geklont',
  'verdict.copied': 'kopiert',
  'verdict.packed': 'aus Packen',
  'verdict.unchecked': 'hier nicht prüfbar',
  'verdict.not-shared': 'woanders auf der Platte',
  'verdict.empty': 'nichts gespeichert',
  'verdict.part.cloned': '{size} aus dem Archiv geklont',
  'verdict.part.shared': '{size} aus einer anderen entpackten Datei geklont',
  'verdict.part.copied': '{size} kopiert: {reason}',
  'verdict.part.packed': '{size} aus Packen',
  'verdict.part.unchecked': '{size} hier nicht prüfbar',
  'verdict.part.not-shared': '{size} woanders auf der Platte: nicht die Blöcke des Archivs',
  'verdict.part.holes': '{size} leer (Löcher)',
  'verdict.part.holesInArchive': '{size} leer im Archiv',
} as const satisfies { readonly [Key in keyof typeof english]: string }
