/**
 * Pages that the app didn't open. Electron asks it about a page's wish for a window, and follows a file that was dropped
 * where nothing takes it; Chromium opens a tab for either, which is closed here and asked about instead.
 */

import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'
import { openWindows } from './open-windows.ts'
import { HostWebContents } from './web-contents.ts'

/** Of the protocol's Target.TargetInfo. */
interface TargetInfo {
  readonly type: string
  readonly targetId: string
  readonly openerId?: string
  readonly url: string
}

export function closeStrayPages(root: Devtools): void {
  /** Pages whose address Chromium hasn't told yet. */
  const nameless = new Set<string>()
  const look = ({ type, targetId, openerId, url }: TargetInfo): void => {
    // The app's own windows have no opener and start empty.
    if (type !== 'page' || (openerId === undefined && url === 'about:blank')) return
    if (url === '') {
      nameless.add(targetId)
      return
    }
    root.send('Target.closeTarget', { targetId }).catch(() => {})
    if (openerId !== undefined) HostWebContents.fromDevToolsTargetId(openerId)?.wantsWindow(url)
    else followDrop(url)
  }
  root.on('Target.targetCreated', ({ targetInfo }) => look(targetInfo))
  root.on('Target.targetInfoChanged', ({ targetInfo }) => {
    if (nameless.delete(targetInfo.targetId)) look(targetInfo)
  })
}

function followDrop(url: string): void {
  const contents = openWindows.focused()?.webContents
  const event = preventable({ url, isMainFrame: true, isSameDocument: false })
  contents?.emit('will-navigate', event, url)
  if (!event.defaultPrevented) contents?.loadURL(url).catch(() => {})
}
