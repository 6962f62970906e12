/** `npm start [-- FILE…]`: builds the app when its sources are newer, and opens its window. */

import { resolve } from 'node:path'
import { isOutdated } from './desktop/freshness.mjs'
import { provideRuntime, runInView } from './desktop/open.mjs'

const sources = ['src', 'native', 'package.json', 'electron.vite.config.ts']

async function start() {
  const runtime = await provideRuntime()
  if (runtime === undefined) return 1
  const { executable, env } = runtime
  if (isOutdated('out/main/index.js', sources)) {
    const exitCode = await runInView('npm', ['run', '--silent', 'build'], process.env)
    if (exitCode !== 0) return exitCode
  }
  // npm changes to the project's folder; files are named from where it was called.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  const files = process.argv.slice(2).map((argument) => (argument.startsWith('-') ? argument : resolve(from, argument)))
  // Chromium's sandbox, in either runtime, refuses to run for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return runInView(executable, [...asRoot, '.', ...files], env)
}

process.exitCode = await start()
