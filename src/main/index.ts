/** The main process's entry. */

import { app } from 'electron'
import { inBackground } from './background.ts'
import { pathsOfCommandLine } from './paths/given.ts'

// A second start hands its arguments, as bytes, to the first and ends.
if (app.requestSingleInstanceLock(pathsOfCommandLine(process.argv, app.isPackaged)))
  // Not awaited: Electron gets ready only after this module has run, and may do so while the rest is being read.
  inBackground(import('./desktop-app.ts').then(({ start }) => start()))
else app.quit()
