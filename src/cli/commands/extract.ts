/** Runs `reftar extract`. */
import { mkdirSync, rmdirSync } from 'node:fs'
import { systemError } from '../../../native/errno.ts'
import { extractArchive } from '../../main/engine/index.ts'
import { byteStringToBytes, bytesToByteString, displayName } from '../../shared/byte-string.ts'
import { exitCodes } from '../../shared/errors.ts'
import type { ExtractCommand } from '../command.ts'
import { extractSummaryLines } from '../output/extract-summary.ts'
import type { Outcome, Session } from '../session.ts'
import { openPlace, portsFor } from './archive-source.ts'

/** Makes the target when only its last component is missing. True when it was made. */
function makeTarget(path: Uint8Array): boolean {
  try {
    mkdirSync(Buffer.from(path))
    return true
  } catch (error) {
    const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
    // It exists, or there is nothing above it: what opens it says so.
    if (errno === 'EEXIST' || errno === 'ENOENT') return false
    throw systemError(errno, 'mkdir', { path: displayName(bytesToByteString(path)) })
  }
}

export async function run(command: ExtractCommand, session: Session): Promise<Outcome> {
  const { archive, common, options } = command
  const tell = common.json ? (line: string) => session.err.write(`${line}\n`) : session.say
  const ports = portsFor(session)
  const entry = common.verbose ? (path: string) => tell(`Extracting: ${path}`) : undefined
  const job = session.job(entry)
  const target = byteStringToBytes(options.directory)
  // A missing archive must not leave a folder behind; a pipe is spooled into the target, which therefore comes first.
  const opened = archive.kind === 'path' ? await openPlace(ports, archive, job) : undefined
  let made = false
  try {
    made = makeTarget(target)
    const reader = opened ?? (await openPlace(ports, archive, job, options.directory))
    try {
      session.notices(reader.info)
      if (common.verbose) tell(`Extracting to: ${displayName(options.directory)}`)
      const summary = await extractArchive(ports, reader, options, job)
      session.close()
      for (const line of extractSummaryLines(summary, reader.info.dataHashes, session.size)) session.say(line)
      return {
        exitCode: exitCodeOf(summary.archiveComplete, summary.problems + session.problems.count),
        document: { summary },
      }
    } finally {
      reader.close()
    }
  } catch (error) {
    if (made) removeIfEmpty(target)
    throw error
  }
}

function exitCodeOf(archiveComplete: boolean, problems: number): number {
  if (!archiveComplete) return exitCodes.archive
  return problems > 0 ? exitCodes.problems : exitCodes.ok
}

function removeIfEmpty(path: Uint8Array): void {
  try {
    rmdirSync(Buffer.from(path))
  } catch {
    // Something was extracted: it stays.
  }
}
