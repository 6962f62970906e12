/** One error class, one table: what went wrong as data, what it means and what to do as text, and the exit code it leads to. */
import { inEnglish, type Said, said } from './said.ts'

export const exitCodes = {
  ok: 0,
  /** Finished, but some entries need attention: each was named on stderr. */
  problems: 1,
  usage: 2,
  /** Not an archive, damaged, cut off, or made by a newer version. */
  archive: 3,
  /** The operating system refused: no space, no permission, I/O error. */
  system: 4,
  /** 128 + SIGINT, as shells count it. */
  cancelled: 130,
} as const

interface ErrorText {
  readonly title: string
  readonly remedy: string
  /** What to do in the window, where `remedy` names what only the command line has. */
  readonly windowRemedy?: string
  readonly exitCode: number
}

/** Every error a user can meet. `code` crosses process borders; text is looked up here and never parsed. */
export const errorTable = {
  usage: {
    title: 'That can’t be carried out',
    remedy: 'See “reftar --help”.',
    windowRemedy: 'Change what the message names; if it repeats, please report it with this message.',
    exitCode: exitCodes.usage,
  },
  cancelled: {
    title: 'Cancelled',
    remedy: 'Nothing was left under a final name. Run it again when you like.',
    exitCode: exitCodes.cancelled,
  },
  'not-found': {
    title: 'No such file or folder',
    remedy: 'Check the spelling, and that the disk is mounted.',
    windowRemedy: 'It may have been moved, renamed or deleted, or its disk isn’t mounted.',
    exitCode: exitCodes.system,
  },
  'no-match': {
    title: 'Nothing in the archive has this path',
    remedy: 'Check the spelling; “reftar list” names what there is.',
    windowRemedy: 'Open the archive again: it may have changed.',
    exitCode: exitCodes.problems,
  },
  'target-removed': {
    title: 'The target folder was removed',
    remedy: 'Make it again, or choose another one, and start again.',
    exitCode: exitCodes.system,
  },
  'already-exists': {
    title: 'Something of that name is already there',
    remedy: 'Choose another name, or another --on-conflict.',
    windowRemedy: 'Choose another name, or another answer for names that exist.',
    exitCode: exitCodes.problems,
  },
  'permission-denied': {
    title: 'Permission denied',
    remedy: 'Check owner and mode, or run as a user who may.',
    exitCode: exitCodes.system,
  },
  'not-permitted': {
    title: 'The system does not permit that',
    remedy: 'It may need root, or the file is immutable (see lsattr).',
    exitCode: exitCodes.system,
  },
  'no-space': {
    title: 'Not enough space on the disk',
    remedy: 'Free some space, or choose another disk.',
    exitCode: exitCodes.system,
  },
  'quota-exceeded': {
    title: 'The disk quota is used up',
    remedy: 'Free some space, or ask for more quota.',
    exitCode: exitCodes.system,
  },
  'read-only': {
    title: 'The filesystem is read-only',
    remedy: 'Choose another disk, or remount it writable.',
    exitCode: exitCodes.system,
  },
  'io-error': {
    title: 'The disk reported an error',
    remedy: 'Look into the system log (dmesg); the disk may be failing.',
    exitCode: exitCodes.system,
  },
  'too-many-open-files': {
    title: 'Too many open files',
    remedy: 'Raise the limit (ulimit -n) or close other programs.',
    exitCode: exitCodes.system,
  },
  'file-too-large': {
    title: 'The file is too large for this filesystem',
    remedy: 'Choose a filesystem without that limit.',
    exitCode: exitCodes.system,
  },
  'name-too-long': {
    title: 'The name is too long for this filesystem',
    remedy: 'Choose a shorter name or target folder; “extract” can also use --strip-components.',
    windowRemedy: 'Choose a shorter name, or a target folder with a shorter path.',
    exitCode: exitCodes.system,
  },
  'not-a-directory': {
    title: 'Not a folder',
    remedy: 'A file or link is where a folder is needed; move it away or choose another target.',
    exitCode: exitCodes.system,
  },
  'is-a-directory': {
    title: 'Is a folder',
    remedy: 'A file is needed there: choose another name, or move the folder away.',
    exitCode: exitCodes.system,
  },
  'not-replaceable': {
    title: 'Not a regular file',
    remedy: 'Choose another name. To write to a device or a pipe, use “create -f -” and redirect its output.',
    windowRemedy: 'Choose another name.',
    exitCode: exitCodes.system,
  },
  'directory-not-empty': {
    title: 'The folder is not empty',
    remedy: 'Move it away or choose another target.',
    exitCode: exitCodes.system,
  },
  'symbolic-link': {
    title: 'A symbolic link is in the way',
    remedy: 'Remove the link or choose another target: links are never followed below the target.',
    exitCode: exitCodes.system,
  },
  'cross-device': {
    title: 'The two places are on different filesystems',
    remedy: 'Choose a place on the same filesystem, or allow copying with --clone=auto.',
    windowRemedy: 'Choose a place on the same filesystem, or allow copying.',
    exitCode: exitCodes.system,
  },
  'not-supported': {
    title: 'This filesystem or system can’t do that',
    remedy: 'Use a filesystem or system that can, or do without it.',
    exitCode: exitCodes.system,
  },
  'invalid-argument': {
    title: 'The system refused the request as invalid',
    remedy: 'If it repeats, please report it with this message.',
    exitCode: exitCodes.system,
  },
  busy: {
    title: 'The file is in use',
    remedy: 'Wait until the program that uses it has ended, or end it (for a swap file: swapoff).',
    exitCode: exitCodes.system,
  },
  'try-again': {
    title: 'The system asks to try again',
    remedy: 'Run the command again.',
    windowRemedy: 'Try it again.',
    exitCode: exitCodes.system,
  },
  'broken-pipe': {
    title: 'The program reading the pipe has ended',
    remedy: 'Check the command behind the pipe.',
    exitCode: exitCodes.system,
  },
  'system-error': {
    title: 'The system reported an error',
    remedy: 'The message names the call; see its manual page.',
    exitCode: exitCodes.system,
  },
  'not-an-archive': {
    title: 'Not a reftar archive',
    remedy: 'Check that it is the right file.',
    exitCode: exitCodes.archive,
  },
  'not-a-file': {
    title: 'Not a regular file',
    remedy: 'Pipe it in, and read it with “-f -”.',
    windowRemedy: 'Save it as a file first.',
    exitCode: exitCodes.archive,
  },
  'unsupported-version': {
    title: 'The archive needs a newer reftar',
    remedy: 'Update reftar.',
    exitCode: exitCodes.archive,
  },
  damaged: {
    title: 'The archive is damaged',
    remedy: 'Use another copy of it; “reftar verify” names what is hurt.',
    windowRemedy: 'Use another copy of it; “Verify” names what is hurt.',
    exitCode: exitCodes.archive,
  },
  'kept-damaged': {
    title: 'Kept, with zeros for what is damaged in the archive',
    remedy: 'For what is zeros, use another copy of the archive.',
    exitCode: exitCodes.problems,
  },
  incomplete: {
    title: 'The archive is incomplete',
    remedy: 'Its creation or copying was cut off; what is complete can be extracted.',
    exitCode: exitCodes.archive,
  },
  'limit-exceeded': {
    title: 'The archive claims more than the limits allow',
    remedy: 'If you trust it, read it with --no-limits.',
    windowRemedy: 'If you trust it, read it on the command line with --no-limits.',
    exitCode: exitCodes.archive,
  },
  'unsafe-path': {
    title: 'The entry’s path would leave the target',
    remedy: 'The entry was refused; don’t trust this archive.',
    exitCode: exitCodes.archive,
  },
  collision: {
    title: 'Two inputs would have the same name in the archive',
    remedy: 'Archive them separately; inputs of different folders can also be stored with --keep-paths.',
    windowRemedy: 'Archive them separately, or rename one of them.',
    exitCode: exitCodes.usage,
  },
  'format-limit': {
    title: 'Format 1 can’t hold it',
    remedy: 'It was left out. Use format 2, the default, to keep it.',
    windowRemedy: 'It was left out. Use the current format to keep it.',
    exitCode: exitCodes.problems,
  },
  'changed-while-read': {
    title: 'The file changed while it was read',
    remedy: 'Archive it again when nothing writes to it, or archive a snapshot.',
    exitCode: exitCodes.problems,
  },
  'cannot-clone': {
    title: 'Cloning was demanded but isn’t possible',
    remedy: 'Allow copying where blocks can’t be shared: --clone=auto, or --share=auto for “testdata”.',
    windowRemedy: 'Allow copying where blocks can’t be shared.',
    exitCode: exitCodes.system,
  },
  'missing-library': {
    title: 'A system library is missing',
    remedy: 'Install it with your package manager (Debian: apt install libzstd1).',
    exitCode: exitCodes.system,
  },
  'not-chosen': {
    title: 'That place wasn’t chosen in this program',
    remedy: 'Choose it in a dialog, or drop it on the window.',
    exitCode: exitCodes.system,
  },
  'work-ended': {
    title: 'The work ended before it was done',
    remedy: 'Start it again; if it repeats, please report it with this message.',
    exitCode: exitCodes.system,
  },
  internal: {
    title: 'reftar made a mistake',
    remedy: 'Please report it with this message.',
    exitCode: exitCodes.system,
  },
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof errorTable

/** What an error is about. All members are safe to show (see displayName) and to send between processes. */
export interface ErrorContext {
  /** Path on disk, for display. */
  readonly path?: string
  /** Path inside the archive, for display. */
  readonly entry?: string
  /** Byte offset in the archive. */
  readonly offsetBytes?: number
  /** The kernel's name of the error (ENOSPC …) and the call that gave it. */
  readonly errno?: string
  readonly operation?: string
}

/** The one error class. `said` is what happened, in one sentence without the context, which is added by describeError. */
export class ReftarError extends Error {
  readonly code: ErrorCode
  readonly said: Said
  readonly context: ErrorContext

  constructor(code: ErrorCode, what: Said, context?: ErrorContext, options?: ErrorOptions)
  /** A mistake of ours, said to whoever mends it. */
  constructor(code: 'internal', details: string, context?: ErrorContext, options?: ErrorOptions)
  constructor(code: ErrorCode, what: Said | string, context: ErrorContext = {}, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : inEnglish(what), options)
    this.name = 'ReftarError'
    this.code = code
    this.said = code === 'internal' && typeof what === 'string' ? { verbatim: what } : (what as Said)
    this.context = context
  }
}

/** The error as data, for JSON output and IPC. */
export interface ErrorData extends ErrorContext {
  readonly code: ErrorCode
  readonly message: Said
  readonly remedy: string
}

/** The same error with more context; what it already says wins. Anything that is no ReftarError becomes `internal`. */
export function withContext(error: unknown, context: ErrorContext): ReftarError {
  if (!(error instanceof ReftarError)) {
    const message = error instanceof Error ? error.message : String(error)
    return new ReftarError('internal', message, context, { cause: error })
  }
  return new ReftarError(error.code, error.said, { ...context, ...error.context }, { cause: error })
}

/** Whether an error says that the archive being read isn't what it should be: then no other file is to blame. */
export function isAboutArchive(error: unknown): boolean {
  return error instanceof ReftarError && errorTable[error.code].exitCode === exitCodes.archive
}

/** An error as plain data. */
export function errorData(error: unknown): ErrorData {
  const known = withContext(error, {})
  return { ...known.context, code: known.code, message: known.said, remedy: errorTable[known.code].remedy }
}

/** The error that crossed a process border, as it was. */
export function errorOf({ code, message, remedy: _, ...context }: ErrorData): ReftarError {
  return new ReftarError(Object.hasOwn(errorTable, code) ? code : 'internal', message, context)
}

/** One sentence for people: what happened, to which entry or path, as `say` puts it. The remedy is in the table. */
export function describeError(error: ErrorData, say: (what: Said) => string = inEnglish): string {
  const subject = error.entry ?? error.path
  const where =
    error.offsetBytes === undefined ? '' : ` (${say(said('at byte {offset}', { offset: error.offsetBytes }))})`
  return `${subject === undefined ? '' : `${subject}: `}${say(error.message)}${where}`
}
