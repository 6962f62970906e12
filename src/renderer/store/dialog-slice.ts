/** Which dialog is open, and what it is about. */
import type { EntryRow, EntrySelection } from '../../shared/ipc/archives.ts'
import type { GivenPath } from '../../shared/ipc/settings.ts'
import { addInputs, type CreateDraft, newDraft } from '../features/create/draft.ts'
import { selectedRow } from './selection-slice.ts'
import type { Slice } from './store.ts'

type DialogState =
  | { readonly kind: 'create'; readonly draft: CreateDraft }
  | { readonly kind: 'extract'; readonly selection: EntrySelection }
  | { readonly kind: 'preview'; readonly row: EntryRow }
  | { readonly kind: 'convert' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'about' }
  | { readonly kind: 'shortcuts' }

/** Whether a dialog is about the open archive: it has nothing to say about another one. */
export function isAboutArchive(dialog: DialogState | undefined): boolean {
  return dialog?.kind === 'extract' || dialog?.kind === 'preview' || dialog?.kind === 'convert'
}

export interface DialogSlice {
  readonly dialog: DialogState | undefined
  /** Starts a new archive of these; adds them where the create dialog is open already. */
  readonly openCreateDialog: (given: readonly GivenPath[]) => void
  /** Changes the choices of the create dialog, where it is open. */
  readonly changeCreateDraft: (change: (draft: CreateDraft) => CreateDraft) => void
  readonly openExtractDialog: (selection: EntrySelection) => void
  readonly openPreview: (row: EntryRow) => void
  /** Goes to the next or the previous entry of the list, and shows it. */
  readonly stepPreview: (by: 1 | -1) => Promise<void>
  readonly openDialog: (kind: 'convert' | 'settings' | 'about' | 'shortcuts') => void
  readonly closeDialog: () => void
}

export const createDialogSlice: Slice<DialogSlice> = (_backend, set, get) => ({
  dialog: undefined,
  openCreateDialog: (given) =>
    set(({ dialog, settings }) => ({
      dialog: {
        kind: 'create',
        draft: addInputs(dialog?.kind === 'create' ? dialog.draft : newDraft(settings.create), given),
      },
    })),
  changeCreateDraft: (change) =>
    set(({ dialog }) => (dialog?.kind === 'create' ? { dialog: { kind: 'create', draft: change(dialog.draft) } } : {})),
  openExtractDialog: (selection) => set({ dialog: { kind: 'extract', selection } }),
  openPreview: (row) => set({ dialog: { kind: 'preview', row } }),
  async stepPreview(by) {
    const { cursor, moveCursor } = get()
    if (cursor === undefined) return
    await moveCursor(cursor.index + by)
    const row = selectedRow(get())
    if (row !== undefined && get().dialog?.kind === 'preview') get().openPreview(row)
  },
  openDialog: (kind) => set({ dialog: { kind } }),
  closeDialog: () => set({ dialog: undefined }),
})
