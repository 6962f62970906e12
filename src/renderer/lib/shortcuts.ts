/**
 * Shortcuts of the whole window. Main's menu has the same ones and takes what the page leaves; handled here first, they
 * work where there is no menu too.
 */
import { useLayoutEffect } from 'react'
import type { WindowCommand } from '../../shared/ipc/settings.ts'
import type { TextKey } from '../../shared/texts/text.ts'
import { useCommand } from './command.ts'

/** Keys as `KeyboardEvent.key` names them, after their modifiers. */
const shortcuts: { readonly [Command in WindowCommand]?: string } = {
  'new-archive': 'Ctrl+N',
  'open-archive': 'Ctrl+O',
  'close-archive': 'Ctrl+W',
  extract: 'Ctrl+E',
  verify: 'Ctrl+Shift+V',
  find: 'Ctrl+F',
  'go-up': 'Alt+ArrowUp',
  'go-back': 'Alt+ArrowLeft',
  'go-forward': 'Alt+ArrowRight',
  'show-contents': 'Ctrl+1',
  'show-savings': 'Ctrl+2',
  'show-sharing': 'Ctrl+3',
  'toggle-tree': 'F9',
  'toggle-details': 'Ctrl+I',
  settings: 'Ctrl+,',
  shortcuts: 'F1',
}

const commandOfKeys = new Map(Object.entries(shortcuts).map(([command, keys]) => [keys, command]))

const arrows: { readonly [Key in string]: string } = { ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' }

/** The keys of a command as menus and tooltips show them. */
export function shortcutText(command: WindowCommand): string | undefined {
  return shortcuts[command]?.replace(/Arrow\w+/, (key) => arrows[key] ?? key)
}

/** Keys with names that differ between languages. */
const named = ['Ctrl', 'Shift', 'Space', 'Backspace'] as const

/** Keys in the user's language, as they are printed on his keyboard. */
export function keyNames(keys: string, text: (key: TextKey) => string): string {
  return keys
    .split('+')
    .map((key) => {
      const name = named.find((known) => known === key)
      return name === undefined ? key : text(`key.${name}`)
    })
    .join('+')
}

function keysOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const isCommand = ctrlKey || metaKey
  const name = key.length === 1 ? key.toUpperCase() : key
  return `${isCommand ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${isCommand && shiftKey ? 'Shift+' : ''}${name}`
}

export function useShortcuts(): void {
  const run = useCommand()
  // Before the window can be seen: whoever sees it may press a key.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const command = commandOfKeys.get(keysOf(event)) as WindowCommand | undefined
      if (command === undefined || event.defaultPrevented) return
      event.preventDefault()
      run(command)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [run])
}
