/** Runs one command from start to exit code: signals, progress, errors, the JSON document. */

import { errorData, errorTable, exitCodes, ReftarError } from '../shared/errors.ts'
import { saidAsText } from '../shared/said.ts'
import type { CommonOptions, WorkCommand } from './command.ts'
import { errorLines, toldBy } from './output/problems.ts'
import type { ProgressBar } from './output/progress-bar.ts'
import type { TextSink } from './output/sink.ts'
import { createSession, type Outcome, type Session } from './session.ts'
import { stopOnSignals } from './signals.ts'

export interface Sinks {
  readonly out: TextSink
  readonly err: TextSink
}

/** Each command brings its own part of the engine, so help and mistakes cost nothing. */
async function start(command: WorkCommand, session: Session): Promise<Outcome> {
  switch (command.kind) {
    case 'create':
      return (await import('./commands/create.ts')).run(command, session)
    case 'extract':
      return (await import('./commands/extract.ts')).run(command, session)
    case 'list':
      return (await import('./commands/list.ts')).run(command, session)
    case 'info':
    case 'verify':
    case 'seal':
      return (await import('./commands/archive.ts')).run(command, session)
    case 'compare':
      return (await import('./commands/compare.ts')).run(command, session)
    case 'sharing':
      return (await import('./commands/sharing.ts')).run(command, session)
    case 'convert':
      return (await import('./commands/convert.ts')).run(command, session)
    case 'duplicates':
      return (await import('./commands/duplicates.ts')).run(command, session)
    case 'testdata':
      return (await import('./commands/testdata.ts')).run(command, session)
  }
}

async function progressBarFor(command: WorkCommand, sinks: Sinks): Promise<ProgressBar | undefined> {
  const { json, quiet, verbose, units } = command.common
  // Names that scroll by show progress already.
  if (!sinks.err.isTerminal || process.env['TERM'] === 'dumb' || json || quiet || verbose) return undefined
  return (await import('./output/progress-bar.ts')).terminalProgressBar(units)
}

/**
 * Whether there is something to put in order before the process ends. A signal ends the others by itself, even where
 * they wait for somebody who doesn't read what they write.
 */
function leavesTraces(command: WorkCommand): boolean {
  switch (command.kind) {
    case 'create':
      return command.archive.kind === 'path'
    case 'extract':
    case 'convert':
    case 'seal':
    case 'testdata':
      return true
    default:
      return false
  }
}

/** What is true after cancelling, by command. */
function cancelledText(command: WorkCommand): string {
  switch (command.kind) {
    case 'extract':
      return (
        'Cancelled. What was extracted into the target itself and into folders that it had stays; ' +
        'new folders, not complete yet, were removed.'
      )
    case 'seal':
      return 'Cancelled. The archive is as it was.'
    default:
      return 'Cancelled. Nothing was left behind.'
  }
}

/** Runs the command; resolves to the exit code. Never throws for what a user can cause. */
export async function runCommand(command: WorkCommand, sinks: Sinks): Promise<number> {
  const stop = leavesTraces(command) ? stopOnSignals() : undefined
  const bar = await progressBarFor(command, sinks)
  const session = createSession(command, sinks, stop?.signal ?? new AbortController().signal, bar)
  try {
    const outcome = await start(command, session)
    session.close()
    session.problems.close()
    if (command.common.json && outcome.document !== undefined) {
      writeDocument(
        sinks.out,
        { ok: outcome.exitCode === exitCodes.ok, command: command.kind, ...outcome.document },
        session,
      )
    }
    sinks.out.flush()
    return outcome.exitCode
  } catch (error) {
    session.close()
    session.problems.close()
    return reportFailure(error, command.kind, command.common, sinks, session, cancelledText(command))
  } finally {
    stop?.dispose()
  }
}

function writeDocument(out: TextSink, document: object, session: Session | undefined): void {
  const problems =
    session === undefined ? {} : { problemCount: session.problems.count, problems: session.problems.kept }
  out.write(`${JSON.stringify({ ...document, ...problems }, saidAsText)}\n`)
}

function asFailure(error: unknown): ReftarError | undefined {
  if (error instanceof ReftarError) return error
  if (error instanceof Error && error.name === 'AbortError')
    return new ReftarError('cancelled', 'Cancelled', {}, { cause: error })
  return undefined
}

/**
 * Says what went wrong, where it is looked for: a document under --json, else two lines on standard error, where they
 * also go when standard output takes nothing any more.
 */
export function reportFailure(
  error: unknown,
  command: string | undefined,
  common: Pick<CommonOptions, 'json'>,
  sinks: Sinks,
  session?: Session,
  cancelled = 'Cancelled.',
): number {
  const data = toldBy(command, session?.archive, errorData(asFailure(error) ?? error))
  sinks.out.flush()
  if (common.json && !sinks.out.closed) {
    writeDocument(sinks.out, { ok: false, ...(command === undefined ? {} : { command }), error: data }, session)
    sinks.out.flush()
  } else if (data.code === 'cancelled') sinks.err.write(`${cancelled}\n`)
  else for (const line of errorLines(data)) sinks.err.write(`${line}\n`)
  if (process.env['REFTAR_DEBUG'] === '1') sinks.err.write(`${debugText(error)}\n`)
  sinks.err.flush()
  return errorTable[data.code].exitCode
}

function debugText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${debugText(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
