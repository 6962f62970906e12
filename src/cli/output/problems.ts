/** Problems that didn't stop a job: the first few are told as they come, all are counted. */
import { describeError, type ErrorCode, type ErrorData, errorTable, exitCodes } from '../../shared/errors.ts'
import { countOf } from '../../shared/format-size.ts'

/** Lines on standard error; a million bad entries must not hide the summary. */
const TOLD_LIMIT = 20
/** Problems kept for --json. */
const KEPT_LIMIT = 1000

/** Commands that can't read an archive from a pipe. */
const needingFiles: ReadonlySet<string> = new Set(['convert', 'seal', 'sharing'])

/** The error as a command tells it: with the archive it reads where nothing else is named, and advice that fits it. */
export function toldBy(command: string | undefined, archive: string | undefined, error: ErrorData): ErrorData {
  const isAboutArchive = errorTable[error.code].exitCode === exitCodes.archive
  const path = error.path ?? (isAboutArchive ? archive : undefined)
  const told = path === undefined ? error : { ...error, path }
  if (error.code === 'usage' && command !== undefined) return { ...told, remedy: `See “reftar help ${command}”.` }
  if (error.code === 'damaged' && command === 'verify') return { ...told, remedy: 'Use another copy of it.' }
  if (error.code === 'damaged' && command === 'extract' && error.entry !== undefined) {
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
  let count = 0
  return {
    get count() {
      return count
    },
    kept,
    add(problem) {
      count++
      if (kept.length < KEPT_LIMIT) kept.push(problem)
      if (!told || count > TOLD_LIMIT) return
      tell(`reftar: ${describeError(problem)}`)
      // The same advice twenty times is noise.
      if (!advised.has(problem.code)) tell(`  ${problem.remedy}`)
      advised.add(problem.code)
    },
    close() {
      if (told && count > TOLD_LIMIT) tell(`reftar: and ${countOf(count - TOLD_LIMIT, 'more problem')}.`)
    },
  }
}
