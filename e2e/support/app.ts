/** The fixtures of every spec: the built app, started afresh with user data of its own, and its first window. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test'
import { electronPath, hostPath } from '../../scripts/desktop/runtime.mjs'
import { type MountedImage, mountImage } from '../../test/support/loopback.ts'

export interface Fixtures {
  /**
   * A btrfs filesystem of its own, unmounted at the end. Fixtures end in the opposite order of their names in the spec:
   * `({ disk, page })` closes the app first, which may have files open there.
   */
  readonly disk: MountedImage
  /** The folder of the app's `package.json`: this repository, unless a spec has an app of its own. */
  readonly appFolder: string
  /** The folder of the app's settings, empty at the start; a second launch with it sees what the first one left. */
  readonly userData: string
  /** Arguments of the command line: `test.use({ appArguments: [path] })`. */
  readonly appArguments: readonly string[]
  readonly app: ElectronApplication
  /** The first window, with its page drawn. A spec fails whose page throws what nobody catches. */
  readonly page: Page
}

const executablePath = electronPath() ?? hostPath

function argumentsOf(appFolder: string, userData: string, appArguments: readonly string[]): string[] {
  return [appFolder, `--user-data-dir=${userData}`, ...appArguments]
}

/** Starts an app, which a driver ends with `close`. */
export function launch(
  appFolder: string,
  userData: string,
  appArguments: readonly string[] = [],
): Promise<ElectronApplication> {
  return electron.launch({
    executablePath,
    args: argumentsOf(appFolder, userData, appArguments),
    // Playwright would emulate a light one, whatever the app's own theme is.
    colorScheme: null,
  })
}

/** Starts an app that gives way to one that is running already. Resolves when it has ended. */
export async function startSecond(
  appFolder: string,
  userData: string,
  appArguments: readonly string[] = [],
): Promise<void> {
  await promisify(execFile)(executablePath, ['--no-sandbox', ...argumentsOf(appFolder, userData, appArguments)])
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  disk: async ({}, use) => {
    const disk = mountImage('btrfs')
    await use(disk)
    disk.unmount()
  },
  appFolder: ['.', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  userData: async ({}, use, info) => use(info.outputPath('user-data')),
  appArguments: [[], { option: true }],
  app: async ({ appFolder, userData, appArguments }, use) => {
    const app = await launch(appFolder, userData, appArguments)
    await use(app)
    await app.close()
  },
  page: async ({ app, appFolder }, use, info) => {
    const errors: string[] = []
    // Of the context, not of the page: it may throw before it is here.
    app.context().on('weberror', (webError) => errors.push(webError.error().stack ?? webError.error().message))
    const page = await app.firstWindow()
    // A window starts at about:blank, where evaluating is a race.
    await page.waitForURL((url) => url.protocol !== 'about:')
    // Reftar draws itself when main has answered, which loading doesn't wait for: what is dropped before is lost.
    if (appFolder === '.') await page.locator('main').waitFor()
    await use(page)
    expect(errors, 'uncaught errors of the page').toEqual([])
    if (info.status !== info.expectedStatus && !page.isClosed())
      await info.attach('window', { body: await page.screenshot(), contentType: 'image/png' })
  },
})

export { expect }
