/** Before the specs: the host, where Electron's own binary isn't installed, and a place for mounted images. */

import { buildHost } from '../../scripts/desktop/build-host.mjs'
import { electronPath } from '../../scripts/desktop/runtime.mjs'
import { setup } from '../../test/support/global-setup.ts'

/** The app itself is built by whoever starts the specs. */
export default async function prepare(): Promise<(() => void) | undefined> {
  if (electronPath() === undefined) await buildHost()
  // Only root can mount: without it, the specs that need no disk still run.
  return process.getuid?.() === 0 ? setup() : undefined
}
