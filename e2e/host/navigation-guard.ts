/** `will-navigate`: asks the app before a page leaves for another document by itself, and keeps it where it is if told. */

import type { EventEmitter } from 'node:events'
import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'

interface Navigating extends EventEmitter {
  getURL(): string
  /** Whether the app itself asked for this document. */
  isLoadingUrl(url: string): boolean
}

/** Loads by the app and reloads from outside of the page aren't asked about, as in Electron. */
export async function guardNavigation(page: Devtools, frameId: string, contents: Navigating): Promise<void> {
  page.on('Fetch.requestPaused', async ({ requestId, request: { url }, frameId: ofFrame }) => {
    const event = preventable({ url, isMainFrame: true, isSameDocument: false })
    if (ofFrame === frameId && url !== contents.getURL() && !contents.isLoadingUrl(url))
      contents.emit('will-navigate', event, url)
    const answered = event.defaultPrevented
      ? page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : page.send('Fetch.continueRequest', { requestId })
    // The navigation was replaced by another one.
    await answered.catch(() => {})
  })
  await page.send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] })
}
