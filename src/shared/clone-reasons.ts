/** Why data was copied instead of cloned; the words are the same in window, command line and docs. */
export const copyReasonTexts = {
  'different-filesystem': 'different filesystem',
  'no-reflinks': 'this filesystem can’t share blocks',
  packed: 'below the clone size, or the end of a file',
  compressed: 'compressed in the archive',
  'copy-on-write-off': 'copy-on-write is off for this file',
  unaligned: 'not on a block boundary',
  'not-wanted': 'cloning was switched off',
  pipe: 'written to a pipe',
  spooled: 'came through a pipe, stored here once',
  zeros: 'zeros, written as asked',
  refused: 'the filesystem refused to clone it',
} as const

export type CopyReason = keyof typeof copyReasonTexts

/** Bytes copied, by reason. */
export type CopiedBytes = { readonly [Reason in CopyReason]?: number }
