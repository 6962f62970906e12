/** Checks a format 1 archive: what the list already showed, and every data extent's CRC-32. */
import type { VerifyReport } from '../../../../shared/archive-info.ts'
import { displayName } from '../../../../shared/byte-string.ts'
import { errorData, ReftarError } from '../../../../shared/errors.ts'
import type { JobContext } from '../../../../shared/progress.ts'
import { Pacer, throwIfCancelled } from '../../pacing.ts'
import type { Clock } from '../../ports.ts'
import type { ExtentData } from './data.ts'
import type { ArchiveIndex } from './index.ts'

/** See ArchiveReader.verify. Every faulty extent is told with each entry that uses it. */
export async function verifyArchive1(
  clock: Clock,
  index: ArchiveIndex,
  data: ExtentData,
  complete: boolean,
  job: JobContext,
): Promise<VerifyReport> {
  const startedAt = clock.now()
  throwIfCancelled(job.signal)
  const { extents } = index
  const totals = index.totals()
  let bytesChecked = 0
  let faults = 0
  const pacer = new Pacer(clock, job, () => ({
    phase: 'verify',
    bytesDone: bytesChecked,
    bytesTotal: totals.dataBytes,
    filesDone: 0,
    filesTotal: totals.files,
    current: undefined,
  }))
  const report = (error: ReftarError): void => {
    faults++
    job.problem(errorData(error))
  }
  for (const [ordinal, { message, offsetBytes }] of index.faults) {
    report(new ReftarError('damaged', message, { entry: nameOf(index, ordinal), offsetBytes }))
  }
  const damaged = new Set<number>()
  for (let extent = 0; extent < extents.dataOffsets.length; extent++) {
    try {
      data.check(extent)
    } catch (error) {
      if (!(error instanceof ReftarError) || error.code !== 'damaged') throw error
      damaged.add(extent)
    }
    bytesChecked += extents.dataBytes(extent)
    if (pacer.isDue) await pacer.pause()
  }
  if (damaged.size > 0) {
    for (let ordinal = 0; ordinal < index.length; ordinal++) {
      const [first, end] = index.extentsOf(ordinal)
      for (let extent = first; extent < end; extent++) {
        const target = extents.targets.at(extent)
        if (!damaged.has(target)) continue
        const offsetBytes = extents.dataOffsets.at(target)
        report(
          new ReftarError('damaged', 'its data’s checksum is wrong', { entry: nameOf(index, ordinal), offsetBytes }),
        )
        break
      }
      if (pacer.isDue) await pacer.pause()
    }
  }
  pacer.finish()
  return {
    entriesChecked: totals.entries,
    bytesChecked,
    bytesWithoutHash: totals.packRawBytes,
    faults,
    complete,
    elapsedMilliseconds: clock.now() - startedAt,
  }
}

function nameOf(index: ArchiveIndex, ordinal: number): string {
  const path = index.paths[ordinal]
  return path === undefined || path === '' ? `entry ${ordinal}` : displayName(path)
}
