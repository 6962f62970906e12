/** Runs `reftar convert`. */
import { convertArchive, defaultLimits, noLimits } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { ConvertCommand } from '../command.ts'
import { convertSummaryLines } from '../output/convert-summary.ts'
import { lossLines } from '../output/loss-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor } from './archive-source.ts'

/** Nobody can tell this by the new archive. */
const incompleteSource = {
  verbatim:
    'the old archive is incomplete; the new one holds only what was left of it, though “verify” calls it complete.',
}

export async function run(command: ConvertCommand, session: Session): Promise<Outcome> {
  const { common, options, trusted } = command
  const tell = common.json ? (line: string) => session.err.write(`${line}\n`) : session.say
  const entry = common.verbose ? (path: string) => tell(`Converting: ${path}`) : undefined
  const limits = trusted ? noLimits : defaultLimits
  const summary = await convertArchive(portsFor(session), options, session.job(entry), limits)
  session.close()
  for (const line of lossLines(summary.losses)) session.note(`reftar: ${line}`)
  for (const line of convertSummaryLines(summary, session.size)) session.say(line)
  if (!summary.sourceComplete) session.notices({ complete: false, notices: [incompleteSource] })
  const hasProblems = summary.problems > 0 || session.problems.count > 0
  return {
    exitCode: summary.sourceComplete ? (hasProblems ? exitCodes.problems : exitCodes.ok) : exitCodes.archive,
    document: { summary },
  }
}
