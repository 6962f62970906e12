/** What each request may be asked with: one guard for every request of the contract, or this doesn't compile. */
import type { EntryKind } from '../../shared/archive-info.ts'
import type { EntrySelection, SortColumn, ViewFilter, ViewQuery } from '../../shared/ipc/archives.ts'
import type { RequestName, Requests } from '../../shared/ipc/contract.ts'
import type { ConflictAnswer, CreateRequest, ExtractRequest, JobRequest } from '../../shared/ipc/jobs.ts'
import {
  reportFormats,
  type SharingChoice,
  type SharingExtraction,
  type SharingFileQuery,
  type SharingFreedOf,
  type SharingRoot,
  type SharingSubject,
} from '../../shared/ipc/sharing.ts'
import type { DiskMapView } from '../../shared/sharing/disk-map.ts'
import type { LanesView } from '../../shared/sharing/lanes.ts'
import { verdictKinds } from '../../shared/sharing/verdict.ts'
import { isSettingsChange } from '../settings/settings-guards.ts'
import {
  type Guard,
  isArchivePath,
  isBoolean,
  isCount,
  isEither,
  isListOf,
  isObject,
  isOneOf,
  isOptional,
  isPath,
  isTextUpTo,
  isTuple,
  isWhole,
} from './guards.ts'

/** A screenful many times over: what is asked for at once is answered at once. */
const MOST_ROWS = 10_000
const MOST_PATHS = 1_000_000
const LONGEST_SEARCH = 4096

const isSortColumn: Guard<SortColumn> = isOneOf('name', 'size', 'stored', 'shared', 'modified', 'mode', 'kind', 'path')

const isEntryKind: Guard<EntryKind> = isOneOf(
  'file',
  'directory',
  'symlink',
  'hardlink',
  'fifo',
  'character-device',
  'block-device',
)

const isViewFilter = isObject<ViewFilter>({
  kinds: isListOf(isEntryKind, 7),
  packedOnly: isBoolean,
  sharesWithOrdinal: isOptional(isCount),
})

const isViewQuery = isObject<ViewQuery>({
  archiveId: isCount,
  folder: isArchivePath,
  search: isTextUpTo(LONGEST_SEARCH),
  filter: isViewFilter,
  sort: isObject<ViewQuery['sort']>({ column: isSortColumn, descending: isBoolean }),
  foldersFirst: isBoolean,
})

const isSelection: Guard<EntrySelection> = isEither(
  isObject<Extract<EntrySelection, { kind: 'all' }>>({ kind: isOneOf('all') }),
  isEither(
    isObject<Extract<EntrySelection, { kind: 'paths' }>>({
      kind: isOneOf('paths'),
      paths: isListOf(isArchivePath, MOST_PATHS),
    }),
    isObject<Extract<EntrySelection, { kind: 'view' }>>({
      kind: isOneOf('view'),
      viewId: isCount,
      exceptPaths: isListOf(isArchivePath, MOST_PATHS),
    }),
  ),
)

const isCloneMode = isOneOf('auto', 'always', 'never')
const isFormat = isOneOf(1, 2)

const isCreateRequest = isObject<CreateRequest>({
  archivePath: isOptional(isPath),
  inputs: isListOf(isPath, MOST_PATHS),
  exclude: isListOf(isTextUpTo(LONGEST_SEARCH), 10_000),
  format: isFormat,
  deduplicate: isBoolean,
  instant: isBoolean,
  compress: isBoolean,
  clone: isCloneMode,
  oneFilesystem: isBoolean,
})

const isExtractRequest = isObject<ExtractRequest>({
  archiveId: isCount,
  selection: isSelection,
  directory: isPath,
  relativeTo: isArchivePath,
  smartFolder: isBoolean,
  onConflict: isOneOf('fail', 'skip', 'overwrite', 'rename', 'newer', 'ask'),
  clone: isCloneMode,
  verifyContents: isBoolean,
  keepDamaged: isBoolean,
})

type OfKind<Kind extends JobRequest['kind']> = Extract<JobRequest, { kind: Kind }>

const isJobRequest: Guard<JobRequest> = isEither(
  isEither(
    isObject<OfKind<'create'>>({ kind: isOneOf('create'), options: isCreateRequest }),
    isObject<OfKind<'extract'>>({ kind: isOneOf('extract'), options: isExtractRequest }),
  ),
  isEither(
    isEither(
      isObject<OfKind<'verify'>>({ kind: isOneOf('verify'), archivePath: isPath }),
      isObject<OfKind<'seal'>>({ kind: isOneOf('seal'), archivePath: isPath }),
    ),
    isObject<OfKind<'convert'>>({ kind: isOneOf('convert'), archivePath: isPath, newPath: isPath, format: isFormat }),
  ),
)

const isConflictAnswer = isObject<ConflictAnswer>({
  action: isOneOf('skip', 'overwrite', 'rename', 'newer'),
  applyToAll: isBoolean,
})

const isRole = isOneOf('source', 'archive', 'extracted', 'other')

const isSharingRoot = isObject<SharingRoot>({ path: isPath, role: isRole })

const isSharingSubject: Guard<SharingSubject> = isEither(
  isObject<Extract<SharingSubject, { kind: 'disk' }>>({
    kind: isOneOf('disk'),
    roots: isListOf(isSharingRoot, MOST_PATHS),
    extraction: isOptional(
      isObject<SharingExtraction>({
        directory: isPath,
        prefix: isPath,
        entries: isOptional(isListOf(isPath, MOST_PATHS)),
      }),
    ),
  }),
  isObject<Extract<SharingSubject, { kind: 'contents' }>>({ kind: isOneOf('contents'), archivePath: isPath }),
)

/** Larger than any screen. */
const isPixels = isWhole(0, 1 << 16)
const isScale = isWhole(1, Number.MAX_SAFE_INTEGER)

const isDiskMapView = isObject<DiskMapView>({
  widthPixels: isPixels,
  rows: isWhole(0, 10_000),
  bytesPerPixel: isScale,
  startByte: isCount,
})

const isLanesView = isObject<LanesView>({
  widthPixels: isPixels,
  bytesPerPixel: isScale,
  startByte: isCount,
  leastPixels: isPixels,
})

const isSharingChoice: Guard<SharingChoice> = isEither(
  isObject<Extract<SharingChoice, { kind: 'range' }>>({
    kind: isOneOf('range'),
    file: isCount,
    offset: isCount,
    lengthBytes: isCount,
  }),
  isObject<Extract<SharingChoice, { kind: 'used' }>>({ kind: isOneOf('used'), fromByte: isCount, toByte: isCount }),
)

const isSharingFileQuery = isObject<SharingFileQuery>({
  role: isOptional(isRole),
  folder: isCount,
  directlyInFolder: isBoolean,
  selectedOnly: isBoolean,
  show: isOneOf('all', 'sharing', 'not-sharing', 'copied', 'unchecked'),
  sharesWithFile: isOptional(isCount),
  text: isTextUpTo(LONGEST_SEARCH),
  sort: isOneOf('path', 'size', 'on-disk', 'only-here', 'shared'),
  descending: isBoolean,
})

const isSharingFreedOf: Guard<SharingFreedOf> = isEither(
  isObject<Extract<SharingFreedOf, { kind: 'listed' }>>({ kind: isOneOf('listed'), query: isSharingFileQuery }),
  isObject<Extract<SharingFreedOf, { kind: 'file' }>>({ kind: isOneOf('file'), file: isCount }),
)

const isVerdictPage = isTuple(isCount, isOptional(isOneOf(...verdictKinds)), isCount, isWhole(0, MOST_ROWS))

const none = isTuple<[]>()
const oneCount = isTuple<[number]>(isCount)

export const argumentGuards: { readonly [Name in RequestName]: Guard<Requests[Name]['args']> } = {
  start: none,
  changeSettings: isTuple(isSettingsChange),
  forgetRecent: isTuple(isPath),
  takeGiven: none,
  chooseFiles: none,
  chooseFolders: none,
  chooseArchive: none,
  chooseNewArchive: isTuple(isPath),
  suggestArchive: isTuple(isListOf(isPath, MOST_PATHS)),
  suggestTarget: oneCount,
  chooseTargetFolder: isTuple(isOptional(isPath)),
  revealPath: isTuple(isPath),
  openArchive: isTuple(isPath),
  closeArchive: oneCount,
  openView: isTuple(isViewQuery, isWhole(0, MOST_ROWS)),
  viewRows: isTuple(isCount, isCount, isWhole(0, MOST_ROWS)),
  rowOf: isTuple(isCount, isArchivePath),
  closeView: oneCount,
  treeFolders: isTuple(isCount, isArchivePath, isOptional(isArchivePath)),
  entryDetails: isTuple(isCount, isCount),
  selectionTotals: isTuple(isCount, isSelection),
  previewEntry: isTuple(isCount, isCount),
  openEntry: isTuple(isCount, isCount),
  dragEntries: isTuple(isCount, isSelection),
  planCreate: isTuple(isCreateRequest),
  planExtract: isTuple(isExtractRequest),
  dropPlan: oneCount,
  startJob: isTuple(isJobRequest),
  jobs: none,
  pauseJob: oneCount,
  resumeJob: oneCount,
  cancelJob: oneCount,
  dismissJob: oneCount,
  jobProblems: isTuple(isCount, isCount, isWhole(0, MOST_ROWS)),
  answerConflict: isTuple(isCount, isCount, isConflictAnswer),
  openSharing: isTuple(isSharingSubject),
  stopSharing: oneCount,
  closeSharing: oneCount,
  sharingDiskMap: isTuple(isCount, isDiskMapView),
  sharingLanes: isTuple(isCount, isListOf(isCount, 10_000), isLanesView),
  sharingAtDiskMap: isTuple(isCount, isDiskMapView, isPixels, isPixels),
  sharingAtLane: isTuple(isCount, isCount, isLanesView, isPixels),
  sharingFacts: isTuple(isCount, isSharingChoice),
  selectInSharing: isTuple(isCount, isCount, isSelection),
  sharingFiles: isTuple(isCount, isSharingFileQuery, isCount, isWhole(0, MOST_ROWS)),
  sharingFolders: isTuple(isCount, isCount),
  sharingGroups: isTuple(isCount, isCount, isWhole(0, MOST_ROWS)),
  sharingExtents: isTuple(isCount, isCount, isCount, isWhole(0, MOST_ROWS)),
  sharingFreed: isTuple(isCount, isSharingFreedOf),
  archiveSavings: isTuple(isCount, isCount, isSelection),
  jobVerdicts: isVerdictPage,
  sharingVerdicts: isVerdictPage,
  saveSharingReport: isTuple(isCount, isOneOf(...reportFormats)),
}
