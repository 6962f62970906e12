/** Long after an extraction: how much of it still is the archive's blocks? Asked of the filesystem, file by file. */
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { SharingCheck } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import type { FileVerdict } from '../../../shared/sharing/verdict.ts'
import { HeldFolders } from '../compare/held-folders.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { filesystemKey } from '../sharing/filesystem-key.ts'
import { type ContentAction, planContent } from './content-plan.ts'
import { pathToMake } from './paths.ts'
import { compareRanges } from './proof-compare.ts'
import { mapRanges } from './range-map.ts'
import { selectEntries } from './selection.ts'

export interface SharingCheckOptions {
  /** Where it was extracted to. */
  readonly directory: ByteString
  readonly selection: readonly string[]
  /** As in ExtractOptions: exact entries; where given, nothing else is looked at. */
  readonly paths?: readonly ByteString[] | undefined
  readonly exclude: readonly string[]
  readonly stripComponents: number
}

type Counts = { -readonly [Name in keyof SharingCheck]: SharingCheck[Name] }

/**
 * Compares the blocks of each file with those that the archive has for it. What became of each file goes to
 * `job.verdict`; a file that is gone is counted, one that can't be looked at is a problem. Throws `cancelled`.
 */
export async function checkSharing(
  ports: Ports,
  reader: ArchiveReader,
  options: SharingCheckOptions,
  job: JobContext,
): Promise<SharingCheck> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const counts: Counts = {
    files: 0,
    missing: 0,
    withArchiveBytes: 0,
    notSharedBytes: 0,
    uncheckedBytes: 0,
    packedBytes: 0,
    problems: 0,
    elapsedMilliseconds: 0,
  }
  const root = ports.files.openDirectoryPath(options.directory)
  const folders = new HeldFolders(ports.files, root)
  let current: ByteString | undefined
  let bytesDone = 0
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'prove',
    bytesDone,
    bytesTotal: undefined,
    filesDone: counts.files,
    filesTotal: undefined,
    current: current === undefined ? undefined : displayName(current),
  }))
  try {
    for (const entry of selectEntries(reader, options.selection, options.exclude, options.paths).entries()) {
      if (entry.kind !== 'file') continue
      current = entry.path
      bytesDone += entry.sizeBytes
      try {
        const path = pathToMake(entry.path, options.stripComponents)
        if (path !== undefined) checkFile(ports, reader, folders, entry, path, counts, job)
      } catch (error) {
        if (!(error instanceof ReftarError)) throw error
        if (isMissing(error)) counts.missing++
        else {
          counts.problems++
          job.problem(errorData(withContext(error, { entry: displayName(entry.path) })))
        }
      }
      if (pacer.isDue) await pacer.pause()
    }
  } finally {
    folders.close()
    closeQuietly(ports.files, root)
  }
  pacer.finish()
  return { ...counts, elapsedMilliseconds: ports.clock.now() - startedAt }
}

function isMissing({ code }: ReftarError): boolean {
  return code === 'not-found' || code === 'not-a-directory' || code === 'symbolic-link'
}

function checkFile(
  ports: Ports,
  reader: ArchiveReader,
  folders: HeldFolders,
  entry: Entry,
  path: ByteString,
  counts: Counts,
  job: JobContext,
): void {
  const handle = ports.files.openFile(folders.open(parentPath(path)), baseName(path))
  try {
    if (ports.files.status(handle).kind !== 'file') {
      counts.missing++
      return
    }
    const verdict = verdictOf(ports, reader, handle, entry, path)
    counts.files++
    counts.withArchiveBytes += verdict.withArchiveBytes
    counts.notSharedBytes += verdict.notSharedBytes
    counts.uncheckedBytes += verdict.uncheckedBytes
    if (verdict.copyReason === 'different-filesystem') counts.notSharedBytes += verdict.copiedBytes
    else counts.packedBytes += verdict.copiedBytes
    job.verdict?.(verdict)
  } finally {
    closeQuietly(ports.files, handle)
  }
}

type Clone = Extract<ContentAction, { kind: 'clone' }>

function verdictOf(ports: Ports, reader: ArchiveReader, handle: Handle, entry: Entry, path: ByteString): FileVerdict {
  const info = ports.files.filesystemInfo(handle)
  const isSameFilesystem = filesystemKey(info) === filesystemKey(ports.files.filesystemInfo(reader.handle))
  const actions = [...planContent(entry.segments, Math.max(512, info.blockSizeBytes))]
  const clones = actions.filter((action): action is Clone => action.kind === 'clone')
  const lengthOf = (kinds: readonly ContentAction['kind'][]): number =>
    actions.reduce((sum, { kind, lengthBytes }) => (kinds.includes(kind) ? sum + lengthBytes : sum), 0)
  const verdict = {
    path: displayName(path),
    sizeBytes: entry.sizeBytes,
    withArchiveBytes: 0,
    withFilesBytes: 0,
    copiedBytes: lengthOf(['pack', 'copy']),
    copyReason: undefined,
    holeBytes: lengthOf(['hole', 'zero']),
    uncheckedBytes: 0,
    notSharedBytes: 0,
  }
  const base = verdict.copiedBytes > 0 ? { ...verdict, copyReason: 'packed' as const } : verdict
  if (clones.length === 0) return base
  // Addresses of different filesystems say nothing about each other.
  if (!isSameFilesystem)
    return { ...base, copiedBytes: lengthOf(['pack', 'copy', 'clone']), copyReason: 'different-filesystem' }
  const map = mapRanges(
    ports.extentMap,
    handle,
    clones.map(({ fileOffset, lengthBytes }) => ({ offset: fileOffset, lengthBytes })),
    true,
  )
  const archiveMap = mapRanges(
    ports.extentMap,
    reader.handle,
    clones.map(({ archiveOffset, lengthBytes }) => ({ offset: archiveOffset, lengthBytes })),
    true,
  )
  const found = { withArchiveBytes: 0, notSharedBytes: 0, uncheckedBytes: 0 }
  for (const { fileOffset, archiveOffset, lengthBytes } of clones) {
    const compared = compareRanges(map, fileOffset, archiveMap, archiveOffset, lengthBytes)
    found.withArchiveBytes += compared.sharedBytes
    found.notSharedBytes += compared.elsewhereBytes
    found.uncheckedBytes += compared.uncheckedBytes
  }
  return { ...base, ...found }
}
