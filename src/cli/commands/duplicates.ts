/** Runs `reftar duplicates`. */
import { findDuplicates } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { DuplicatesCommand } from '../command.ts'
import { duplicatesLines } from '../output/duplicates-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor } from './archive-source.ts'

/** Groups shown without --all, those that save most first. */
const GROUPS_SHOWN = 10
/** Groups under --all: bounded, since a folder can hold more groups than anybody reads. */
const GROUPS_LIMIT = 100_000

export async function run(command: DuplicatesCommand, session: Session): Promise<Outcome> {
  const { blockSizeBytes, all } = command
  const report = await findDuplicates(
    portsFor(session),
    command.paths,
    { blockSizeBytes, limitGroups: all ? GROUPS_LIMIT : GROUPS_SHOWN },
    session.job(),
  )
  session.close()
  for (const line of duplicatesLines(report, all, session.size)) session.print(line)
  return { exitCode: report.problems > 0 ? exitCodes.problems : exitCodes.ok, document: { report } }
}
