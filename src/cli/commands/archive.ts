/** Runs `reftar info`, `verify` and `seal`. */
import { sealArchive } from '../../main/engine/index.ts'
import { exitCodes } from '../../shared/errors.ts'
import { usageError } from '../arguments/values.ts'
import type { ArchiveCommand } from '../command.ts'
import { infoLines, sealLines, verifyLines } from '../output/archive-summary.ts'
import { placeName } from '../output/place-name.ts'
import type { Outcome, Session } from '../session.ts'
import { openPlace, portsFor } from './archive-source.ts'

export async function run(command: ArchiveCommand, session: Session): Promise<Outcome> {
  if (command.kind === 'info') return info(command, session)
  return command.kind === 'verify' ? verify(command, session) : seal(command, session)
}

async function info(command: ArchiveCommand, session: Session): Promise<Outcome> {
  const reader = await openPlace(portsFor(session), command.archive, session.job())
  try {
    session.close()
    for (const line of infoLines(placeName(command.archive), reader.info, session.size)) session.print(line)
    session.notices(reader.info)
    return {
      exitCode: reader.info.complete ? exitCodes.ok : exitCodes.archive,
      document: { info: reader.info },
    }
  } finally {
    reader.close()
  }
}

async function verify(command: ArchiveCommand, session: Session): Promise<Outcome> {
  const job = session.job()
  const reader = await openPlace(portsFor(session), command.archive, job)
  try {
    const report = await reader.verify(job)
    session.close()
    session.notices(reader.info)
    for (const line of verifyLines(placeName(command.archive), report, session.size)) session.say(line)
    return {
      exitCode: report.faults > 0 || !report.complete ? exitCodes.archive : exitCodes.ok,
      document: { report, notices: reader.info.notices },
    }
  } finally {
    reader.close()
  }
}

async function seal(command: ArchiveCommand, session: Session): Promise<Outcome> {
  const { archive } = command
  if (archive.kind !== 'path') throw usageError('seal changes an archive in place and needs its path.')
  const summary = await sealArchive(portsFor(session), archive.path, session.job())
  session.close()
  for (const line of sealLines(placeName(archive), summary, session.size)) session.say(line)
  return { exitCode: session.problems.count > 0 ? exitCodes.problems : exitCodes.ok, document: { summary } }
}
