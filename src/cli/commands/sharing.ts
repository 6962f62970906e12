/** Runs `reftar sharing`. */
import {
  analyseSharing,
  archiveMarks,
  checkSharing,
  extractedMarks,
  type Ports,
  type SharingInput,
} from '../../main/engine/index.ts'
import { type ByteString, displayName } from '../../shared/byte-string.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { SharingCheck } from '../../shared/jobs.ts'
import { sharingReport, sharingVerdict } from '../../shared/sharing/sharing-report.ts'
import type { SharingCommand } from '../command.ts'
import { checkLines, sharingLines } from '../output/sharing-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { openPlace, portsFor } from './archive-source.ts'

/** Groups shown without --all, largest first. */
const GROUPS_SHOWN = 10
/** Groups under --all: bounded, since a folder can hold more groups than anybody reads. */
const GROUPS_LIMIT = 100_000

export async function run(command: SharingCommand, session: Session): Promise<Outcome> {
  const ports = portsFor(session)
  const { inputs, check } = await compareWithArchive(ports, command, session)
  const limitGroups = command.all ? GROUPS_LIMIT : GROUPS_SHOWN
  const { map, problems, elapsedMilliseconds } = await analyseSharing(ports, inputs, { limitGroups }, session.job())
  const report = sharingReport(map, command.all, problems, elapsedMilliseconds)
  if (command.report !== undefined) {
    const lookedAt = inputs.map(({ path }) => path)
    // Brings the window's texts, which nothing else here needs.
    const { writeSharingReport } = await import('./sharing-report.ts')
    writeSharingReport(command.report, map, sharingReport(map, true, problems, elapsedMilliseconds), lookedAt, session)
  }
  session.close()
  for (const line of sharingLines(report, command.all, session.size)) session.print(line)
  if (check !== undefined) for (const line of checkLines(check, session.size)) session.print(line)
  if (command.report !== undefined) session.say(`Wrote ${displayName(command.report.path)}.`)
  const needAttention = report.problems + (check?.problems ?? 0) + session.problems.count
  return {
    exitCode: needAttention > 0 ? exitCodes.problems : exitCodes.ok,
    document: { verdict: sharingVerdict(report), report, ...(check === undefined ? {} : { check }) },
  }
}

interface Comparison {
  readonly inputs: readonly SharingInput[]
  readonly check: SharingCheck | undefined
}

/** What to look at, and, where an archive is named, how much of the folder is still its blocks. */
async function compareWithArchive(ports: Ports, command: SharingCommand, session: Session): Promise<Comparison> {
  const [folder] = command.paths
  const { withArchive } = command
  if (withArchive === undefined || folder === undefined) {
    return { inputs: command.paths.map((path) => ({ path, role: 'other' })), check: undefined }
  }
  const job = session.job()
  const reader = await openPlace(ports, { kind: 'path', path: withArchive }, job)
  session.notices(reader.info)
  const options = { directory: folder, selection: [], exclude: [], stripComponents: 0 }
  const check = await checkSharing(ports, reader, options, job)
  const packed = await archiveMarks(ports, reader, job)
  const prefix = folder.replace(/\/*$/, '/')
  const entryPathOf = (path: ByteString) =>
    path.startsWith(prefix) ? (path.slice(prefix.length) as ByteString) : undefined
  return {
    inputs: [
      { path: withArchive, role: 'archive', marksOf: () => packed },
      { path: folder, role: 'extracted', marksOf: extractedMarks(ports, reader, entryPathOf) },
    ],
    check,
  }
}
