/** Counts what will be archived, for a progress bar that knows its end. */

import type { JobContext } from '../../../shared/progress.ts'
import { Pacer } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import type { InputNode } from './inputs.ts'
import { type WalkOptions, walkInputs } from './walk.ts'

export interface InputCount {
  readonly files: number
  /** Sizes of all files, hard links counted each time. */
  readonly logicalBytes: number
}

/** Walks the inputs once without opening files. Problems are left for the real walk to report. */
export async function countInputs(
  ports: Ports,
  root: InputNode,
  options: WalkOptions,
  job: JobContext,
): Promise<InputCount> {
  let files = 0
  let logicalBytes = 0
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'scan',
    bytesDone: logicalBytes,
    bytesTotal: undefined,
    filesDone: files,
    filesTotal: undefined,
    current: undefined,
  }))
  for (const { status } of walkInputs(ports.files, root, {
    ...options,
    opensFiles: false,
    onProblem: () => undefined,
  })) {
    if (status.kind === 'file') {
      files += 1
      logicalBytes += status.sizeBytes
    }
    if (pacer.isDue) await pacer.pause()
  }
  return { files, logicalBytes }
}
