/** Problems that didn't stop a job: the first few are told as they come, all are counted. */
import { describeError, type ErrorCode, type ErrorData, errorTable, exitCodes } from '../../shared/errors.ts'
import { countOf } from '../../shared/format-size.ts'

/** Lines on standard error; a million bad entries must not hide the summary. */
const TOLD_LIMIT = 20
/** Problems kept for --json. */
const KEPT_LIMIT = 1000
/** Files that look whole and aren't are told one by one; so many are kept for --json. */
const KEPT_DAMAGED_LIMIT = 100_000

/** Commands that can't read an archive from a pipe. */
const needingFiles: ReadonlySet<string> = new Set(['convert', 'seal', 'sharing'])

/** The error as a command tells it: with the archive it reads where nothing else is named, and advice that fits it. */
export function toldBy(
  command: string | undefined,
  archive: string | undefined,
  error: ErrorData,
  keepsDamaged = false,
): ErrorData {
  const isAboutArchive = errorTable[error.code].exitCode === exitCodes.archive
  const path = error.path ?? (isAboutArchive ? archive : undefined)
  const told = path === undefined ? error : { ...error, path }
  if (error.code === 'usage' && command !== undefined) return { ...told, remedy: `See “reftar help ${command}”.` }
  if (error.code === 'damaged' && command === 'verify') return { ...told, remedy: 'Use another copy of it.' }
  if (error.code === 'damaged' && command === 'extract' && error.entry !== undefined && !keepsDamaged) {
    return { ...told, remedy: 'Use another copy of it. With --keep-damaged what is left of such a file is kept.' }
  }
  if (error.code === 'not-a-file' && command !== undefined && needingFiles.has(command)) {
    return { ...told, remedy: 'Save it as a file first.' }
  }
  return told
}

/** An error for people: what happened to what, and on the next line what to do about it. */
export function errorLines(error: ErrorData): string[] {
  const remedy = error.remedy === '' ? [] : [`  ${error.remedy}`]
  return [`reftar: ${describeError(error)}`, ...remedy]
}

export interface ProblemLog {
  readonly count: number
  readonly kept: readonly ErrorData[]
  add(problem: ErrorData): void
  /** Says how many were not told. */
  close(): void
}

/** A log that tells through `tell`, one line a call; with `told` false (--json) it only keeps. */
export function problemLog(tell: (line: string) => void, told: boolean): ProblemLog {
  const kept: ErrorData[] = []
  const advised = new Set<ErrorCode>()
  let ordinary = 0
  let keptDamaged = 0
  return {
    get count() {
      return ordinary + keptDamaged
    },
    kept,
    add(problem) {
      const isKeptDamaged = problem.code === 'kept-damaged'
      const number = isKeptDamaged ? ++keptDamaged : ++ordinary
      if (number <= (isKeptDamaged ? KEPT_DAMAGED_LIMIT : KEPT_LIMIT)) kept.push(problem)
      if (!told || (number > TOLD_LIMIT && !isKeptDamaged)) return
      tell(`reftar: ${describeError(problem)}`)
      // The same advice twenty times is noise.
      if (!advised.has(problem.code)) tell(`  ${problem.remedy}`)
      advised.add(problem.code)
    },
    close() {
      if (told && ordinary > TOLD_LIMIT) tell(`reftar: and ${countOf(ordinary - TOLD_LIMIT, 'more problem')}.`)
    },
  }
}
