/** Archive anlegen. */
export const creationSentences = {
  'No archive was named': 'Kein Archiv wurde genannt.',
  'Nothing to archive was named': 'Nichts zum Archivieren wurde genannt.',
  'An input’s name is empty': 'Der Name einer Eingabe ist leer.',
  '“..” can’t be kept as a stored path; use -C to start elsewhere':
    '„..“ kann kein gespeicherter Pfad sein; mit -C beginnt es anderswo.',
  'It is stored at the archive’s root and can’t be combined with other inputs':
    'Es wird auf der obersten Ebene des Archivs gespeichert und lässt sich nicht mit anderen Eingaben verbinden.',
  'It and “{other}” would both be stored as the archive’s root':
    'Es und „{other}“ würden beide als oberste Ebene des Archivs gespeichert.',
  'It and “{other}” would both be stored as “{stored}”': 'Es und „{other}“ würden beide als „{stored}“ gespeichert.',
  '“{pattern}” is no pattern': '„{pattern}“ ist kein Muster.',
  'It needs at least {needed}; {free} are free there': 'Es braucht mindestens {needed}; {free} sind dort frei.',
  'Its blocks can’t be shared with the archive': 'Die Blöcke lassen sich nicht mit dem Archiv teilen.',
  'Its blocks can’t be shared with the archive: {reason}':
    'Die Blöcke lassen sich nicht mit dem Archiv teilen: {reason}',
  'It changed while it was read; what was stored may be a mix':
    'Es änderte sich beim Lesen; was gespeichert wurde, kann gemischt sein.',
  'It was stored without its {what}: {reason}': 'Gespeichert ohne {what}: {reason}',
  'extended attributes': 'erweiterte Attribute',
  'flags (chattr)': 'Merkmale (chattr)',
  'It vanished while the folder was read': 'Es verschwand, während der Ordner gelesen wurde.',
  'The folder was replaced while it was read': 'Der Ordner wurde beim Lesen ersetzt.',
  'its path can’t be stored: {reason}': 'der Pfad lässt sich nicht speichern: {reason}',
  'its extended attributes exceed {limit} bytes': 'die erweiterten Attribute sind größer als {limit} Bytes',
  'its map has too many pieces ({count})': 'besteht aus zu vielen Stücken ({count})',
  'a time of it is out of range': 'eine seiner Zeiten ist unmöglich',
  'its link’s target can’t be stored': 'das Ziel des Links lässt sich nicht speichern',
  'A folder has that name': 'Ein Ordner heißt schon so.',
  'A name that ends in “/” is a folder’s': 'Ein Name, der mit „/“ endet, ist der eines Ordners.',
  'It isn’t a regular file, and nothing else is replaced':
    'Es ist keine gewöhnliche Datei, und nichts anderes wird ersetzt.',
  'Its symbolic links lead to each other': 'Die symbolischen Links führen zueinander.',
  'An archive can’t be made of itself; name another one':
    'Ein Archiv kann nicht aus sich selbst entstehen; wähle ein anderes.',
  '{name} is the archive itself and was left out': '{name} ist das Archiv selbst und wurde ausgelassen.',
  'nothing was left to archive: the archive is empty': 'Nichts blieb zum Archivieren: Das Archiv ist leer.',
  'Other runs keep removing the new file': 'Andere Läufe entfernen die neue Datei immer wieder.',
  'The archive is complete and has its name, but that isn’t safe from a power cut yet':
    'Das Archiv ist vollständig und hat seinen Namen, aber das ist noch nicht vor einem Stromausfall sicher.',
  '{name} couldn’t be removed; the next run will try again':
    '{name} ließ sich nicht entfernen; der nächste Lauf versucht es wieder.',
  'removed {name}, which an interrupted run had left':
    '{name} entfernt, das ein unterbrochener Lauf hinterlassen hatte.',
  'removed {name}, which an interrupted run had left of this archive':
    '{name} entfernt, das ein unterbrochener Lauf von diesem Archiv hinterlassen hatte.',
  '{name} is left of an interrupted run and couldn’t be removed':
    '{name} blieb von einem unterbrochenen Lauf und ließ sich nicht entfernen.',
  '{name} in this folder: an unfinished archive of an interrupted run, readable and removable':
    '{name} in diesem Ordner: ein unfertiges Archiv eines unterbrochenen Laufs, lesbar und löschbar.',
  '{name} and {more} more in this folder: unfinished archives of interrupted runs, readable and removable':
    '{name} und {more} weitere in diesem Ordner: unfertige Archive unterbrochener Läufe, lesbar und löschbar.',
} as const
