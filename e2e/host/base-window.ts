/** What a window is without its page: bounds, state, visibility, focus and title. */

import { EventEmitter } from 'node:events'
import type { BaseWindow, BaseWindowConstructorOptions, Rectangle } from 'electron'
import { app } from './app.ts'
import type { PreventableEvent } from './default-prevented.ts'
import { openWindows } from './open-windows.ts'
import { refuseUnknown } from './provided.ts'
import { display } from './screen.ts'

type Provided =
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

export abstract class HostBaseWindow extends EventEmitter implements Pick<BaseWindow, Provided> {
  #bounds: Rectangle
  #state: State = 'normal'
  #title: string
  #isVisible: boolean
  #isFocused: boolean

  constructor(options: BaseWindowConstructorOptions) {
    super()
    this.setMaxListeners(0)
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { x = 0, y = 0, width = 800, height = 600, title = app.getName(), show = true } = options
    this.#bounds = { x, y, width, height }
    this.#title = title
    this.#isVisible = show
    this.#isFocused = show
  }

  /** Called when bounds or state have changed. */
  protected abstract showBounds(): void

  get state(): State {
    return this.#state
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
    const windows: readonly HostBaseWindow[] = openWindows.all()
    for (const window of windows) if (window !== this) window.blur()
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
}

refuseUnknown('BrowserWindow', HostBaseWindow.prototype)
refuseUnknown('BrowserWindow', HostBaseWindow)
