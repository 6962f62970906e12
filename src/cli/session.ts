/** What every command runs with: where text goes, how a job is watched, how it is stopped. */

import { formatSize } from '../shared/format-size.ts'
import type { JobContext, Progress } from '../shared/progress.ts'
import { inEnglish, type Said } from '../shared/said.ts'
import type { CommonOptions, WorkCommand } from './command.ts'
import { placeName } from './output/place-name.ts'
import { type ProblemLog, problemLog, toldBy } from './output/problems.ts'
import type { ProgressBar } from './output/progress-bar.ts'
import type { TextSink } from './output/sink.ts'

export interface Session {
  readonly command: WorkCommand['kind']
  /** The archive that is read, as the user called it. */
  readonly archive: string | undefined
  readonly common: CommonOptions
  readonly out: TextSink
  readonly err: TextSink
  readonly signal: AbortSignal
  readonly problems: ProblemLog
  /** A line of the result on standard output; nothing under --json. */
  print(line: string): void
  /** A line of the result as it is found, above a progress bar; nothing under --json. */
  result(line: string): void
  /** A line about what was done on standard output; nothing under --json and --quiet. */
  say(line: string): void
  /** A line on standard error; nothing under --json and --quiet. */
  note(line: string): void
  /** What there is to say about an archive on standard error: under --quiet only that it is incomplete. Nothing under --json. */
  notices(archive: { readonly complete: boolean; readonly notices: readonly Said[] }): void
  size(bytes: number): string
  /** The context of a job; `entry` hears of every entry when the user asked for that. */
  job(entry?: (path: string) => void): JobContext
  close(): void
}

/** What a command hands back; `document` is printed under --json, completed with `ok`, `command` and the problems. */
export interface Outcome {
  readonly exitCode: number
  readonly document: object | undefined
}

/** A session. `bar` is undefined where nobody could see one. */
export function createSession(
  { kind, common, ...rest }: WorkCommand,
  sinks: { readonly out: TextSink; readonly err: TextSink },
  signal: AbortSignal,
  bar: ProgressBar | undefined,
): Session {
  const { out, err } = sinks
  const archive = 'archive' in rest ? placeName(rest.archive) : undefined
  const keepsDamaged = 'options' in rest && 'keepDamaged' in rest.options && rest.options.keepDamaged === true
  const tell = (line: string): void => {
    const write = (): void => err.write(`${line}\n`)
    out.flush()
    if (bar === undefined) write()
    else bar.above(write)
  }
  const problems = problemLog(tell, !common.json)
  const print = (line: string): void => {
    if (!common.json) out.write(`${line}\n`)
  }
  const note = (line: string): void => {
    if (!common.quiet && !common.json) tell(line)
  }
  return {
    command: kind,
    archive,
    common,
    out,
    err,
    signal,
    problems,
    print,
    result(line) {
      if (bar === undefined) print(line)
      else bar.above(() => print(line))
    },
    say(line) {
      if (!common.quiet) print(line)
    },
    note,
    notices({ complete, notices }) {
      if (common.json || (common.quiet && complete)) return
      for (const notice of notices) tell(`reftar: ${inEnglish(notice)}`)
    },
    size: (bytes) => formatSize(bytes, common.units),
    job(entry) {
      return {
        signal,
        progress: (progress: Progress) => bar?.update(progress),
        // A percentage is worth a second walk only to somebody who sees it.
        wantsTotals: bar !== undefined,
        problem: (problem) => problems.add(toldBy(kind, archive, problem, keepsDamaged)),
        notice: (what) => note(`reftar: ${inEnglish(what)}`),
        ...(entry === undefined ? {} : { entry }),
      }
    },
    close() {
      bar?.stop()
    },
  }
}
