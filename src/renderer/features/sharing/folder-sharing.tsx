/** Who shares blocks in a folder, outside of any archive. */
import { ArrowLeft } from 'lucide-react'
import { shortenHome } from '../../lib/paths.ts'
import { useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import { useWindow } from '../../store/store.ts'

export function FolderSharing() {
  const text = useText()
  const folder = useWindow((state) => state.sharingFolder)
  const home = useWindow(({ product }) => product.homeDirectory)
  const close = useWindow((state) => state.closeSharingFolder)
  return (
    <header>
      <IconButton icon={ArrowLeft} label={text('command.go-back')} onPress={close} />
      {folder !== undefined && shortenHome(folder, home)}
    </header>
  )
}
