/** The thread behind one look at sharing: it looks, keeps the newest map, and answers what the window draws and asks. */
import { parentPort } from 'node:worker_threads'
import { createPorts } from '../../../native/index.ts'
import type { ArchiveInfo } from '../../shared/archive-info.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import { errorData, ReftarError } from '../../shared/errors.ts'
import type { SharingFileQuery, SharingState, SharingSubject } from '../../shared/ipc/sharing.ts'
import type { JobContext } from '../../shared/progress.ts'
import { classCount } from '../../shared/sharing/block-class.ts'
import { diskMapPicture } from '../../shared/sharing/disk-map.ts'
import { laneColumns, lanesPicture } from '../../shared/sharing/lanes.ts'
import { intervalColumns, PictureIndex } from '../../shared/sharing/picture-index.ts'
import { savingsOf } from '../../shared/sharing/savings.ts'
import { type FreedBytes, freedBytes } from '../../shared/sharing/sharers.ts'
import { fileRoles, pathOfFile, rangeMarks, type SharingMap } from '../../shared/sharing/sharing-map.ts'
import { serveCalls } from '../workers/calls.ts'
import { extentRows } from './extent-rows.ts'
import { choiceAtDiskMap, choiceAtLane, factsOf } from './facts.ts'
import { fileRow, filesBelow, listFiles, uncheckedBelow } from './file-list.ts'
import { freedByRole } from './freed.ts'
import { neverSharing } from './never-sharing.ts'
import type { SharingCalls, SharingEvent } from './protocol.ts'
import { onlySelected, selectedFiles } from './selected-files.ts'
import { checkExtraction, lookAtContents, lookAtDisk } from './subjects.ts'
import { VerdictList } from './verdict-list.ts'

const mostGroups = 1000
const mostProblems = 100
const mostFilesOfGroupRow = 20

const controller = new AbortController()
let index: PictureIndex | undefined
let state: SharingState
/** Of an archive whose contents are looked at. */
let archiveInfo: ArchiveInfo | undefined
const verdicts = new VerdictList()
let subject: SharingSubject
/** Entries selected in the window; undefined is all of them. */
let selection: readonly ByteString[] | undefined
let selected: { readonly version: number; readonly isSelected: (file: number) => boolean } | undefined
let listed: { readonly key: string; readonly files: Uint32Array } | undefined

function known(): PictureIndex {
  if (index === undefined) throw new ReftarError('try-again', 'there is nothing to show yet')
  return index
}

function change(part: Partial<SharingState>): void {
  state = { ...state, ...part }
  announce(state)
}

function show(map: SharingMap): void {
  const found = new PictureIndex(map)
  index = found
  const bytesByClass = new Float64Array(intervalColumns)
  found.sumsAtUsed(found.usedBytes, bytesByClass)
  change({
    version: state.version + 1,
    complete: map.complete,
    filesDone: map.totals.files,
    totals: map.totals,
    usedBytes: found.usedBytes,
    bytesByClass: Array.from(bytesByClass.subarray(0, classCount)),
    filesystems: map.filesystems,
    neverSharing: neverSharing(map),
    hasCopied: map.extents.marks.includes(rangeMarks.copied),
    freed: undefined,
    roles: laneColumns(map).map(({ role, files }) => ({
      role,
      files: files.length,
      longestFileBytes: longestLane(found, files),
      freed: undefined,
    })),
  })
}

/** What deleting would free is linear in all extents: told when everything else has been. */
function tellFreed(): void {
  if (index?.map.complete !== true) return
  const found = index
  const freed = laneColumns(found.map).map(({ files }) => freedByRole(found, files)[0]?.freed)
  const ofAll = (): FreedBytes | undefined => (freed.length === 1 ? freed[0] : freedBytes(found, () => true))
  change({
    freed: subject.kind === 'disk' ? ofAll() : undefined,
    roles: state.roles.map((role, at) => ({ ...role, freed: freed[at] })),
  })
}

function longestLane(found: PictureIndex, files: Uint32Array): number {
  return files.reduce((longest, file) => Math.max(longest, found.laneEnd(file)), 0)
}

const job: JobContext = {
  signal: controller.signal,
  progress: ({ filesDone, current }) => change({ filesDone, current }),
  problem(problem) {
    const { problems, problemCount } = state
    state = {
      ...state,
      problemCount: problemCount + 1,
      problems: problems.length < mostProblems ? [...problems, problem] : problems,
    }
  },
}

async function look(): Promise<void> {
  const ports = createPorts()
  try {
    if (subject.kind === 'contents') {
      const found = await lookAtContents(ports, subject.archivePath, mostGroups, job)
      archiveInfo = found.info
      show(found.map)
    } else {
      show(await lookAtDisk(ports, subject, { limitGroups: mostGroups, partial: show }, job))
      const { extraction } = subject
      if (extraction !== undefined)
        change({
          check: await checkExtraction(ports, subject, extraction, {
            ...job,
            verdict: (verdict) => verdicts.add(verdict),
          }),
        })
    }
  } catch (error) {
    // What was found until it was stopped stays, and says that it isn't all.
    if (!controller.signal.aborted) change({ error: errorData(error) })
  }
  change({ isLooking: false, current: undefined })
  tellFreed()
}

function filesOf(query: SharingFileQuery): Uint32Array {
  const key = `${state.version} ${JSON.stringify(query)}`
  if (listed?.key !== key) listed = { key, files: listFiles(known(), query, selectedNow()) }
  return listed.files
}

function selectedNow(): (file: number) => boolean {
  const { version } = state
  if (selected?.version !== version) {
    const isSelected = selection === undefined ? () => true : selectedFiles(subject, known().map, selection)
    selected = { version, isSelected }
  }
  return selected.isSelected
}

const calls: SharingCalls = {
  open(sharingId, lookedAt) {
    subject = lookedAt
    state = {
      sharingId,
      version: 0,
      isLooking: true,
      complete: false,
      filesDone: 0,
      current: undefined,
      totals: undefined,
      usedBytes: 0,
      bytesByClass: [],
      filesystems: [],
      neverSharing: [],
      check: undefined,
      hasCopied: false,
      freed: undefined,
      roles: [],
      problems: [],
      problemCount: 0,
      error: undefined,
    }
    // After the answer, so that no state comes before it.
    setImmediate(() => void look())
    return state
  },
  stop: () => controller.abort(),
  diskMap: (view) => diskMapPicture(known(), view),
  lanes: (files, view) => lanesPicture(known(), files, view),
  atDiskMap: (view, x, row) => choiceAtDiskMap(known(), view, x, row),
  atLane: (file, view, x) => choiceAtLane(known(), file, view, x),
  facts: (choice) => factsOf(known(), state.version, choice),
  select(paths) {
    const { map } = known()
    selection = paths
    selected = undefined
    listed = undefined
    return { version: state.version, only: onlySelected(subject, map, selectedNow()) }
  },
  files(query, from, count) {
    const found = known()
    const files = filesOf(query)
    const rows = Array.from(files.subarray(from, from + count), (file) => fileRow(found, file))
    return { version: state.version, rowCount: files.length, rows }
  },
  folders(parent) {
    const { map } = known()
    const { folders } = map
    return Array.from(folders.parents.keys())
      .filter((folder) => folder > 0 && folders.parents[folder] === parent)
      .map((folder) => ({
        folder,
        name: folders.names[folder] ?? '',
        files: folders.files[folder] ?? 0,
        sizeBytes: folders.sizeBytes[folder] ?? 0,
        onDiskBytes: folders.onDiskBytes[folder] ?? 0,
        onlyHereBytes: folders.onlyHereBytes[folder] ?? 0,
        certainBytes: folders.certainBytes[folder] ?? 0,
        uncheckedBytes: uncheckedBelow(map, folder),
        // Folders are in depth-first order: the first one in a folder follows it.
        hasFolders: folder + 1 < folders.parents.length && folders.parents[folder + 1] === folder,
      }))
  },
  groups(from, count) {
    const { map } = known()
    return map.groups.slice(from, from + count).map(({ bytes, fileCount, files }) => ({
      bytes,
      fileCount,
      withArchive: files.some((file) => map.files.roles[file] === fileRoles.indexOf('archive')),
      files: Array.from(files.subarray(0, mostFilesOfGroupRow), (file) => ({ file, path: pathOfFile(map, file) })),
    }))
  },
  extents: (file, from, count) => extentRows(known(), file, from, count),
  freed: (of) => freedByRole(known(), of.kind === 'file' ? Uint32Array.of(of.file) : filesOf(of.query)),
  savings(paths) {
    const found = known()
    if (archiveInfo === undefined) throw new ReftarError('internal', 'no archive’s contents were looked at')
    const chosen = paths === undefined ? undefined : filesBelow(found.map, paths)
    return {
      savings: savingsOf(found, { totals: archiveInfo.totals }, chosen),
      freed: freedBytes(found, chosen ?? (() => true)),
    }
  },
  verdicts: (kind, from, count) => verdicts.rows(kind, from, count),
  async saveReport(format, path, language) {
    // Brings all texts, which looking doesn't wait for.
    const { writeReport } = await import('./report.ts')
    writeReport(known(), format, path, language, subject, state)
  },
}

if (parentPort === null) throw new Error('This runs in a worker thread.')
const announce = serveCalls<SharingCalls, SharingEvent>(parentPort, calls)
