/** `shell`: no file manager and no browser belong to the host; a test replaces what it wants to see called. */

import type { Shell } from 'electron'
import { refuseUnknown } from './provided.ts'

export const shell = refuseUnknown('shell', {
  openPath: () => Promise.resolve(''),
  openExternal: () => Promise.resolve(),
  showItemInFolder: () => {},
  beep: () => {},
} satisfies Pick<Shell, 'openPath' | 'openExternal' | 'showItemInFolder' | 'beep'>)
