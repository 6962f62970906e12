/** `webContents`: the page of a window, attached over the DevTools protocol. */

import { EventEmitter } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LoadFileOptions, WebContents, WebPreferences } from 'electron'
import type { HostBrowserWindow } from './browser-window.ts'
import { chromium } from './chromium.ts'
import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'
import { invocation } from './invocation.ts'
import { bindingName } from './messages.ts'
import { showTheme } from './native-theme.ts'
import { guardNavigation } from './navigation-guard.ts'
import { PageMessages } from './page-messages.ts'
import { pageScript } from './page-script.ts'
import { answerPathQuestions } from './path-questions.ts'
import { refuseUnknown } from './provided.ts'
import { defaultSession } from './session.ts'

const byId = new Map<number, HostWebContents>()
let nextId = 1

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

type Provided =
  | 'id'
  | 'isDestroyed'
  | 'isCrashed'
  | 'getURL'
  | 'getTitle'
  | 'isLoading'
  | 'send'
  | 'loadURL'
  | 'loadFile'
  | 'reload'
  | 'close'
  | 'focus'
  | 'forcefullyCrashRenderer'
  | 'setWindowOpenHandler'
  | 'getZoomFactor'
  | 'setZoomFactor'
  | 'startDrag'

export class HostWebContents extends EventEmitter implements Pick<WebContents, Provided> {
  readonly id = nextId++
  readonly session = defaultSession
  readonly window: HostBrowserWindow
  targetId = ''
  readonly #page: Promise<Devtools>
  #messages: PageMessages | undefined
  #windowOpenHandler: WindowOpenHandler | undefined
  #url = ''
  #title = ''
  #opening: string | undefined
  #zoomFactor = 1
  #isLoading = false
  #loadingUrl = ''
  #isCrashed = false
  #isDestroyed = false

  constructor(window: HostBrowserWindow, preferences: WebPreferences) {
    super()
    this.setMaxListeners(0)
    this.window = window
    byId.set(this.id, this)
    this.#page = this.#attach(preferences)
    this.#page.catch((error: unknown) => process.stderr.write(`[host] The window could not be opened: ${error}\n`))
  }

  static fromDevToolsTargetId(targetId: string): HostWebContents | undefined {
    return [...byId.values()].find((contents) => contents.targetId === targetId)
  }
  static getAllWebContents(): HostWebContents[] {
    return [...byId.values()]
  }

  get mainFrame(): { readonly url: string; readonly parent: null } {
    return { url: this.#url, parent: null }
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  isCrashed(): boolean {
    return this.#isCrashed
  }
  isLoading(): boolean {
    return this.#isLoading
  }
  isLoadingUrl(url: string): boolean {
    return this.#isLoading && url === this.#loadingUrl
  }
  getURL(): string {
    return this.#url
  }
  getTitle(): string {
    return this.#title
  }
  focus(): void {
    this.window.focus()
  }
  close(): void {
    this.window.close()
  }
  getZoomFactor(): number {
    return this.#zoomFactor
  }
  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor
    this.window.showBounds()
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }
  /** Asks the app whether the page may open a window, which the host would not show in any case. */
  wantsWindow(url: string): void {
    // What the host doesn't learn of the wish is as Electron has it for a plain link.
    const referrer = { url: '', policy: 'default' } as const
    const details = { url: this.#opening ?? url, frameName: '', features: '', referrer }
    const answer = this.#windowOpenHandler?.({ ...details, disposition: 'foreground-tab' })
    if (answer?.action !== 'deny') process.stderr.write('[host] Pages have no windows of their own here.\n')
  }
  /** There is no other application to drag to. */
  startDrag(): void {}

  /** @throws a DataCloneError, as Electron does. Without a document that has run its preload the message is lost. */
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    this.#messages?.post(['event', channel, args])
  }

  /** The page's commands, once it is attached. */
  get page(): Promise<Devtools> {
    return this.#page
  }

  reload(): void {
    this.#isCrashed = false
    // A page that is closed meanwhile has nothing to reload.
    this.#page.then((page) => page.send('Page.reload')).catch(() => {})
  }
  forcefullyCrashRenderer(): void {
    // A crashed page never answers.
    this.#page.then((page) => page.send('Page.crash')).catch(() => {})
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page
    this.#isLoading = true
    // As Chromium tells it, with a path.
    this.#loadingUrl = new URL(url).href
    this.emit('did-start-loading')
    const loaded = new Promise((done) => this.once('did-finish-load', done))
    const { errorText } = await page.send('Page.navigate', { url })
    if (errorText !== undefined) {
      this.emit('did-fail-load', preventable({}), -2, errorText, url, true)
      throw new Error(`${errorText} loading '${url}'`)
    }
    await loaded
  }

  loadFile(path: string, { query, search, hash }: LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(resolve(invocation.appFolder, path))
    if (query !== undefined) url.search = new URLSearchParams(query).toString()
    if (search !== undefined) url.search = search
    if (hash !== undefined) url.hash = hash
    return this.loadURL(url.href)
  }

  destroyed(): void {
    this.#isDestroyed = true
    byId.delete(this.id)
    this.emit('destroyed')
  }

  async #attach({ preload, additionalArguments }: WebPreferences): Promise<Devtools> {
    const { connection } = chromium()
    const { root } = connection
    const { width, height } = this.window.getBounds()
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    this.targetId = targetId
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true })
    const page = connection.session(sessionId)
    const frameId = (await page.send('Page.getFrameTree')).frameTree.frame.id
    this.#messages = new PageMessages(page, frameId, this)
    this.#watchTarget(root)
    this.#watchPage(page)
    answerPathQuestions(page)
    await Promise.all([
      page.send('Page.enable'),
      page.send('Inspector.enable'),
      page.send('Runtime.enable'),
      page.send('Debugger.enable'),
      page.send('Runtime.addBinding', { name: bindingName }),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(preload, additionalArguments ?? []) }),
      guardNavigation(page, frameId, this),
      showTheme(page),
    ])
    return page
  }

  #watchTarget(root: Devtools): void {
    root.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.targetId) this.window.closed()
    })
    root.on('Target.targetInfoChanged', ({ targetInfo: { targetId, title, url } }) => {
      // Until a document has a title, Chromium makes one of its address.
      if (targetId !== this.targetId || title === this.#title || url.endsWith(title)) return
      this.#title = title
      const event = preventable({})
      this.emit('page-title-updated', event, title, true)
      this.window.showPageTitle(event, title)
    })
  }

  #watchPage(page: Devtools): void {
    page.on('Page.windowOpen', ({ url }) => {
      this.#opening = url
    })
    page.on('Page.frameNavigated', ({ frame: { url, parentId } }) => {
      if (parentId !== undefined) return
      this.#url = url
      this.emit('did-navigate', preventable({}), url)
    })
    page.on('Page.domContentEventFired', () => {
      if (this.#isOpen()) this.emit('dom-ready', preventable({}))
    })
    page.on('Page.loadEventFired', () => {
      if (!this.#isOpen()) return
      this.#isLoading = false
      this.emit('did-finish-load')
      this.emit('did-stop-loading')
      this.window.readyToShow()
    })
    page.on('Inspector.targetCrashed', () => {
      this.#isCrashed = true
      this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 139 })
    })
    page.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) => {
      process.stderr.write(`[page] ${exception?.description ?? text}\n`)
    })
  }

  /** A window starts at about:blank, which Electron's events don't tell of. */
  #isOpen(): boolean {
    return this.#url !== '' && this.#url !== 'about:blank'
  }
}

refuseUnknown('webContents', HostWebContents.prototype)
