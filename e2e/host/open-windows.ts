/** The windows that are open, which the app's lifecycle, the menus and the theme all need to know. */

import { EventEmitter } from 'node:events'
import type { HostBrowserWindow } from './browser-window.ts'

class OpenWindows extends EventEmitter<{ 'all-closed': [] }> {
  readonly #byId = new Map<number, HostBrowserWindow>()

  all(): HostBrowserWindow[] {
    return [...this.#byId.values()]
  }

  /** The one that last had the focus. */
  focused(): HostBrowserWindow | null {
    return this.all().findLast((window) => window.isFocused()) ?? null
  }

  add(window: HostBrowserWindow): void {
    this.#byId.set(window.id, window)
  }

  delete(window: HostBrowserWindow): void {
    this.#byId.delete(window.id)
    if (this.#byId.size === 0) this.emit('all-closed')
  }
}

export const openWindows = new OpenWindows()
