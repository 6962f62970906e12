/** An app of a few lines that uses of Electron what Reftar uses: what holds for it on the host holds on Electron. */

import { app, BrowserWindow, ipcMain, session } from 'electron'

const first = app.requestSingleInstanceLock()
if (!first) app.quit()

/** What happened, in order, for the specs to read. */
export const events = []
globalThis.events = events

ipcMain.handle('echo', (_event, ...args) => args)
ipcMain.handle('fail', () => {
  throw new RangeError('too far')
})
ipcMain.handle('invoked-by', (event) => ({
  url: event.senderFrame.url,
  window: BrowserWindow.fromWebContents(event.sender).id,
}))
ipcMain.on('shout', (event, text) => event.sender.send('heard', text.toUpperCase()))

app.on('second-instance', (_event, argv, folder) => events.push(['second-instance', argv.at(-1), folder]))
for (const name of ['before-quit', 'window-all-closed', 'will-quit']) app.on(name, () => events.push([name]))
app.on('window-all-closed', () => app.quit())
app.on('quit', () => console.log(JSON.stringify(events.map(([name]) => name))))

app.whenReady().then(() => {
  if (!first) return
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  const window = new BrowserWindow({
    // As large as Reftar's first window, which the start bench compares with this one.
    width: 1120,
    height: 720,
    show: false,
    webPreferences: { preload: `${app.getAppPath()}/preload.cjs`, contextIsolation: true, sandbox: true },
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    events.push(['window-open', url])
    return { action: 'deny' }
  })
  window.webContents.on('will-navigate', (event, url) => {
    events.push(['will-navigate', url])
    event.preventDefault()
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => events.push(['render-process-gone', reason]))
  window.webContents.on('did-finish-load', () => events.push(['did-finish-load']))
  window.once('ready-to-show', () => window.show())
  void window.loadFile('index.html')
})
