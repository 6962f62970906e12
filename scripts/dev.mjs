/** `npm run dev`: the desktop app from its sources, reloading as they change. */

import { provideRuntime, runInView } from './desktop/open.mjs'

const runtime = await provideRuntime()
if (runtime === undefined) process.exitCode = 1
else {
  const { executable, env } = runtime
  const asRoot = process.getuid?.() === 0 ? ['--noSandbox'] : []
  const args = ['electron-vite', 'dev', ...asRoot, ...process.argv.slice(2)]
  process.exitCode = await runInView('npx', args, { ...env, ELECTRON_EXEC_PATH: executable })
}
