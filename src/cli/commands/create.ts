/** Runs `reftar create`. */
import { isatty } from 'node:tty'
import { createArchive } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import { usageError } from '../arguments/values.ts'
import type { CreateCommand } from '../command.ts'
import { asGiven } from '../output/as-given.ts'
import { createSummaryLines } from '../output/create-summary.ts'
import { lossLines } from '../output/loss-summary.ts'
import { placeName } from '../output/place-name.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor, STANDARD_OUTPUT } from './archive-source.ts'

export async function run(command: CreateCommand, session: Session): Promise<Outcome> {
  const { archive, common, options } = command
  const toPipe = archive.kind === 'stream'
  if (toPipe && isatty(1)) {
    throw usageError(
      '-f - writes the archive to standard output, which is a terminal here. Redirect it or name a file.',
    )
  }
  // Standard output belongs to the archive or to the JSON document; what is told then goes to standard error.
  const tell = toPipe || common.json ? (line: string) => session.err.write(`${line}\n`) : session.say
  const shown = asGiven(options.inputs, options.keepPaths)
  const entry = common.verbose ? (path: string) => tell(`Adding: ${shown(path)}`) : undefined
  if (common.verbose) tell(`Creating archive: ${toPipe ? 'standard output' : placeName(archive)}`)

  const ports = portsFor(session)
  const summary = await createArchive(
    ports,
    toPipe ? { ...options, output: STANDARD_OUTPUT } : options,
    session.job(entry),
  )
  session.close()
  for (const line of lossLines(summary.losses)) session.note(`reftar: ${line}`)
  if (common.verbose) tell('Archive created successfully')
  if (!toPipe || common.verbose) {
    for (const line of createSummaryLines(summary, session.size)) {
      if (toPipe) session.note(line)
      else session.say(line)
    }
  }
  return {
    exitCode: summary.problems > 0 || session.problems.count > 0 ? exitCodes.problems : exitCodes.ok,
    document: { summary },
  }
}
