/** `BrowserWindow`: headless with the size of the window, or a real window of Chromium where there is a display. */

import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, LoadFileOptions, Rectangle } from 'electron'
import { app } from './app.ts'
import { chromium } from './chromium.ts'
import { type PreventableEvent, preventable } from './default-prevented.ts'
import { isHeadful } from './invocation.ts'
import { openWindows } from './open-windows.ts'
import { refuseUnknown } from './provided.ts'
import { display } from './screen.ts'
import { HostWebContents } from './web-contents.ts'

type Provided =
  | 'id'
  | 'loadURL'
  | 'loadFile'
  | 'reload'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'getContentBounds'
  | 'getSize'
  | 'setSize'
  | 'getContentSize'
  | 'setContentSize'
  | 'getPosition'
  | 'setPosition'
  | 'setMinimumSize'
  | 'center'
  | 'getTitle'
  | 'setTitle'
  | 'setProgressBar'
  | 'setBackgroundColor'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'flashFrame'

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen'

let nextId = 1

export class HostBrowserWindow extends EventEmitter implements Pick<BrowserWindow, Provided> {
  readonly id = nextId++
  readonly webContents: HostWebContents
  /** Resolved when the window is gone. */
  readonly gone: Promise<void>
  #leave: () => void = () => {}
  #bounds: Rectangle
  #state: State = 'normal'
  #title: string
  #isVisible: boolean
  #isFocused: boolean
  #isReadyToShow = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    this.setMaxListeners(0)
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { x = 0, y = 0, width = 800, height = 600, title = app.getName(), show = true, webPreferences = {} } = options
    this.#bounds = { x, y, width, height }
    this.#title = title
    this.#isVisible = show
    this.#isFocused = show
    this.gone = new Promise((resolve) => {
      this.#leave = resolve
    })
    this.webContents = new HostWebContents(this, webPreferences)
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
  show(): void {
    this.showInactive()
    this.focus()
  }
  showInactive(): void {
    this.#isVisible = true
    this.emit('show')
  }
  hide(): void {
    this.#isVisible = false
    this.blur()
    this.emit('hide')
  }
  isVisible(): boolean {
    return this.#isVisible
  }
  focus(): void {
    for (const window of openWindows.all()) if (window !== this) window.blur()
    if (this.#isFocused) return
    this.#isFocused = true
    this.emit('focus')
  }
  blur(): void {
    if (!this.#isFocused) return
    this.#isFocused = false
    this.emit('blur')
  }
  isFocused(): boolean {
    return this.#isFocused
  }

  minimize(): void {
    this.#enter('minimized', 'minimize')
  }
  restore(): void {
    this.#enter('normal', 'restore')
  }
  isMinimized(): boolean {
    return this.#state === 'minimized'
  }
  maximize(): void {
    this.#enter('maximized', 'maximize')
  }
  unmaximize(): void {
    this.#enter('normal', 'unmaximize')
  }
  isMaximized(): boolean {
    return this.#state === 'maximized'
  }
  setFullScreen(flag: boolean): void {
    this.#enter(flag ? 'fullscreen' : 'normal', flag ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen(): boolean {
    return this.#state === 'fullscreen'
  }

  getBounds(): Rectangle {
    return { ...(this.#state === 'maximized' || this.#state === 'fullscreen' ? display.workArea : this.#bounds) }
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }
  getContentBounds(): Rectangle {
    return this.getBounds()
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#state = 'normal'
    this.showBounds()
    this.emit('move')
    this.emit('resize')
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds()
    return [width, height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  /** The host's windows have no frame: their content is all of them. */
  getContentSize(): [number, number] {
    return this.getSize()
  }
  setContentSize(width: number, height: number): void {
    this.setSize(width, height)
  }
  getPosition(): [number, number] {
    const { x, y } = this.getBounds()
    return [x, y]
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }
  center(): void {
    const { width, height } = display.workArea
    this.setPosition(Math.round((width - this.#bounds.width) / 2), Math.round((height - this.#bounds.height) / 2))
  }

  getTitle(): string {
    return this.#title
  }
  setTitle(title: string): void {
    this.#title = title
  }
  showPageTitle(event: PreventableEvent, title: string): void {
    this.emit('page-title-updated', event, title, true)
    if (!event.defaultPrevented) this.#title = title
  }

  // What only a desktop shows.
  setProgressBar(): void {}
  setBackgroundColor(): void {}
  setMinimumSize(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  flashFrame(): void {}

  #enter(state: State, event: string): void {
    if (this.#state === state) return
    this.#state = state
    this.showBounds()
    this.emit(event)
    this.emit('resize')
  }

  /** Gives the page the size of the window; a zoomed page sees a smaller one of larger pixels. */
  showBounds(): void {
    const { width, height } = this.getBounds()
    const factor = this.webContents.getZoomFactor()
    this.webContents.page
      .then(async (page) => {
        if (isHeadful) return
        await page.send('Emulation.setDeviceMetricsOverride', {
          width: Math.round(width / factor),
          height: Math.round(height / factor),
          deviceScaleFactor: factor,
          mobile: false,
        })
      })
      // The window was closed meanwhile.
      .catch(() => {})
  }
}

refuseUnknown('BrowserWindow', HostBrowserWindow.prototype)
refuseUnknown('BrowserWindow', HostBrowserWindow)
