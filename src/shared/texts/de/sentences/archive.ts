/** Archive öffnen, lesen, prüfen, umwandeln, vergleichen. */
export const archiveSentences = {
  'at byte {offset}': 'bei Byte {offset}',
  'it isn’t a regular file': 'ist keine gewöhnliche Datei',
  'it doesn’t begin like a reftar archive': 'beginnt nicht wie ein Reftar-Archiv',
  'written in format {found}; this reftar reads formats 1 and 2':
    'in Format {found} geschrieben; dieses Reftar liest die Formate 1 und 2',
  'written in format {found}; this reftar reads format {known}':
    'in Format {found} geschrieben; dieses Reftar liest Format {known}',
  'it uses features unknown here ({features})': 'benutzt hier unbekannte Erweiterungen ({features})',
  'it has sections of a kind unknown here ({kind})': 'hat Abschnitte einer hier unbekannten Art ({kind})',
  'creation was interrupted or the file was cut off or damaged; entries up to the last checkpoint that are readable: {count}':
    'Das Anlegen wurde unterbrochen, oder die Datei wurde abgeschnitten oder beschädigt; lesbare Einträge bis zum letzten Sicherungspunkt: {count}.',
  'what follows the archive’s end is ignored; bytes: {count}':
    'Was dem Ende des Archivs folgt, bleibt unbeachtet; Bytes: {count}.',
  'entries left out because a later one has the same path: {count}':
    'Ausgelassene Einträge, weil ein späterer denselben Pfad hat: {count}.',
  'further faults, which verifying names: {count}': 'Weitere Fehler, die „Prüfen“ nennt: {count}.',
  'the header of an entry at byte {offset} claims {count} bytes; the list ends there':
    'Der Kopf eines Eintrags bei Byte {offset} behauptet {count} Bytes; dort endet die Liste.',
  '{problem}, at byte {offset}; the list ends there': '{problem}, bei Byte {offset}; dort endet die Liste.',
  'the archive ends within the header of an entry': 'Das Archiv endet im Kopf eines Eintrags',
  'the archive ends within the header of an entry at byte {offset}':
    'Das Archiv endet im Kopf eines Eintrags bei Byte {offset}.',
  'at byte {offset} there should be an entry, but there is something else; the list ends there':
    'Bei Byte {offset} sollte ein Eintrag stehen, aber dort ist etwas anderes; dort endet die Liste.',
  '{count} stray bytes follow the last entry and were ignored':
    'Nach dem letzten Eintrag folgen {count} verirrte Bytes; sie bleiben unbeachtet.',
  'the list ends at byte {offset}, within an entry; what comes before it is complete':
    'Die Liste endet bei Byte {offset}, mitten in einem Eintrag; was davor steht, ist vollständig.',
  'the archive’s last block is cut off; no content is missing':
    'Der letzte Block des Archivs ist abgeschnitten; vom Inhalt fehlt nichts.',
  '{entry}: {problem} (at byte {offset})': '{entry}: {problem} (bei Byte {offset})',
  'the archive ends within its content': 'das Archiv endet mitten im Inhalt',
  'it has no name': 'hat keinen Namen',
  'the archive ended while it was read': 'das Archiv endete beim Lesen',
  'the archive changed while it was read': 'das Archiv änderte sich beim Lesen',
  'its directory claims {count} bytes; the limit is {limit}':
    'das Inhaltsverzeichnis behauptet {count} Bytes; die Grenze ist {limit}',
  'it has {count} entries; the limit is {limit}': 'hat {count} Einträge; die Grenze ist {limit}',
  'its files claim {count} bytes; the limit is {limit}': 'die Dateien behaupten {count} Bytes; die Grenze ist {limit}',
  'its path has {count} bytes; the limit is {limit}': 'der Pfad hat {count} Bytes; die Grenze ist {limit}',
  'its path has {count} components; the limit is {limit}': 'der Pfad hat {count} Teile; die Grenze ist {limit}',
  'it claims {count} bytes; the limit is {limit}': 'behauptet {count} Bytes; die Grenze ist {limit}',
  'its files claim more than the limit of {limit} bytes': 'die Dateien behaupten mehr als die Grenze von {limit} Bytes',
  'more than {limit} bytes would be written for an archive of this size ({ratio} times as many)':
    'für ein Archiv dieser Größe würden mehr als {limit} Bytes geschrieben (das {ratio}-fache)',
  'more than {limit} bytes would have to be unpacked for an archive of this size':
    'für ein Archiv dieser Größe müssten mehr als {limit} Bytes ausgepackt werden',
  'it has more than {limit} extents': 'hat mehr als {limit} Extents',
  'nothing in the archive has this path': 'nichts im Archiv hat diesen Pfad',
  'It changed while it was compared': 'Es änderte sich beim Vergleichen.',
  'Its blocks can’t be shared between the archives': 'Die Blöcke lassen sich zwischen den Archiven nicht teilen.',
  'format 1 can’t hold devices and FIFOs, which the first reftar stops at':
    'Format 1 kann keine Geräte und Pipes aufnehmen; das erste reftar bleibt bei ihnen stehen',
  'format 1 can’t hold a symbolic link whose target isn’t in the archive':
    'Format 1 kann keinen symbolischen Link aufnehmen, dessen Ziel nicht im Archiv ist',
  'Another run is sealing it': 'Ein anderer Lauf gibt ihm gerade Prüfsummen.',
  'Format 1 has no content hashes to add; “reftar convert” makes a format 2 archive of it':
    'Format 1 kennt keine Prüfsummen über den Inhalt; „reftar convert“ macht daraus ein Archiv in Format 2.',
  'It was cut off and can’t be sealed': 'Es wurde abgeschnitten und kann keine Prüfsummen bekommen.',
} as const
