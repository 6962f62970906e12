/**
 * Pages that the app didn't open. Electron asks it about a page's wish for a window, and follows a file that was dropped
 * where nothing takes it; Chromium opens a tab for either, which is closed here and asked about instead.
 */

import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'
import { openWindows } from './open-windows.ts'
import { HostWebContents } from './web-contents.ts'

export function closeStrayPages(root: Devtools): void {
  root.on('Target.targetCreated', ({ targetInfo: { type, targetId, openerId, url } }) => {
    // The app's own windows have no opener and start empty.
    if (type !== 'page' || (openerId === undefined && url === 'about:blank')) return
    root.send('Target.closeTarget', { targetId }).catch(() => {})
    if (openerId !== undefined) HostWebContents.fromDevToolsTargetId(openerId)?.wantsWindow(url)
    else followDrop(url)
  })
}

function followDrop(url: string): void {
  const contents = openWindows.focused()?.webContents
  const event = preventable({ url, isMainFrame: true, isSameDocument: false })
  contents?.emit('will-navigate', event, url)
  if (!event.defaultPrevented) contents?.loadURL(url).catch(() => {})
}
