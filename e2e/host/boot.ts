/** Runs the app's main bundle on Node with `electron` resolved to the host. */

import Module, { register } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { app, appSwitches } from './app.ts'
import { startChromium } from './chromium.ts'
import './electron.ts'
import { electronVersion, invocation, switchValue } from './invocation.ts'
import { closeStrayPages } from './stray-pages.ts'

declare global {
  var __playwright_run: (() => void) | undefined
}

const electronUrl = new URL('./electron.js', import.meta.url).href

/** For imports of the app, and for the `require` that Playwright evaluates in this process. */
function provideElectron(): void {
  register('./electron-resolver.js', import.meta.url, { data: electronUrl })
  // Not declared by Node's types, and the only place through which the inspector's `require` goes.
  const resolution = Module as unknown as { _resolveFilename(name: string, ...rest: unknown[]): string }
  const original = resolution._resolveFilename
  resolution._resolveFilename = function (name, ...rest) {
    return name === 'electron' ? fileURLToPath(electronUrl) : original.call(this, name, ...rest)
  }
}

/** Playwright calls a function once it is attached: no window may open before, or it would miss that. */
function attachedDriver(): Promise<void> | undefined {
  if (switchValue('inspect') !== '0' || switchValue('remote-debugging-port') !== '0') return undefined
  return new Promise((resolve) => {
    globalThis.__playwright_run = resolve
  })
}

function lookLikeElectron(): void {
  process.argv = [process.env['ELECTRON_HOST_EXECUTABLE'] ?? process.execPath, ...invocation.args]
  Object.defineProperty(process.versions, 'electron', { value: electronVersion(), enumerable: true })
  Object.assign(process, { type: 'browser', defaultApp: true })
}

provideElectron()
lookLikeElectron()
const driver = attachedDriver()
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.on(signal, () => app.exit(exitCode))
await import(pathToFileURL(invocation.entryPath).href)
const { version, connection } = await startChromium(appSwitches()).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
Object.defineProperty(process.versions, 'chrome', { value: version, enumerable: true })
closeStrayPages(connection.root)
await connection.root.send('Target.setDiscoverTargets', { discover: true })
await driver
app.start()
