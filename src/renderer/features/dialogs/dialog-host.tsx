/** Shows the dialog that is open, and over it the question of a job that has one. */
import { useWindow } from '../../store/store.ts'
import { ConflictHost } from '../conflict/conflict-host.tsx'
import { ConvertDialog } from '../convert/convert-dialog.tsx'
import { CreateDialog } from '../create/create-dialog.tsx'
import { ExtractDialog } from '../extract/extract-dialog.tsx'
import { PreviewDialog } from '../preview/preview-dialog.tsx'
import { SettingsDialog } from '../settings/settings-dialog.tsx'
import { AboutDialog } from './about-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

export function DialogHost() {
  return (
    <>
      <OpenDialog />
      <ConflictHost />
    </>
  )
}

function OpenDialog() {
  const dialog = useWindow((state) => state.dialog)
  const archive = useWindow((state) => state.archive)
  switch (dialog?.kind) {
    case 'create':
      return <CreateDialog draft={dialog.draft} />
    case 'extract':
      return archive === undefined ? null : <ExtractDialog archive={archive} selection={dialog.selection} />
    case 'preview':
      return archive === undefined ? null : <PreviewDialog archive={archive} row={dialog.row} />
    case 'convert':
      return archive === undefined ? null : <ConvertDialog archive={archive} />
    case 'settings':
      return <SettingsDialog />
    case 'about':
      return <AboutDialog />
    case 'shortcuts':
      return <ShortcutsDialog />
    default:
      return null
  }
}
