/** What `import … from 'electron'` gives in the main process. */

import { notProvided } from './provided.ts'

export { app } from './app.ts'
export { HostBrowserWindow as BrowserWindow } from './browser-window.ts'
export { clipboard } from './clipboard.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipc-main.ts'
export { HostMenu as Menu, HostMenuItem as MenuItem } from './menu.ts'
export { nativeImage } from './native-image.ts'
export { nativeTheme } from './native-theme.ts'
export { HostNotification as Notification } from './notification.ts'
export { screen } from './screen.ts'
export { session } from './session.ts'
export { shell } from './shell.ts'
export { HostWebContents as webContents } from './web-contents.ts'

export const autoUpdater = notProvided('autoUpdater')
export const BaseWindow = notProvided('BaseWindow')
export const contentTracing = notProvided('contentTracing')
export const crashReporter = notProvided('crashReporter')
export const desktopCapturer = notProvided('desktopCapturer')
export const globalShortcut = notProvided('globalShortcut')
export const MessageChannelMain = notProvided('MessageChannelMain')
export const net = notProvided('net')
export const powerMonitor = notProvided('powerMonitor')
export const powerSaveBlocker = notProvided('powerSaveBlocker')
export const protocol = notProvided('protocol')
export const safeStorage = notProvided('safeStorage')
export const systemPreferences = notProvided('systemPreferences')
export const TouchBar = notProvided('TouchBar')
export const Tray = notProvided('Tray')
export const utilityProcess = notProvided('utilityProcess')
export const View = notProvided('View')
export const webFrameMain = notProvided('webFrameMain')
export const WebContentsView = notProvided('WebContentsView')
