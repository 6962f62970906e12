/** Before the specs: the host, where Electron's own binary isn't installed. The app itself is built by whoever starts them. */

import { existsSync } from 'node:fs'
import { buildHost } from '../../scripts/desktop/build-host.mjs'
import { electronPath } from '../../scripts/desktop/runtime.mjs'

export default async function build(): Promise<void> {
  if (!existsSync('out/main/index.js')) throw new Error('There is no built app: run npm run build, or npm run e2e.')
  if (electronPath() === undefined) await buildHost()
}
