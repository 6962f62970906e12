/** Every shortcut of the window and of the list. */
import { type WindowCommand, windowCommands } from '../../../shared/ipc/settings.ts'
import type { TextKey } from '../../../shared/texts/text.ts'
import { keyNames, shortcutText } from '../../lib/shortcuts.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './shortcuts-dialog.module.css'

const listKeys: readonly (readonly [keys: string, key: TextKey])[] = [
  ['Enter', 'shortcuts.open'],
  ['Space', 'shortcuts.preview'],
  ['Backspace', 'shortcuts.parent'],
  ['Ctrl+A', 'command.select-all'],
  ['Shift+↑ ↓', 'shortcuts.extend'],
  ['Ctrl+Space', 'shortcuts.toggle'],
]

export function ShortcutsDialog() {
  const text = useText()
  const close = useWindow((state) => state.closeDialog)
  const withKeys = windowCommands.flatMap((command: WindowCommand) => {
    const keys = shortcutText(command)
    return keys === undefined ? [] : [[keyNames(keys, text), text(`command.${command}`)] as const]
  })
  const inList = [
    ...listKeys.map(([keys, key]) => [keyNames(keys, text), text(key)] as const),
    [text('shortcuts.typeAheadKeys'), text('shortcuts.typeAhead')] as const,
  ]
  return (
    <Dialog
      title={text('shortcuts.title')}
      onClose={close}
      footer={
        <Button look="primary" autoFocus onPress={close}>
          {text('app.close')}
        </Button>
      }
    >
      <div className={styles['columns']}>
        <Keys title={text('shortcuts.window')} lines={withKeys} />
        <Keys title={text('shortcuts.list')} lines={inList} />
      </div>
    </Dialog>
  )
}

function Keys({ title, lines }: { title: string; lines: readonly (readonly [keys: string, meaning: string])[] }) {
  return (
    <section>
      <h3 className={styles['title']}>{title}</h3>
      <dl className={styles['list']}>
        {lines.map(([keys, meaning]) => (
          <div key={keys} className={styles['line']}>
            <dt>{meaning}</dt>
            <dd>
              <kbd className={styles['keys']}>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
