/** What the desktop app can run on here: Electron's own binary, or the host (e2e/host) with an installed Chromium. */

import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The stand-in for Electron's binary; `buildHost` makes what it runs. */
export const hostPath = join(root, 'e2e/host/electron')

/** @returns {string | undefined} Electron's binary, where it has been downloaded. */
export function electronPath() {
  // Only the manifest is resolved: requiring the package itself starts a download.
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const file = join(folder, 'path.txt')
  const path = existsSync(file) ? join(folder, 'dist', readFileSync(file, 'utf8')) : undefined
  return path !== undefined && existsSync(path) ? path : undefined
}

/** @returns {string | undefined} an installed Chromium or Chrome; CHROMIUM_PATH names another one. */
export function chromiumPath() {
  const chosen = process.env['CHROMIUM_PATH']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const candidates =
    chosen === undefined ? usual.flatMap((name) => folders.map((folder) => join(folder, name))) : [chosen]
  return candidates.find(canRun)
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether a window can be seen: on Linux the session says so in its environment. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

const howToGetElectron =
  "Electron's binary is missing: npm installs only its package. Download it with: npx install-electron"

/**
 * What to open the window with, and what to tell the user about it.
 *
 * @param {{ electron: string | undefined, chromium: string | undefined, display: boolean }} found
 * @returns {{ kind: 'electron' | 'host' | 'none', notice: string }}
 */
export function chooseRuntime({ electron, chromium, display }) {
  const missing = electron === undefined ? `${howToGetElectron}\n` : ''
  if (!display) {
    const notice = `${missing}There is no display here (DISPLAY and WAYLAND_DISPLAY are unset), so no window can be shown.
To see what Reftar does on the command line: npm run demo`
    return { kind: 'none', notice }
  }
  if (electron !== undefined) return { kind: 'electron', notice: '' }
  if (chromium === undefined)
    return {
      kind: 'none',
      notice: `${missing}Or install Chromium, which can show the window too (Debian: apt-get install chromium); CHROMIUM_PATH names another one.`,
    }
  const notice = `${missing}Opening the window in ${chromium} instead. It has no file dialogs and no menu bar:
drop files on it, or name them (npm start -- FILE).`
  return { kind: 'host', notice }
}
