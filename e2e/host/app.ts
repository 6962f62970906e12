/** `app`: names, paths and the lifecycle from ready to quit. */

import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import * as appPaths from './app-paths.ts'
import { chromium } from './chromium.ts'
import { preventable } from './default-prevented.ts'
import { invocation, switchValue } from './invocation.ts'
import { type HostNativeImage, nativeImage } from './native-image.ts'
import { openWindows } from './open-windows.ts'
import { refuseUnknown } from './provided.ts'
import { hasLock, releaseLock, requestLock } from './single-instance.ts'

const switches = new Map<string, string>()

const commandLine = refuseUnknown('app.commandLine', {
  appendSwitch: (name: string, value = '') => void switches.set(name, value),
  hasSwitch: (name: string) => switches.has(name) || switchValue(name) !== undefined,
  getSwitchValue: (name: string) => switches.get(name) ?? switchValue(name) ?? '',
})

/** What the app gave with `appendSwitch`, as Chromium's arguments. */
export function appSwitches(): string[] {
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
}

type Provided =
  | 'isPackaged'
  | 'name'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getLocale'
  | 'getSystemLocale'
  | 'getPreferredSystemLanguages'
  | 'getAppPath'
  | 'getPath'
  | 'setPath'
  | 'isReady'
  | 'whenReady'
  | 'focus'
  | 'quit'
  | 'exit'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'enableSandbox'

class HostApp extends EventEmitter implements Pick<App, Provided> {
  readonly isPackaged = false
  readonly commandLine = commandLine
  name = invocation.name
  #isReady = false
  #isQuitting = false
  #becomeReady: () => void = () => {}
  readonly #ready = new Promise<void>((resolve) => {
    this.#becomeReady = resolve
  })

  constructor() {
    super()
    this.setMaxListeners(0)
    openWindows.on('all-closed', () => {
      if (this.#isQuitting) return
      if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
      else this.quit()
    })
  }

  getName(): string {
    return this.name
  }
  setName(name: string): void {
    this.name = name
  }
  getVersion(): string {
    return invocation.version
  }
  getLocale(): string {
    return switchValue('lang') ?? 'en-US'
  }
  getSystemLocale(): string {
    return this.getLocale()
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }
  getAppPath(): string {
    return invocation.appFolder
  }
  getPath(name: string): string {
    return appPaths.getPath(name, this.name)
  }
  setPath(name: string, path: string): void {
    appPaths.setPath(name, path)
  }
  getFileIcon(): Promise<HostNativeImage> {
    return Promise.resolve(nativeImage.createEmpty())
  }

  isReady(): boolean {
    return this.#isReady
  }
  whenReady(): Promise<void> {
    return this.#ready
  }
  /** Called once the app's entry has run and Chromium is there. */
  start(): void {
    chromium().process.once('exit', () => {
      if (this.#isQuitting) return
      process.stderr.write('[host] Chromium has ended by itself.\n')
      process.exit(1)
    })
    this.#isReady = true
    this.emit('will-finish-launching')
    this.#becomeReady()
    this.emit('ready', preventable({}), {})
  }
  focus(): void {
    openWindows.all().at(-1)?.focus()
  }

  quit(): void {
    if (this.#isQuitting) return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#isQuitting = true
    void this.#closeAndEnd()
  }
  exit(exitCode = 0): void {
    process.exit(exitCode)
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return requestLock(this.getPath('userData'), additionalData, ({ argv, workingDirectory, additionalData: data }) =>
      this.emit('second-instance', preventable({}), argv, workingDirectory, data),
    )
  }
  hasSingleInstanceLock(): boolean {
    return hasLock()
  }
  releaseSingleInstanceLock(): void {
    releaseLock()
  }

  // What only a desktop shows, and the sandbox that pages have in any case.
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  setAboutPanelOptions(): void {}
  setAppUserModelId(): void {}
  enableSandbox(): void {}

  async #closeAndEnd(): Promise<void> {
    for (const window of openWindows.all()) {
      if (!window.requestClose()) {
        this.#isQuitting = false
        return
      }
      await window.gone
    }
    const event = preventable({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) {
      this.#isQuitting = false
      return
    }
    this.emit('quit', preventable({}), 0)
    // Before it was ready there is no Chromium.
    if (this.#isReady) await endChromium()
    process.exit(0)
  }
}

/** Playwright waits for Chromium's own goodbye. */
async function endChromium(): Promise<void> {
  const { process: child, connection } = chromium()
  const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined
  // It may end before it answers.
  await connection.root.send('Browser.close').catch(() => {})
  await ended
}

refuseUnknown('app', HostApp.prototype)
export const app = new HostApp()
