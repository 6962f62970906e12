/** `Menu` and `MenuItem`: the structure and its clicks. Nothing draws it, so accelerators aren't listened to. */

import { EventEmitter } from 'node:events'
import type { MenuItem, MenuItemConstructorOptions } from 'electron'
import { app } from './app.ts'
import { openWindows } from './open-windows.ts'
import { refuseUnknown } from './provided.ts'

const roles: Readonly<Record<string, () => void>> = {
  quit: () => app.quit(),
  close: () => openWindows.focused()?.close(),
  minimize: () => openWindows.focused()?.minimize(),
  reload: () => openWindows.focused()?.reload(),
}

export class HostMenuItem implements Pick<MenuItem, 'id' | 'label' | 'type' | 'enabled' | 'visible' | 'checked'> {
  readonly id: string
  readonly type: NonNullable<MenuItemConstructorOptions['type']>
  readonly role: MenuItemConstructorOptions['role']
  readonly accelerator: MenuItemConstructorOptions['accelerator']
  readonly submenu: HostMenu | undefined
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #click: MenuItemConstructorOptions['click']

  constructor(options: MenuItemConstructorOptions) {
    const { submenu, role } = options
    this.submenu = Array.isArray(submenu) ? HostMenu.buildFromTemplate(submenu) : undefined
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu')
    this.role = role
    this.id = options.id ?? ''
    this.label = options.label ?? role ?? ''
    this.accelerator = options.accelerator
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.#click = options.click
  }

  /** As if the user had chosen it. */
  click(): void {
    if (!this.enabled) return
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.checked = true
    if (this.#click === undefined) roles[this.role?.toLowerCase() ?? '']?.()
    // The host's own classes stand for Electron's, of which the app uses only what is provided.
    else Reflect.apply(this.#click, undefined, [this, openWindows.focused() ?? undefined, {}])
  }
}

let applicationMenu: HostMenu | null = null

export class HostMenu extends EventEmitter {
  readonly items: HostMenuItem[] = []

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | HostMenuItem)[]): HostMenu {
    const menu = new HostMenu()
    for (const item of template) menu.append(item instanceof HostMenuItem ? item : new HostMenuItem(item))
    return menu
  }
  static setApplicationMenu(menu: HostMenu | null): void {
    applicationMenu = menu
  }
  static getApplicationMenu(): HostMenu | null {
    return applicationMenu
  }

  append(item: HostMenuItem): void {
    this.items.push(item)
  }
  insert(position: number, item: HostMenuItem): void {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found !== null) return found
    }
    return null
  }
  popup(): void {
    this.emit('menu-will-show')
  }
  closePopup(): void {
    this.emit('menu-will-close')
  }
}

refuseUnknown('MenuItem', HostMenuItem.prototype)
refuseUnknown('Menu', HostMenu.prototype)
