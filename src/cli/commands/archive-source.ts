/** Opens the archive that a command reads: a path, or standard input, which is spooled when it can't be seeked in. */
import { fstatSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isatty } from 'node:tty'
import { createPorts, platformNotice } from '../../../native/index.ts'
import {
  type ArchiveReader,
  defaultLimits,
  type Handle,
  noLimits,
  openArchive,
  openArchiveHandle,
  type Ports,
  spoolPipe,
} from '../../main/engine/index.ts'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import type { JobContext } from '../../shared/progress.ts'
import { usageError } from '../arguments/values.ts'
import type { ArchivePlace } from '../command.ts'
import type { Session } from '../session.ts'

/** Handles are file descriptors in every implementation of the ports; these two are open from the start. */
const STANDARD_INPUT = 0 as Handle
export const STANDARD_OUTPUT = 1 as Handle

/** The ports of this platform, saying once what they can't do here. */
export function portsFor(session: Session): Ports {
  const notice = platformNotice()
  if (notice !== undefined) session.note(notice)
  return createPorts()
}

/** A reader of the archive. `spoolFolder` is where a pipe is kept meanwhile: the target, so that it can be cloned from. */
export async function openPlace(
  ports: Ports,
  place: ArchivePlace,
  job: JobContext,
  spoolFolder?: ByteString,
): Promise<ArchiveReader> {
  const limits = place.trusted ? noLimits : defaultLimits
  if (place.kind === 'path') return openArchive(ports, place.path, limits)
  if (isatty(0)) throw usageError('-f - reads the archive from standard input, which is a terminal here.')
  if (fstatSync(0).isFile()) return openArchiveHandle(ports, STANDARD_INPUT, limits)
  return openArchiveHandle(
    ports,
    await spoolPipe(ports, STANDARD_INPUT, spoolFolder ?? textToByteString(tmpdir()), job),
    limits,
  )
}
