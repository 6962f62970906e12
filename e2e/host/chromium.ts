/** Starts the installed Chromium that shows the windows, and ends it with the host. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import { chromiumPath } from '../../scripts/desktop/runtime.mjs'
import { DevtoolsConnection } from './devtools.ts'
import { isHeadful, switchValue } from './invocation.ts'

const flags = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  // Without it module scripts of file:// pages are blocked and the page stays blank.
  '--allow-file-access-from-files',
  // Keeps it off the network.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-search-engine-choice-screen',
  '--metrics-recording-only',
  '--password-store=basic',
  // Windows that nobody looks at work as fast as others.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-ipc-flooding-protection',
  '--disable-hang-monitor',
  '--disable-popup-blocking',
  '--disable-dev-shm-usage',
  '--disable-infobars',
  '--force-color-profile=srgb',
  // WebUIOmnibox…: pages behind its address bar, which Electron has none of; they load while the app's first page does.
  '--disable-features=HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding,Translate,DestroyProfileOnBrowserClose,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
]

interface Chromium {
  readonly process: ChildProcess
  readonly connection: DevtoolsConnection
  /** As `process.versions.chrome` has it. */
  readonly version: string
}

let running: Chromium | undefined

/** @throws while no Chromium runs: Electron's windows exist only once the app is ready. */
export function chromium(): Chromium {
  if (running === undefined) throw new Error('Chromium is not running yet.')
  return running
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended already.
  }
}

/** Starts Chromium with the app's own switches. @throws when none is installed or it ends at once. */
export async function startChromium(appSwitches: readonly string[]): Promise<Chromium> {
  const path = chromiumPath()
  if (path === undefined) throw new Error('No Chromium is installed, which the host shows windows in.')
  const profile = mkdtempSync(join(tmpdir(), 'reftar-host-chromium-'))
  const port = switchValue('remote-debugging-port')
  const args = [
    ...flags,
    `--user-data-dir=${profile}`,
    // Chromium's sandbox refuses to run for root; Playwright gives the switch, as it does to Electron.
    ...(switchValue('no-sandbox') === undefined ? [] : ['--no-sandbox']),
    ...(isHeadful ? [] : ['--headless=new']),
    ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    ...appSwitches,
  ]
  // In a process group of its own, which a terminal's Ctrl+C doesn't reach and which ends as one: a helper that outlived
  // the others would write into the profile again.
  const child = spawn(path, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  const [, , errors, output, input] = child.stdio
  if (!(errors instanceof Readable && output instanceof Writable && input instanceof Readable))
    throw new Error('Chromium was started without pipes.')
  // Playwright waits for the first of these lines, and explains the second.
  createInterface(errors).on('line', (line) => {
    if (/^DevTools listening|X display|Missing X/.test(line)) process.stderr.write(`${line}\n`)
  })
  const connection = new DevtoolsConnection(output, input)
  child.once('exit', () => connection.close())
  child.once('error', () => connection.close())
  process.once('exit', () => {
    endGroup(child)
    // What was just killed may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 })
  })
  try {
    const { product } = await connection.root.send('Browser.getVersion')
    running = { process: child, connection, version: product.replace(/^.*\//, '') }
    return running
  } catch (error) {
    throw new Error(`${path} ended before it could show a window.`, { cause: error })
  }
}
