/** `nativeTheme`: which of the two colour schemes the pages are told to show. Without a desktop the system's is light. */

import { EventEmitter } from 'node:events'
import type { NativeTheme } from 'electron'
import type { Devtools } from './devtools.ts'
import { openWindows } from './open-windows.ts'
import { refuseUnknown } from './provided.ts'

class HostNativeTheme extends EventEmitter implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly prefersReducedTransparency = false
  #source: NativeTheme['themeSource'] = 'system'

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source
  }

  set themeSource(source) {
    if (source === this.#source) return
    this.#source = source
    // A page that is closed meanwhile needs no theme.
    for (const { webContents } of openWindows.all()) webContents.page.then(showTheme).catch(() => {})
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}

refuseUnknown('nativeTheme', HostNativeTheme.prototype)
export const nativeTheme = new HostNativeTheme()

export async function showTheme(page: Devtools): Promise<void> {
  const { themeSource: value } = nativeTheme
  const features = value === 'system' ? [] : [{ name: 'prefers-color-scheme', value }]
  await page.send('Emulation.setEmulatedMedia', { features })
}
