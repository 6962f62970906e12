/** A scene of the running app, taken in both themes into docs/images, and for judging it in other sizes and as colour-blind people see it. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { test as base } from '../support/app.ts'
import { setWindow } from '../support/set-window.ts'
import { type Demo, withDemo } from './demo.ts'

interface Scene {
  /** The window's size; 1100 × 720 unless told. */
  readonly width?: number
  readonly height?: number
  readonly language?: 'en' | 'de'
  /** Also, or only, taken for judging: in two sizes, light, dark and as seen without green cones. */
  readonly judged?: 'also' | 'only'
  /** Archives on the start screen: paths on the demo's disk. */
  readonly recents?: readonly string[]
  /** Brings the window to what the picture shows. */
  prepare(fixtures: { readonly app: ElectronApplication; readonly page: Page; readonly demo: Demo }): Promise<void>
}

const test = base.extend<object, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
    async ({}, use) => withDemo(use),
    { scope: 'worker', timeout: 120_000 },
  ],
})

const judgedSizes = [
  [1280, 800],
  [800, 600],
] as const
const judgedFolder = 'out/judged'

/** Takes `docs/images/NAME-light.png` and `NAME-dark.png`, and what is judged into `out/judged`. */
export function scene(
  name: string,
  { width = 1100, height = 720, language = 'en', recents = [], judged, prepare }: Scene,
): void {
  for (const theme of ['light', 'dark'] as const)
    test.describe(theme, () => {
      test.use({
        userData: async ({ demo }, use, info) => {
          demo.reset()
          const folder = info.outputPath('user-data')
          mkdirSync(folder, { recursive: true })
          // As somebody's own choice, so that saving other settings keeps the theme.
          writeFileSync(join(folder, 'settings.json'), JSON.stringify({ theme, language }))
          writeFileSync(join(folder, 'state.json'), JSON.stringify({ recents: recents.map(toRecent) }))
          await use(folder)
        },
      })

      test(name, async ({ app, demo, page }) => {
        await setWindow(app, page, { width, height, theme })
        await prepare({ app, page, demo })
        if (judged !== 'only') await shoot(page, `docs/images/${name}-${theme}.png`)
        if (judged === undefined) return
        for (const [width, height] of judgedSizes) {
          await setWindow(app, page, { width, height, theme })
          await shoot(page, `${judgedFolder}/${name}-${width}-${theme}.png`)
          if (theme === 'light') await shootColourBlind(page, `${judgedFolder}/${name}-${width}-deuteranopia.png`)
        }
      })
    })
}

/** What is drawn on canvases comes later than the layout: taken when nothing changes any more. */
async function shoot(page: Page, path: string): Promise<void> {
  let before = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  for (;;) {
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    if (picture.equals(before)) break
    before = picture
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, before)
}

async function shootColourBlind(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'deuteranopia' })
  await shoot(page, path)
  await session.detach()
}

function toRecent(path: string, index: number): { path: string; openedAt: number } {
  return { path, openedAt: Date.UTC(2026, 10, 20 - 4 * index, 17 - index, 12 + 7 * index) }
}
