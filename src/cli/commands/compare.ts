/** Runs `reftar compare`: differences are told as they are found, and counted at the end. */
import { compareArchive } from '../../main/engine/index.ts'
import type { Difference } from '../../shared/comparison.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { CompareCommand } from '../command.ts'
import { compareSummaryLines } from '../output/compare-summary.ts'
import { placeName } from '../output/place-name.ts'
import type { Outcome, Session } from '../session.ts'
import { openPlace, portsFor } from './archive-source.ts'

/** Differences in the JSON document; all are counted. */
const KEPT_LIMIT = 1000

export async function run(command: CompareCommand, session: Session): Promise<Outcome> {
  const { archive, common, options } = command
  const ports = portsFor(session)
  const entry = common.verbose ? (path: string) => session.err.write(`Comparing: ${path}\n`) : undefined
  const job = session.job(entry)
  const reader = await openPlace(ports, archive, job)
  const kept: Difference[] = []
  try {
    session.notices(reader.info)
    const summary = await compareArchive(ports, reader, options, {
      ...job,
      difference(difference) {
        if (common.json && kept.length < KEPT_LIMIT) kept.push(difference)
        session.result(`${difference.path}: ${difference.message}`)
      },
    })
    session.close()
    for (const line of compareSummaryLines(placeName(archive), summary, session.size)) session.say(line)
    const differs = summary.differenceCount > 0 || summary.problems > 0 || session.problems.count > 0
    return {
      exitCode: !summary.archiveComplete ? exitCodes.archive : differs ? exitCodes.problems : exitCodes.ok,
      document: { summary, differences: kept },
    }
  } finally {
    reader.close()
  }
}
