/** The menu of what is selected in the table. */
import { Eye, FolderOpen, FolderTree, PackageOpen, Search, SquareArrowOutUpRight } from 'lucide-react'
import { useBackend } from '../../../lib/backend.ts'
import { useText } from '../../../lib/texts.tsx'
import { ContextMenu, type MenuItems } from '../../../parts/menu.tsx'
import { entrySelection } from '../../../store/selection.ts'
import { selectedRow } from '../../../store/selection-slice.ts'
import { useWindow, useWindowStore } from '../../../store/store.ts'
import { isSearching } from '../../../store/view-slice.ts'
import { useOpenRow } from '../open-row.ts'

interface RowMenuProps {
  readonly at: { readonly x: number; readonly y: number } | undefined
  readonly onClose: () => void
}

export function RowMenu({ at, onClose }: RowMenuProps) {
  const text = useText()
  const store = useWindowStore()
  const backend = useBackend()
  const openRow = useOpenRow()
  const row = useWindow(selectedRow)
  const searching = useWindow(isSearching)
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  if (archiveId === undefined) return null
  const state = store.getState()
  const isFile = row?.kind === 'file' || row?.kind === 'hardlink'

  const single: MenuItems =
    row === undefined
      ? []
      : [
          row.kind === 'directory'
            ? { id: 'open', label: text('row.open'), icon: FolderOpen, shortcut: 'Enter', run: () => openRow('open') }
            : {
                id: 'preview',
                label: text('row.preview'),
                icon: Eye,
                shortcut: 'Space',
                run: () => openRow('preview'),
              },
          ...(isFile
            ? [
                {
                  id: 'open-with',
                  label: text('row.openWith'),
                  icon: SquareArrowOutUpRight,
                  run: () => void state.attempt(() => backend.request('openEntry', archiveId, row.ordinal)),
                },
              ]
            : []),
          ...(searching
            ? [
                {
                  id: 'reveal',
                  label: text('row.reveal'),
                  icon: FolderTree,
                  run: () => void state.revealEntry(row.path),
                },
              ]
            : []),
          ...(isFile && (row.sharedBytes ?? 0) > 0
            ? [
                {
                  id: 'shares-with',
                  label: text('row.sharesWith'),
                  icon: Search,
                  run: () => state.findSharers(row),
                },
              ]
            : []),
          undefined,
        ]
  return (
    <ContextMenu
      label={text('app.more')}
      at={at}
      onClose={onClose}
      items={[
        ...single,
        {
          id: 'extract',
          label: text('row.extract'),
          icon: PackageOpen,
          shortcut: 'Ctrl+E',
          run: () => state.openExtractDialog(entrySelection(store.getState().selection)),
        },
        {
          id: 'extract-here',
          label: text('browser.extractHere'),
          run: () => void state.extractHere(entrySelection(store.getState().selection)),
        },
      ]}
    />
  )
}
