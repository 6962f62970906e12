/** `BrowserWindow`: headless with the size of the window, or a real window of Chromium where there is a display. */

import type { BrowserWindow, BrowserWindowConstructorOptions, LoadFileOptions } from 'electron'
import { HostBaseWindow } from './base-window.ts'
import { chromium } from './chromium.ts'
import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'
import { isHeadful } from './invocation.ts'
import { openWindows } from './open-windows.ts'
import { HostWebContents } from './web-contents.ts'

type Provided = 'id' | 'loadURL' | 'loadFile' | 'reload' | 'close' | 'destroy' | 'isDestroyed'

let nextId = 1

export class HostBrowserWindow extends HostBaseWindow implements Pick<BrowserWindow, Provided> {
  readonly id = nextId++
  readonly webContents: HostWebContents
  /** Resolved when the window is gone. */
  readonly gone: Promise<void>
  #leave: () => void = () => {}
  #isReadyToShow = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super(options)
    this.gone = new Promise((resolve) => {
      this.#leave = resolve
    })
    this.webContents = new HostWebContents(this, options.webPreferences ?? {})
    openWindows.add(this)
    this.showBounds()
  }

  static getAllWindows(): HostBrowserWindow[] {
    return openWindows.all()
  }
  static getFocusedWindow(): HostBrowserWindow | null {
    return openWindows.focused()
  }
  static fromId(id: number): HostBrowserWindow | null {
    return openWindows.all().find((window) => window.id === id) ?? null
  }
  static fromWebContents(contents: unknown): HostBrowserWindow | null {
    return contents instanceof HostWebContents ? contents.window : null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  loadFile(path: string, options?: LoadFileOptions): Promise<void> {
    return this.webContents.loadFile(path, options)
  }
  reload(): void {
    this.webContents.reload()
  }

  close(): void {
    this.requestClose()
  }
  /** @returns false when the app keeps the window open. */
  requestClose(): boolean {
    if (this.#isDestroyed) return true
    const event = preventable({})
    this.emit('close', event)
    if (event.defaultPrevented) return false
    this.destroy()
    return true
  }
  destroy(): void {
    this.webContents.page
      .then(() => chromium().connection.root.send('Target.closeTarget', { targetId: this.webContents.targetId }))
      // Chromium has ended, or never opened the window.
      .catch(() => this.closed())
  }
  /** The page is gone, for whichever reason. */
  closed(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.webContents.destroyed()
    this.emit('closed')
    this.#leave()
    openWindows.delete(this)
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  readyToShow(): void {
    if (this.#isReadyToShow) return
    this.#isReadyToShow = true
    this.emit('ready-to-show')
  }
  /** Gives the window its size on the screen, or the page that of a window that nobody sees. */
  showBounds(): void {
    this.webContents.page
      .then((page) => (isHeadful ? this.#showOnScreen() : this.#showHeadless(page)))
      // The window was closed meanwhile.
      .catch(() => {})
  }

  async #showOnScreen(): Promise<void> {
    const { root } = chromium().connection
    const { windowId } = await root.send('Browser.getWindowForTarget', { targetId: this.webContents.targetId })
    const { x: left, y: top, width, height } = this.getNormalBounds()
    const windowState = this.state
    const bounds = windowState === 'normal' ? { windowState, left, top, width, height } : { windowState }
    await root.send('Browser.setWindowBounds', { windowId, bounds })
  }

  /** A zoomed page sees a smaller window of larger pixels. */
  async #showHeadless(page: Devtools): Promise<void> {
    const { width, height } = this.getBounds()
    const factor = this.webContents.getZoomFactor()
    await page.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / factor),
      height: Math.round(height / factor),
      deviceScaleFactor: factor,
      mobile: false,
    })
  }
}
