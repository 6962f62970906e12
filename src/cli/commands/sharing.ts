/** Runs `reftar sharing`. */
import { analyseSharing } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import { sharingReport } from '../../shared/sharing/sharing-report.ts'
import type { SharingCommand } from '../command.ts'
import { sharingLines, sharingVerdict } from '../output/sharing-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor } from './archive-source.ts'

/** Groups shown without --all, largest first. */
const GROUPS_SHOWN = 10
/** Groups under --all: bounded, since a folder can hold more groups than anybody reads. */
const GROUPS_LIMIT = 100_000

export async function run(command: SharingCommand, session: Session): Promise<Outcome> {
  const { map, problems, elapsedMilliseconds } = await analyseSharing(
    portsFor(session),
    command.paths.map((path) => ({ path, role: 'other' })),
    { limitGroups: command.all ? GROUPS_LIMIT : GROUPS_SHOWN },
    session.job(),
  )
  const report = sharingReport(map, command.all, problems, elapsedMilliseconds)
  session.close()
  for (const line of sharingLines(report, command.all, session.size)) session.print(line)
  return {
    exitCode: report.problems > 0 || session.problems.count > 0 ? exitCodes.problems : exitCodes.ok,
    document: { verdict: sharingVerdict(report), report },
  }
}
