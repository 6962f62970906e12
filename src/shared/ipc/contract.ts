/**
 * The contract between the main process and its windows: main, preload and renderer derive their types from here.
 * Answers cross as data, errors too (`Answer`); paths are byte strings. Main accepts only paths that the user gave:
 * by dialog, drop, command line or recent list, and what lies below them.
 */
import type { ByteString } from '../byte-string.ts'
import type { ErrorData } from '../errors.ts'
import type { Cells } from '../sharing/cells.ts'
import type { DiskMapPicture, DiskMapView } from '../sharing/disk-map.ts'
import type { LanesView } from '../sharing/lanes.ts'
import type {
  EntryDetails,
  EntrySelection,
  OpenArchive,
  Preview,
  SelectionTotals,
  TreePage,
  ViewQuery,
  ViewRows,
  ViewState,
} from './archives.ts'
import type { ConflictAnswer, CreateRequest, ExtractRequest, JobRequest, JobState, JobsChange } from './jobs.ts'
import type { CreatePlan, ExtractPlan, PlanState } from './plans.ts'
import type { GivenPath, RecentArchive, Settings, WindowCommand } from './settings.ts'
import type {
  ArchiveSavings,
  ReportFormat,
  SharingChoice,
  SharingExtentRow,
  SharingFacts,
  SharingFileQuery,
  SharingFileRows,
  SharingFolderRow,
  SharingFreed,
  SharingFreedOf,
  SharingGroupRow,
  SharingSelection,
  SharingState,
  SharingSubject,
  VerdictFilter,
  VerdictRows,
} from './sharing.ts'

interface ProductInfo {
  readonly name: string
  readonly version: string
  /** The system's language as BCP 47. */
  readonly locale: string
  readonly homeDirectory: ByteString
}

/** What main says when the window opens: all that the first picture needs. */
export interface WindowStart {
  readonly product: ProductInfo
  readonly settings: Settings
  readonly recents: readonly RecentArchive[]
}

interface Request<Args extends readonly unknown[], Result> {
  readonly args: Args
  readonly result: Result
}

/** Each request with its arguments and its result. */
export interface Requests {
  start: Request<[], WindowStart>
  changeSettings: Request<[Partial<Settings>], Settings>

  forgetRecent: Request<[ByteString], readonly RecentArchive[]>
  /** What was named on the command line and not yet taken; later ones come as the event `given`. */
  takeGiven: Request<[], readonly GivenPath[]>

  chooseFiles: Request<[], readonly GivenPath[]>
  chooseFolders: Request<[], readonly GivenPath[]>
  chooseArchive: Request<[], ByteString | undefined>
  /** A save dialog; asks before an existing file is replaced. */
  chooseNewArchive: Request<[suggested: ByteString], ByteString | undefined>
  /**
   * A name for a new archive of these inputs that nothing has yet, beside the first: the input's own name, for several
   * their common folder's. Main accepts it as if the user had chosen it.
   */
  suggestArchive: Request<[inputs: readonly ByteString[]], ByteString>
  /** Where to extract: the folder chosen last if it still exists, else the archive's. Main accepts both as chosen. */
  suggestTarget: Request<[archiveId: number], ByteString>
  /** An open dialog for a folder, with a button to make one. */
  chooseTargetFolder: Request<[startingAt: ByteString | undefined], ByteString | undefined>
  revealPath: Request<[ByteString], void>

  openArchive: Request<[ByteString], OpenArchive>
  closeArchive: Request<[archiveId: number], void>
  /** Answers with the first rows, `count` at most. */
  openView: Request<[ViewQuery, count: number], ViewRows>
  viewRows: Request<[viewId: number, from: number, count: number], ViewRows>
  /** The row of an entry in a view, for keeping the cursor when the order changes. */
  rowOf: Request<[viewId: number, path: ByteString], number | undefined>
  closeView: Request<[viewId: number], void>
  treeFolders: Request<[archiveId: number, folder: ByteString, after: ByteString | undefined], TreePage>
  entryDetails: Request<[archiveId: number, ordinal: number], EntryDetails>
  selectionTotals: Request<[archiveId: number, EntrySelection], SelectionTotals>
  previewEntry: Request<[archiveId: number, ordinal: number], Preview>
  /** Opens a private temporary clone with the system's program. */
  openEntry: Request<[archiveId: number, ordinal: number], void>
  /** Begins dragging private temporary clones out of the window. */
  dragEntries: Request<[archiveId: number, EntrySelection], void>

  /** Begins to look; what is found comes as the event `sharingChanged`. */
  openSharing: Request<[SharingSubject], SharingState>
  /** Stops looking where it still does, and keeps what was found. */
  stopSharing: Request<[sharingId: number], void>
  closeSharing: Request<[sharingId: number], void>
  sharingDiskMap: Request<[sharingId: number, DiskMapView], DiskMapPicture>
  sharingLanes: Request<[sharingId: number, files: readonly number[], LanesView], Cells>
  /** What lies at a pixel: of the disk map, or of a file's lane. */
  sharingAtDiskMap: Request<[sharingId: number, DiskMapView, x: number, row: number], SharingChoice | undefined>
  sharingAtLane: Request<[sharingId: number, file: number, LanesView, x: number], SharingChoice | undefined>
  sharingFacts: Request<[sharingId: number, SharingChoice], SharingFacts>
  /** Names entries of the archive that is looked at, for `selectedOnly` in the queries that follow. */
  selectInSharing: Request<[sharingId: number, archiveId: number, EntrySelection], SharingSelection>
  sharingFiles: Request<[sharingId: number, SharingFileQuery, from: number, count: number], SharingFileRows>
  /** The folders in a folder. */
  sharingFolders: Request<[sharingId: number, folder: number], readonly SharingFolderRow[]>
  sharingGroups: Request<[sharingId: number, from: number, count: number], readonly SharingGroupRow[]>
  sharingExtents: Request<[sharingId: number, file: number, from: number, count: number], readonly SharingExtentRow[]>
  /** What deleting would free: files by number, or a folder with all below it. */
  sharingFreed: Request<[sharingId: number, SharingFreedOf], readonly SharingFreed[]>
  /** What an archive saves with these of its entries, and what leaving them out of it would free. */
  archiveSavings: Request<[sharingId: number, archiveId: number, EntrySelection], ArchiveSavings>
  /** What became of each file of an extraction: as it ended, or as the look that was opened for it finds it now. */
  jobVerdicts: Request<[jobId: number, VerdictFilter, from: number, count: number], VerdictRows>
  sharingVerdicts: Request<[sharingId: number, VerdictFilter, from: number, count: number], VerdictRows>
  /** Asks where to with a save dialog, and writes the report there; undefined when the user thought better of it. */
  saveSharingReport: Request<[sharingId: number, ReportFormat], ByteString | undefined>

  planCreate: Request<[CreateRequest], { readonly planId: number }>
  planExtract: Request<[ExtractRequest], { readonly planId: number }>
  dropPlan: Request<[planId: number], void>

  startJob: Request<[JobRequest], { readonly jobId: number }>
  jobs: Request<[], readonly JobState[]>
  pauseJob: Request<[jobId: number], void>
  resumeJob: Request<[jobId: number], void>
  cancelJob: Request<[jobId: number], void>
  /** Takes an ended job off the list. */
  dismissJob: Request<[jobId: number], void>
  jobProblems: Request<[jobId: number, from: number, count: number], readonly ErrorData[]>
  answerConflict: Request<[jobId: number, conflictId: number, ConflictAnswer], void>
}

/** What main tells the window unasked. */
export interface Events {
  given: readonly GivenPath[]
  command: WindowCommand
  settingsChanged: Settings
  recentChanged: readonly RecentArchive[]
  viewChanged: ViewState
  /** The worker behind an archive ended, with the reason; it must be opened again. */
  archiveLost: { readonly archiveId: number; readonly error: ErrorData }
  createPlan: PlanState<CreatePlan>
  extractPlan: PlanState<ExtractPlan>
  jobsChanged: JobsChange
  sharingChanged: SharingState
}

export type RequestName = keyof Requests
export type EventName = keyof Events

/** Errors cross as data. */
export type Answer<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: ErrorData }

export const requestChannels = {
  start: 'app:start',
  changeSettings: 'app:change-settings',
  forgetRecent: 'app:forget-recent',
  takeGiven: 'app:take-given',
  chooseFiles: 'paths:choose-files',
  chooseFolders: 'paths:choose-folders',
  chooseArchive: 'paths:choose-archive',
  chooseNewArchive: 'paths:choose-new-archive',
  suggestArchive: 'paths:suggest-archive',
  suggestTarget: 'paths:suggest-target',
  chooseTargetFolder: 'paths:choose-target-folder',
  revealPath: 'paths:reveal',
  openArchive: 'archive:open',
  closeArchive: 'archive:close',
  openView: 'archive:open-view',
  viewRows: 'archive:view-rows',
  rowOf: 'archive:row-of',
  closeView: 'archive:close-view',
  treeFolders: 'archive:tree-folders',
  entryDetails: 'archive:entry-details',
  selectionTotals: 'archive:selection-totals',
  previewEntry: 'archive:preview-entry',
  openEntry: 'archive:open-entry',
  dragEntries: 'archive:drag-entries',
  openSharing: 'sharing:open',
  stopSharing: 'sharing:stop',
  closeSharing: 'sharing:close',
  sharingDiskMap: 'sharing:disk-map',
  sharingLanes: 'sharing:lanes',
  sharingAtDiskMap: 'sharing:at-disk-map',
  sharingAtLane: 'sharing:at-lane',
  sharingFacts: 'sharing:facts',
  selectInSharing: 'sharing:select',
  sharingFiles: 'sharing:files',
  sharingFolders: 'sharing:folders',
  sharingGroups: 'sharing:groups',
  sharingExtents: 'sharing:extents',
  sharingFreed: 'sharing:freed',
  archiveSavings: 'sharing:archive-savings',
  jobVerdicts: 'job:verdicts',
  sharingVerdicts: 'sharing:verdicts',
  saveSharingReport: 'sharing:save-report',
  planCreate: 'plan:create',
  planExtract: 'plan:extract',
  dropPlan: 'plan:drop',
  startJob: 'job:start',
  jobs: 'job:list',
  pauseJob: 'job:pause',
  resumeJob: 'job:resume',
  cancelJob: 'job:cancel',
  dismissJob: 'job:dismiss',
  jobProblems: 'job:problems',
  answerConflict: 'job:answer-conflict',
} as const satisfies Record<RequestName, string>

export const eventChannels = {
  given: 'event:given',
  command: 'event:command',
  settingsChanged: 'event:settings-changed',
  recentChanged: 'event:recent-changed',
  viewChanged: 'event:view-changed',
  archiveLost: 'event:archive-lost',
  createPlan: 'event:create-plan',
  extractPlan: 'event:extract-plan',
  jobsChanged: 'event:jobs-changed',
  sharingChanged: 'event:sharing-changed',
} as const satisfies Record<EventName, string>

/** Sent by the preload alone, which takes the paths from the dropped `File` objects; the page can't name paths with it. */
export const droppedChannel = 'paths:dropped'

/** What the preload exposes as `window.reftar`; `DroppedFile` is the DOM's `File`, which this folder doesn't know. */
export interface Api<DroppedFile> {
  readonly request: <Name extends RequestName>(
    name: Name,
    ...args: Requests[Name]['args']
  ) => Promise<Answer<Requests[Name]['result']>>
  /** The answer to `start`, which was asked for before the page began. */
  readonly start: () => Promise<Answer<WindowStart>>
  /** Calls back for each event until the returned function is called. */
  readonly on: <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void) => () => void
  /** What was dropped on the window, looked at by main. Things without a path on disk are left out. */
  readonly dropped: (files: readonly DroppedFile[]) => Promise<Answer<readonly GivenPath[]>>
}
