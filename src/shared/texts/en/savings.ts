/** Words of the savings view. */
export const savings = {
  'savings.failed': 'The savings can’t be shown',
  'savings.counting': 'Counting what is in the archive …',
  'savings.ofArchive': '{name}',
  'savings.ofFolder': 'Folder “{name}”',
  'savings.ofSelection': '{count, plural, one {# selected entry} other {# selected entries}}',
  'savings.sentence': '{files} that say they are {size} are stored in {stored}: {saved} saved.',
  'savings.size': 'Size: what the files say',
  'savings.part.holes': 'holes and zeros, not stored',
  'savings.part.shared-on-disk': 'already shared on disk, stored once',
  'savings.part.equal-content': 'equal content, stored once',
  'savings.part.duplicates': 'occurs more than once, stored once',
  'savings.part.packing': 'small files and file ends, packed',
  'savings.part.stored': 'stored',
  'savings.stored': 'Stored',
  'savings.books': 'names, properties and checksums, and what fills up blocks',
  'savings.archiveFile': 'The archive file',
  'savings.sharedWith': 'the same blocks on disk as other files',
  'savings.sharedWithUnknown': 'whether its blocks are shared with other files',
  'savings.newOnDisk': 'New disk space that it takes',
  'savings.alsoElsewhere': '{size} of what is stored is used by entries outside of this, too.',
  'savings.freedTitle': 'What would I free?',
  'savings.freed.part':
    'Left out of the archive, {what} would free {freed} of it; {kept} stay because other entries use them. Together that is the {data} of different data in it.',
  'savings.freed.archive': 'Deleting the archive',
  'savings.freed.source': 'Deleting the originals',
  'savings.freed.extracted': 'Deleting what was extracted',
  'savings.freed.exactly': '{what} would free {freed}; {kept} stay because other files use the same blocks.',
  'savings.freed.between':
    '{what} would free {certain} for certain, and up to {freed}: the filesystem says that others, which weren’t looked at, may use the rest. {kept} stay in any case.',
  'savings.freed.unknown':
    '{what}: can’t be told here, because the filesystem doesn’t say where all the blocks are, or not yet.',
  'savings.freed.otherNames':
    '{count, plural, one {# file has} other {# files have}} further names elsewhere, and would stay.',
  'savings.treemapTitle': 'By folder',
  'savings.otherFiles': 'other files',
  'savings.tile': '{name}: {size}, of which only it needs {own}; {saved} saved',
  'savings.saved': '{share} saved',
  'savings.scale':
    'Area: size. Colour: the share of it that is saved, as holes or because others need the same bytes. Backspace goes up.',
  'savings.groupsTitle': 'Largest groups of equal bytes',
} as const
