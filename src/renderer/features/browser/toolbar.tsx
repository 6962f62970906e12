/** The bar above an archive: menu, new and open, moving about, where one is, searching, extracting, verifying. */
import {
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  FolderOpen,
  FolderTree,
  House,
  PanelRight,
  Plus,
  ShieldCheck,
} from 'lucide-react'
import type { ByteString } from '../../../shared/byte-string.ts'
import type { WindowCommand } from '../../../shared/ipc/settings.ts'
import { useCommand } from '../../lib/command.ts'
import { useIsDrawer } from '../../lib/layout.ts'
import { shortcutText } from '../../lib/shortcuts.ts'
import { useText } from '../../lib/texts.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { canStep, currentPlace } from '../../store/history.ts'
import { archiveGone } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import { AppMenu } from './app-menu.tsx'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { ExtractButton } from './extract-button.tsx'
import { SearchField } from './search-field.tsx'
import styles from './toolbar.module.css'

export function Toolbar() {
  const text = useText()
  const run = useCommand()
  const isNarrow = useIsDrawer('details')
  const isGone = useWindow(archiveGone) !== undefined
  return (
    <div role="toolbar" aria-label={text('browser.toolbar')} className={styles['toolbar']}>
      <div className={styles['group']}>
        <AppMenu />
        <span className={styles['wide']}>
          <Button look="quiet" icon={Plus} onPress={() => run('new-archive')}>
            {text('browser.new')}
          </Button>
          <Button look="quiet" icon={FolderOpen} onPress={() => run('open-archive')}>
            {text('browser.open')}
          </Button>
        </span>
      </div>
      <Moving />
      <Breadcrumbs />
      <SearchField />
      <div className={styles['group']}>
        <ExtractButton />
        {isNarrow ? (
          <IconButton
            icon={ShieldCheck}
            label={text('command.verify')}
            isDisabled={isGone}
            onPress={() => run('verify')}
          />
        ) : (
          <Button look="plain" icon={ShieldCheck} isDisabled={isGone} onPress={() => run('verify')}>
            {text('command.verify')}
          </Button>
        )}
        <PanelButton />
      </div>
    </div>
  )
}

function Moving() {
  const text = useText()
  const run = useCommand()
  const canGoBack = useWindow(({ history }) => canStep(history, -1))
  const canGoForward = useWindow(({ history }) => canStep(history, 1))
  const isTop = useWindow(({ history }) => currentPlace(history) === '')
  const goTo = useWindow((state) => state.goTo)
  const isTreeDrawer = useIsDrawer('tree')
  const step = (command: WindowCommand, icon: typeof ArrowLeft, isDisabled: boolean) => (
    <IconButton
      icon={icon}
      label={text(`command.${command}`)}
      shortcut={shortcutText(command) ?? ''}
      isDisabled={isDisabled}
      onPress={() => run(command)}
    />
  )
  return (
    <div className={styles['group']}>
      {isTreeDrawer && (
        <IconButton icon={FolderTree} label={text('command.toggle-tree')} onPress={() => run('toggle-tree')} />
      )}
      {step('go-back', ArrowLeft, !canGoBack)}
      {step('go-forward', ArrowRight, !canGoForward)}
      {step('go-up', ArrowUp, isTop)}
      <span className={styles['wide']}>
        <IconButton
          icon={House}
          label={text('browser.home')}
          isDisabled={isTop}
          onPress={() => goTo('' as ByteString)}
        />
      </span>
    </div>
  )
}

function PanelButton() {
  const text = useText()
  const run = useCommand()
  const isDrawer = useIsDrawer('details')
  // Details stand beside the contents only.
  const hasDetails = useWindow(({ archiveView }) => archiveView === 'contents')
  const isShown = useWindow(({ settings, drawer }) => (isDrawer ? drawer === 'details' : settings.showDetails))
  return (
    <IconButton
      icon={PanelRight}
      label={text('command.toggle-details')}
      shortcut={shortcutText('toggle-details') ?? ''}
      pressed={hasDetails && isShown}
      isDisabled={!hasDetails}
      onPress={() => run('toggle-details')}
    />
  )
}
