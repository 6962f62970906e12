/** Window commands for buttons and menus. */
import { useCallback } from 'react'
import type { WindowCommand } from '../../shared/ipc/settings.ts'
import { runCommand } from '../store/commands.ts'
import { useWindowStore } from '../store/store.ts'

/** Carries a window command out. */
export function useCommand(): (command: WindowCommand) => void {
  const store = useWindowStore()
  return useCallback((command) => runCommand(store, command), [store])
}
