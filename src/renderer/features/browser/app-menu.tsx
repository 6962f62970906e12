/** The menu of the whole program, for windows without a menu bar. */
import {
  CircleHelp,
  FolderOpen,
  FolderTree,
  Info,
  Menu as MenuIcon,
  Network,
  PanelRight,
  Plus,
  Repeat2,
  Settings,
  X,
} from 'lucide-react'
import type { WindowCommand } from '../../../shared/ipc/settings.ts'
import { useCommand } from '../../lib/command.ts'
import { shortcutText } from '../../lib/shortcuts.ts'
import { useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import { Menu, type MenuItems } from '../../parts/menu.tsx'
import { useWindow } from '../../store/store.ts'

const groups: readonly (readonly (readonly [WindowCommand, typeof Plus])[])[] = [
  [
    ['new-archive', Plus],
    ['open-archive', FolderOpen],
    ['close-archive', X],
    ['analyse-folder', Network],
  ],
  [
    ['toggle-tree', FolderTree],
    ['toggle-details', PanelRight],
  ],
  [
    ['settings', Settings],
    ['shortcuts', CircleHelp],
    ['about', Info],
  ],
]

export function AppMenu() {
  const text = useText()
  const run = useCommand()
  const openDialog = useWindow((state) => state.openDialog)
  const convert = { id: 'convert', label: text('convert.menu'), icon: Repeat2, run: () => openDialog('convert') }
  const items: MenuItems = groups.flatMap((group, index) => [
    ...(index > 0 ? [undefined] : []),
    ...group.map(([command, icon]) => ({
      id: command,
      label: text(`command.${command}`),
      icon,
      shortcut: shortcutText(command),
      run: () => run(command),
    })),
    ...(index === 0 ? [convert] : []),
  ])
  return (
    <Menu label={text('app.menu')} items={items}>
      <IconButton icon={MenuIcon} label={text('app.menu')} />
    </Menu>
  )
}
