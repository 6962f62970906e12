/** What the main process asks of the worker behind an open archive, and what that tells unasked. */
import type { ArchiveInfo } from '../../shared/archive-info.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type {
  EntryDetails,
  EntrySelection,
  Preview,
  SelectionTotals,
  TreePage,
  ViewQuery,
  ViewRows,
  ViewState,
} from '../../shared/ipc/archives.ts'

/** View ids are given by the main process, so that they are unique over all archives. */
export interface ArchiveCalls {
  open(path: ByteString): ArchiveInfo
  /** Gives the file back: ending the thread alone would leave it open. */
  close(): void
  /** Answers with the first rows. */
  openView(viewId: number, query: ViewQuery, count: number): Promise<ViewRows>
  viewRows(viewId: number, from: number, count: number): ViewRows
  rowOf(viewId: number, path: ByteString): number | undefined
  closeView(viewId: number): void
  treeFolders(folder: ByteString, after: ByteString | undefined): Promise<TreePage>
  entryDetails(ordinal: number): EntryDetails
  selectionTotals(selection: EntrySelection): SelectionTotals | Promise<SelectionTotals>
  previewEntry(ordinal: number): Promise<Preview>
  /** The chosen entries without those that lie below another chosen one; undefined is everything. */
  selectedPaths(selection: EntrySelection): readonly ByteString[] | undefined
  /** See private-extraction.ts. */
  extractPrivately(selection: EntrySelection, directory: ByteString): Promise<readonly ByteString[]>
  extractForOpening(ordinal: number, directory: ByteString): Promise<ByteString>
}

export type ArchiveEvent = ViewState
