/** The preview of an entry. */
export const preview = {
  'preview.label': 'Preview of {name}',
  'preview.loading': 'Reading {name}…',
  'preview.truncated': 'Only the beginning is shown.',
  'preview.none.too-large': 'It is too large to show here.',
  'preview.none.binary': 'It is neither text nor an image that can be shown here.',
  'preview.none.not-a-file': 'Only files have contents to show.',
  'preview.none.empty': 'The file is empty.',
  'preview.none.broken': 'The image can’t be shown: it is damaged or of an unknown kind.',
  'preview.next': 'Next',
  'preview.previous': 'Previous',
  'preview.openWith': 'Open with its program',
  'preview.extract': 'Extract…',
  'preview.failed': 'It can’t be shown',
} as const
