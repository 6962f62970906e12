/** What can be looked at: files on disk with what is known of them, or what an archive holds. */
import type { ArchiveInfo } from '../../shared/archive-info.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type { SharingExtraction, SharingSubject } from '../../shared/ipc/sharing.ts'
import type { SharingCheck } from '../../shared/jobs.ts'
import type { JobContext } from '../../shared/progress.ts'
import type { SharingMap } from '../../shared/sharing/sharing-map.ts'
import {
  type ArchiveReader,
  analyseSharing,
  archiveMarks,
  checkSharing,
  extractedMarks,
  mapArchiveContents,
  openArchive,
  type Ports,
  type SharingInput,
} from '../engine/index.ts'

type DiskSubject = Extract<SharingSubject, { kind: 'disk' }>

/**
 * Looks at files on disk. Of an archive among them it is known which bytes are packs, and of what was extracted from it,
 * which bytes could have been cloned. Throws `cancelled`, and what opening the archive does.
 */
export async function lookAtDisk(
  ports: Ports,
  { roots, extraction }: DiskSubject,
  options: Parameters<typeof analyseSharing>[2],
  job: JobContext,
): Promise<SharingMap> {
  const archive = roots.find(({ role }) => role === 'archive')
  const reader = archive === undefined ? undefined : openArchive(ports, archive.path)
  try {
    const packed = reader === undefined ? [] : await archiveMarks(ports, reader, job)
    const ofExtracted =
      reader === undefined || extraction === undefined
        ? {}
        : { marksOf: extractedMarks(ports, reader, (path) => entryPath(path, extraction)) }
    const inputs = roots.map(({ path, role }): SharingInput => {
      if (role === 'archive') return { path, role, marksOf: () => packed }
      return { path, role, ...(role === 'extracted' ? ofExtracted : {}) }
    })
    return (await analyseSharing(ports, inputs, options, job)).map
  } finally {
    reader?.close()
  }
}

/** Compares what was extracted with the archive among the roots; verdicts go to the job. */
export async function checkExtraction(
  ports: Ports,
  { roots }: DiskSubject,
  { directory, prefix, entries }: SharingExtraction,
  job: JobContext,
): Promise<SharingCheck | undefined> {
  const archive = roots.find(({ role }) => role === 'archive')
  if (archive === undefined) return undefined
  const reader = openArchive(ports, archive.path)
  try {
    const stripComponents = prefix === '' ? 0 : prefix.split('/').length
    return await checkSharing(
      ports,
      reader,
      { directory, selection: [], paths: entries, exclude: [], stripComponents },
      job,
    )
  } finally {
    reader.close()
  }
}

/** Which entry a file on disk was; undefined outside of the folder that was extracted to. */
function entryPath(path: ByteString, { directory, prefix }: SharingExtraction): ByteString | undefined {
  const start = directory.endsWith('/') ? directory : `${directory}/`
  if (!path.startsWith(start)) return undefined
  const rest = path.slice(start.length)
  return (prefix === '' ? rest : `${prefix}/${rest}`) as ByteString
}

/** Looks at what an archive holds. Throws `cancelled`, and what opening and reading the archive does. */
export async function lookAtContents(
  ports: Ports,
  archivePath: ByteString,
  limitGroups: number,
  job: JobContext,
): Promise<{ readonly map: SharingMap; readonly info: ArchiveInfo }> {
  const reader: ArchiveReader = openArchive(ports, archivePath)
  try {
    return { map: await mapArchiveContents(ports.clock, reader, limitGroups, job), info: reader.info }
  } finally {
    reader.close()
  }
}
