/** Shows the dialog that is open. */
import { useWindow } from '../../store/store.ts'
import { AboutDialog } from './about-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

export function DialogHost() {
  const dialog = useWindow((state) => state.dialog)
  switch (dialog?.kind) {
    case 'about':
      return <AboutDialog />
    case 'shortcuts':
      return <ShortcutsDialog />
    default:
      return null
  }
}
