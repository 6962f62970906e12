/** The app's one window: where it is, what its page may do, and what happens when the page dies. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, type Rectangle, screen } from 'electron'
import { type EventName, type Events, eventChannels } from '../../shared/ipc/contract.ts'
import { inBackground } from '../background.ts'
import type { WindowPlace } from '../settings/memory.ts'

const pagePath = join(import.meta.dirname, '../renderer/index.html')
/** Set by `electron-vite dev` only. */
const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const pageUrl = devServerUrl ?? pathToFileURL(pagePath).href

const LEAST_WIDTH = 640
const LEAST_HEIGHT = 480
/** A page that dies so soon after it was loaded again will do so again: then somebody has to ask for it. */
const CRASH_LOOP_MILLISECONDS = 10_000

/** Whether a message came from the page that this app loads. */
export function isOurPage(url: string): boolean {
  return url === pageUrl || (devServerUrl !== undefined && url.startsWith(`${new URL(devServerUrl).origin}/`))
}

export interface MainWindowListeners {
  /** The page is gone (reloaded, crashed, closed): what was opened for it is not wanted any more. */
  readonly pageGone: () => void
  /** False keeps the window open. */
  readonly mayClose: () => boolean
  readonly moved: (place: WindowPlace) => void
  /** The page died again right after it was loaded. */
  readonly crashedAgain: (reload: () => void) => void
}

export class MainWindow {
  readonly #listeners: MainWindowListeners
  #window: BrowserWindow | undefined
  #crashedAt = Number.NEGATIVE_INFINITY

  constructor(listeners: MainWindowListeners) {
    this.#listeners = listeners
  }

  /** Undefined while there is none. */
  get window(): BrowserWindow | undefined {
    return this.#window
  }

  /** Whether the user sees it now. */
  get isInFront(): boolean {
    return this.#window?.isVisible() === true && !this.#window.isMinimized() && this.#window.isFocused()
  }

  /** Opens the window where it was last, or brings it to the front. */
  show(place: WindowPlace | undefined): void {
    if (this.#window === undefined) {
      this.#open(place)
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Events for a page that isn't there are dropped: it asks for everything when it begins. */
  send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    if (this.#window !== undefined && !this.#window.isDestroyed()) {
      this.#window.webContents.send(eventChannels[name], payload)
    }
  }

  #open(place: WindowPlace | undefined): void {
    const window = new BrowserWindow({
      ...boundsFor(place),
      minWidth: LEAST_WIDTH,
      minHeight: LEAST_HEIGHT,
      show: false,
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    this.#window = window
    const { webContents } = window
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
    webContents.on('will-navigate', (event) => event.preventDefault())
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#crashed(window)
    })
    // At the first load, too, where there was no page before.
    webContents.on('did-navigate', () => this.#listeners.pageGone())
    if (place?.maximized === true) window.maximize()
    window.once('ready-to-show', () => window.show())
    const moved = (): void => this.#moved(window)
    window.on('resize', moved).on('move', moved).on('maximize', moved).on('unmaximize', moved)
    window.on('close', (event) => {
      if (!this.#listeners.mayClose()) event.preventDefault()
    })
    window.on('closed', () => {
      this.#window = undefined
      this.#listeners.pageGone()
    })
    // Rejects, for one, when the window is closed meanwhile.
    inBackground(devServerUrl === undefined ? window.loadFile(pagePath) : window.loadURL(devServerUrl))
  }

  #crashed(window: BrowserWindow): void {
    this.#listeners.pageGone()
    const isLoop = performance.now() - this.#crashedAt < CRASH_LOOP_MILLISECONDS
    this.#crashedAt = performance.now()
    const reload = (): void => {
      if (!window.isDestroyed()) window.reload()
    }
    if (isLoop) this.#listeners.crashedAgain(reload)
    else reload()
  }

  #moved(window: BrowserWindow): void {
    if (window.isMinimized()) return
    this.#listeners.moved({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  }
}

/** Where it was, if enough of that is still on a screen; a size of its own otherwise. */
function boundsFor(place: WindowPlace | undefined): Partial<Rectangle> {
  if (place === undefined) return { width: 1120, height: 720 }
  const size = { width: Math.max(LEAST_WIDTH, place.width), height: Math.max(LEAST_HEIGHT, place.height) }
  const isSeen = screen.getAllDisplays().some(({ workArea }) => {
    const acrossPixels = Math.min(place.x + size.width, workArea.x + workArea.width) - Math.max(place.x, workArea.x)
    // The upper edge is what the window is moved by.
    return acrossPixels > 100 && place.y >= workArea.y && place.y < workArea.y + workArea.height - 50
  })
  return isSeen ? { x: place.x, y: place.y, ...size } : size
}
