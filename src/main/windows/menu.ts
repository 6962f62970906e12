/** The application menu. Its commands are carried out by the page, which has the same shortcuts and is asked first. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { WindowCommand } from '../../shared/ipc/settings.ts'
import type { Text } from '../language.ts'

const accelerators: { readonly [Command in WindowCommand]?: string } = {
  'new-archive': 'CmdOrCtrl+N',
  'open-archive': 'CmdOrCtrl+O',
  'close-archive': 'CmdOrCtrl+W',
  extract: 'CmdOrCtrl+E',
  verify: 'CmdOrCtrl+Shift+V',
  find: 'CmdOrCtrl+F',
  'go-up': 'Alt+Up',
  'go-back': 'Alt+Left',
  'go-forward': 'Alt+Right',
  'show-contents': 'CmdOrCtrl+1',
  'show-savings': 'CmdOrCtrl+2',
  'show-sharing': 'CmdOrCtrl+3',
  'toggle-tree': 'F9',
  'toggle-details': 'CmdOrCtrl+I',
  settings: 'CmdOrCtrl+,',
  shortcuts: 'F1',
}

/** Puts the menu up in the language of `text`; `command` hears what was chosen. */
export function showMenu(text: Text, command: (command: WindowCommand) => void): void {
  const item = (name: WindowCommand): MenuItemConstructorOptions => {
    const accelerator = accelerators[name]
    return {
      id: name,
      label: text(`command.${name}`),
      click: () => command(name),
      ...(accelerator === undefined ? {} : { accelerator }),
    }
  }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const menu = (label: string, ...submenu: MenuItemConstructorOptions[]) => ({ label, submenu })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      menu(
        text('menu.file'),
        item('new-archive'),
        item('open-archive'),
        item('close-archive'),
        separator,
        item('extract'),
        item('verify'),
        item('analyse-folder'),
        separator,
        item('settings'),
        separator,
        // Not the role alone: its label would be Electron's own.
        { id: 'quit', label: text('menu.quit'), accelerator: 'CmdOrCtrl+Q', click: () => app.quit() },
      ),
      menu(
        text('menu.edit'),
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        separator,
        // Without its usual shortcut, which belongs to the text field or list that has the focus.
        item('select-all'),
        item('find'),
      ),
      menu(
        text('menu.view'),
        item('show-contents'),
        item('show-savings'),
        item('show-sharing'),
        separator,
        item('toggle-tree'),
        item('toggle-details'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
      ),
      menu(text('menu.go'), item('go-back'), item('go-forward'), item('go-up')),
      menu(text('menu.help'), item('shortcuts'), item('about')),
    ]),
  )
}
