/** Which dialog is open, and what it is about. */
import type { EntryRow, EntrySelection } from '../../shared/ipc/archives.ts'
import type { GivenPath } from '../../shared/ipc/settings.ts'
import type { Slice } from './store.ts'

export type DialogState =
  | { readonly kind: 'create'; readonly given: readonly GivenPath[] }
  | { readonly kind: 'extract'; readonly selection: EntrySelection }
  | { readonly kind: 'preview'; readonly row: EntryRow }
  | { readonly kind: 'settings' }
  | { readonly kind: 'about' }
  | { readonly kind: 'shortcuts' }

export interface DialogSlice {
  readonly dialog: DialogState | undefined
  /** Starts a new archive of these; adds them where the create dialog is open already. */
  readonly openCreateDialog: (given: readonly GivenPath[]) => void
  readonly openExtractDialog: (selection: EntrySelection) => void
  readonly openPreview: (row: EntryRow) => void
  readonly openDialog: (kind: 'settings' | 'about' | 'shortcuts') => void
  readonly closeDialog: () => void
}

export const createDialogSlice: Slice<DialogSlice> = (_backend, set) => ({
  dialog: undefined,
  openCreateDialog: (given) =>
    set(({ dialog }) => {
      const before = dialog?.kind === 'create' ? dialog.given : []
      const known = new Set(before.map(({ path }) => path))
      return { dialog: { kind: 'create', given: [...before, ...given.filter(({ path }) => !known.has(path))] } }
    }),
  openExtractDialog: (selection) => set({ dialog: { kind: 'extract', selection } }),
  openPreview: (row) => set({ dialog: { kind: 'preview', row } }),
  openDialog: (kind) => set({ dialog: { kind } }),
  closeDialog: () => set({ dialog: undefined }),
})
