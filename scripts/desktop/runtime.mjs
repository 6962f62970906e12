/** What the desktop app can run on here: Electron's own binary, or the host (e2e/host) with an installed Chromium. */

import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The stand-in for Electron's binary; `buildHost` makes what it runs. */
export const hostPath = join(root, 'e2e/host/electron')

/** @returns {string | undefined} Electron's binary, where `npx install-electron` has downloaded it. */
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
  if (chosen !== undefined) return chosen
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
