/** Extracting: the selection, or everything where nothing is selected; other ways in a menu beside it. */
import { ChevronDown, PackageOpen } from 'lucide-react'
import { useCommand } from '../../lib/command.ts'
import { shortcutText } from '../../lib/shortcuts.ts'
import { useText } from '../../lib/texts.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { archiveGone } from '../../store/look-slice.ts'
import { entrySelection } from '../../store/selection.ts'
import { countSelected } from '../../store/selection-slice.ts'
import { useWindow, useWindowStore } from '../../store/store.ts'
import styles from './extract-button.module.css'

export function ExtractButton() {
  const text = useText()
  const run = useCommand()
  const store = useWindowStore()
  const isGone = useWindow(archiveGone) !== undefined
  const hasSelection = useWindow((state) => countSelected(state) > 0)
  const { openExtractDialog, extractHere } = store.getState()
  return (
    <div className={styles['split']}>
      <Button look="primary" icon={PackageOpen} isDisabled={isGone} onPress={() => run('extract')}>
        {text('browser.extract')}
      </Button>
      <Menu
        label={text('browser.extractMore')}
        items={[
          { id: 'all', label: text('browser.extractAll'), run: () => openExtractDialog({ kind: 'all' }) },
          {
            id: 'selection',
            label: text('browser.extractSelection'),
            shortcut: shortcutText('extract'),
            isDisabled: !hasSelection,
            run: () => openExtractDialog(entrySelection(store.getState().selection)),
          },
          undefined,
          {
            id: 'here',
            label: text('browser.extractHere'),
            run: () => void extractHere(entrySelection(store.getState().selection)),
          },
        ]}
      >
        <IconButton icon={ChevronDown} label={text('browser.extractMore')} look="primary" isDisabled={isGone} />
      </Menu>
    </div>
  )
}
