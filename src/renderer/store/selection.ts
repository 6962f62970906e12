/** What is selected in the list: single entries, or all rows of a view but some, so that a million are selected at once. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { EntrySelection } from '../../shared/ipc/archives.ts'

export type Selection =
  | { readonly kind: 'paths'; readonly paths: ReadonlySet<ByteString> }
  | { readonly kind: 'view'; readonly viewId: number; readonly except: ReadonlySet<ByteString> }

export const nothingSelected: Selection = { kind: 'paths', paths: new Set() }

export function selectPaths(paths: Iterable<ByteString>): Selection {
  return { kind: 'paths', paths: new Set(paths) }
}

export function isSelected(selection: Selection, path: ByteString): boolean {
  return selection.kind === 'paths' ? selection.paths.has(path) : !selection.except.has(path)
}

/** The selection with one entry added, or taken out if it was in. */
export function toggle(selection: Selection, path: ByteString): Selection {
  const set = new Set(selection.kind === 'paths' ? selection.paths : selection.except)
  if (!set.delete(path)) set.add(path)
  return selection.kind === 'paths' ? { ...selection, paths: set } : { ...selection, except: set }
}

/** How many rows are selected; `rowCount` is that of the view. */
export function selectedCount(selection: Selection, rowCount: number): number {
  return selection.kind === 'paths' ? selection.paths.size : Math.max(0, rowCount - selection.except.size)
}

/** As main takes it; everything where nothing is selected. */
export function entrySelection(selection: Selection): EntrySelection {
  if (selection.kind === 'view') return { kind: 'view', viewId: selection.viewId, exceptPaths: [...selection.except] }
  return selection.paths.size === 0 ? { kind: 'all' } : { kind: 'paths', paths: [...selection.paths] }
}
