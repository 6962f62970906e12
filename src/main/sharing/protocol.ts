/** What the main process asks of the thread that looks at sharing, and what that tells unasked. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { SizeUnits } from '../../shared/format-size.ts'
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
} from '../../shared/ipc/sharing.ts'
import type { Cells } from '../../shared/sharing/cells.ts'
import type { DiskMapPicture, DiskMapView } from '../../shared/sharing/disk-map.ts'
import type { LanesView } from '../../shared/sharing/lanes.ts'

export interface SharingCalls {
  open(sharingId: number, subject: SharingSubject): SharingState
  stop(): void
  diskMap(view: DiskMapView): DiskMapPicture
  lanes(files: readonly number[], view: LanesView): Cells
  atDiskMap(view: DiskMapView, x: number, row: number): SharingChoice | undefined
  atLane(file: number, view: LanesView, x: number): SharingChoice | undefined
  facts(choice: SharingChoice): SharingFacts
  /** Entries of the archive, for `selectedOnly` in queries; undefined is everything. */
  select(paths: readonly ByteString[] | undefined): SharingSelection
  files(query: SharingFileQuery, from: number, count: number): SharingFileRows
  folders(folder: number): readonly SharingFolderRow[]
  groups(from: number, count: number): readonly SharingGroupRow[]
  extents(file: number, from: number, count: number): readonly SharingExtentRow[]
  /** By role, in the order of columns. */
  freed(of: SharingFreedOf): readonly SharingFreed[]
  /** Of the entries with these paths and all below them; undefined is everything. */
  savings(paths: readonly ByteString[] | undefined): ArchiveSavings
  verdicts(kind: VerdictFilter, from: number, count: number): VerdictRows
  saveReport(
    format: ReportFormat,
    path: ByteString,
    language: { readonly locale: string; readonly units: SizeUnits },
  ): Promise<void>
}

export type SharingEvent = SharingState
