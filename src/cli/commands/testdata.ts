/** Runs `reftar testdata`. */
import { createTestData } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import { countOf } from '../../shared/format-size.ts'
import type { TestDataCommand } from '../command.ts'
import type { Outcome, Session } from '../session.ts'
import { portsFor } from './archive-source.ts'

export async function run(command: TestDataCommand, session: Session): Promise<Outcome> {
  const summary = await createTestData(portsFor(session), command.options, session.job())
  session.close()
  const { size } = session
  session.say(
    `Made ${countOf(summary.files, 'file')}, ${size(summary.logicalBytes)}, in ${summary.directory}: ` +
      `${size(summary.commonBytes)} of common content, ${size(summary.sharedBytes)} of it shared on disk, ` +
      `${size(summary.holeBytes)} of holes. Seed ${command.options.seed}.`,
  )
  return { exitCode: exitCodes.ok, document: { summary: { ...summary, seed: command.options.seed } } }
}
