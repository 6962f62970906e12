/** The desktop app's main process: lifecycle and the window. */

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, session } from 'electron'
import { version } from '../../package.json' with { type: 'json' }
import { textToByteString } from '../shared/byte-string.ts'
import { handleRequests } from './ipc/handle.ts'

const pagePath = join(import.meta.dirname, '../renderer/index.html')
/** Set by `electron-vite dev` only. */
const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const pageUrl = devServerUrl ?? pathToFileURL(pagePath).href

function isOurPage(url: string): boolean {
  return url === pageUrl || (devServerUrl !== undefined && url.startsWith(`${new URL(devServerUrl).origin}/`))
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 960,
    height: 640,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  if (devServerUrl !== undefined) void window.loadURL(devServerUrl)
  else void window.loadFile(pagePath)
}

// Not awaited at the top level: Electron is ready only after this module has run.
void app.whenReady().then(() => {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  handleRequests(
    {
      productInfo: () => ({
        name: 'Reftar',
        version,
        locale: app.getLocale(),
        homeDirectory: textToByteString(app.getPath('home')),
      }),
    },
    isOurPage,
  )
  openWindow()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow()
  })
})

app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})
