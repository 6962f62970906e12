/** Was das System ablehnt, was die Anwendung selbst sagt, und warum etwas „hier nicht prüfbar“ ist. */
export const systemSentences = {
  'neither a regular file nor a folder, and links aren’t followed':
    'weder eine gewöhnliche Datei noch ein Ordner, und Verknüpfungen wird nicht gefolgt',
  '{title} ({call}: {errno})': '{title} ({call}: {errno})',
  'A clone of no bytes was asked for': 'Kein einziges Byte sollte geklont werden.',
  'A name can’t contain a NUL byte': 'Ein Name kann kein Nullbyte enthalten.',
  'Not the name of something in a folder': 'Das ist kein Name von etwas in einem Ordner.',
  'The path would leave its folder': 'Der Pfad würde aus seinem Ordner herausführen.',
  '{value} is not a whole number below 2^53': '{value} ist keine ganze Zahl unter 2^53',
  '{count} nanoseconds are no fraction of a second': '{count} Nanosekunden sind kein Bruchteil einer Sekunde',
  'Unknown kind of file (mode {mode})': 'Unbekannte Art von Datei (Modus {mode})',
  'zstd is neither installed as libzstd.so.1 nor part of this Node.js':
    'zstd ist weder als libzstd.so.1 installiert noch Teil dieses Node.js.',
  'Devices and FIFOs can’t be made on this platform': 'Geräte und Pipes lassen sich auf diesem System nicht anlegen.',
  'Extended attributes can’t be set on this platform':
    'Erweiterte Attribute lassen sich auf diesem System nicht setzen.',
  'Inode flags can’t be set on this platform': 'Merkmale lassen sich auf diesem System nicht setzen.',
  'Blocks can’t be shared on this platform': 'Blöcke lassen sich auf diesem System nicht teilen.',
  'This filesystem can’t share blocks': 'Dieses Dateisystem kann keine Blöcke teilen.',
  'Test data goes into a new or empty folder': 'Testdaten kommen in einen neuen oder leeren Ordner.',
  'The system wrote nothing without saying why': 'Das System hat nichts geschrieben und sagt nicht, warum.',

  'The work ended unexpectedly: {reason}': 'Die Arbeit endete unerwartet: {reason}',
  'the thread that did it ended with code {code}': 'der Thread, der sie tat, endete mit dem Code {code}',
  'It was closed': 'Es wurde geschlossen.',
  'This view isn’t open any more': 'Diese Ansicht ist nicht mehr offen.',
  'This archive isn’t open any more': 'Dieses Archiv ist nicht mehr offen.',
  'This look at sharing isn’t open any more': 'Dieser Blick auf Geteiltes ist nicht mehr offen.',
  'This question isn’t open any more': 'Diese Frage ist nicht mehr offen.',
  'This job isn’t on the list any more': 'Dieser Auftrag steht nicht mehr auf der Liste.',
  'there is nothing to show yet': 'es gibt noch nichts zu zeigen',
  'Only files can be opened': 'Nur Dateien lassen sich öffnen.',
  'More than {count} things can’t be dragged at once; extract them instead':
    'Mehr als {count} Dinge lassen sich nicht auf einmal ziehen; entpacke sie stattdessen.',
  'Its name is no text that another program could be given; extract it instead':
    'Der Name ist kein Text, den ein anderes Programm verstünde; entpacke es stattdessen.',
  'this path wasn’t chosen in a dialog, dropped or named at the start':
    'dieser Pfad wurde weder in einem Dialog gewählt noch hierher gezogen noch beim Start genannt',

  'it changed while it was looked at': 'änderte sich beim Ansehen',
  'its blocks changed hands while it was looked at': 'die Blöcke wechselten beim Ansehen den Besitzer',
  'it can’t be opened ({reason})': 'lässt sich nicht öffnen ({reason})',
  'some of it hasn’t been given a place on disk yet': 'ein Teil hat noch keinen Platz auf der Platte',
  'the filesystem doesn’t tell where some of it is': 'das Dateisystem sagt nicht, wo ein Teil davon liegt',
  '{filesystem} keeps files in memory; it has no blocks to share':
    '{filesystem} hält Dateien im Speicher; es hat keine Blöcke zu teilen',
  '{filesystem} doesn’t tell where its files’ blocks are':
    '{filesystem} sagt nicht, wo die Blöcke seiner Dateien liegen',
  'this filesystem doesn’t tell where its files’ blocks are':
    'dieses Dateisystem sagt nicht, wo die Blöcke seiner Dateien liegen',
} as const
