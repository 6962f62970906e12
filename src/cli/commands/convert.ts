/** Runs `reftar convert`. */
import { convertArchive, defaultLimits, noLimits } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { ConvertCommand } from '../command.ts'
import { convertSummaryLines } from '../output/convert-summary.ts'
import { lossLines } from '../output/loss-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor } from './archive-source.ts'

export async function run(command: ConvertCommand, session: Session): Promise<Outcome> {
  const { common, options, trusted } = command
  const tell = common.json ? (line: string) => session.err.write(`${line}\n`) : session.say
  const entry = common.verbose ? (path: string) => tell(`Converting: ${path}`) : undefined
  const limits = trusted ? noLimits : defaultLimits
  const summary = await convertArchive(portsFor(session), options, session.job(entry), limits)
  session.close()
  for (const line of lossLines(summary.losses)) session.note(`reftar: ${line}`)
  for (const line of convertSummaryLines(summary, session.size)) session.say(line)
  const hasProblems = summary.problems > 0 || session.problems.count > 0
  return {
    exitCode: summary.sourceComplete ? (hasProblems ? exitCodes.problems : exitCodes.ok) : exitCodes.archive,
    document: { summary },
  }
}
