/** Words of the start screen. */
export const start = {
  'start.drop': 'Drop files, folders or an archive here',
  'start.dropHint': 'An archive opens. Anything else starts a new archive.',
  'start.dropNow': 'Let go to open or archive',
  'start.recent': 'Recent archives',
  'start.noRecent': 'Archives that you open or make are listed here.',
  'start.missing': 'missing',
  'start.missingHint': 'Not there any more: moved, deleted, or its disk isn’t mounted.',
  'start.forget': 'Remove {name} from the list',
  'start.opening': 'Opening {name} …',
  'start.cantOpen': 'Couldn’t open {name}',
  'start.nothingDropped': 'What was dropped has no place on this computer’s disks. Save it as a file first.',
} as const
