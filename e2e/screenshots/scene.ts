/** A scene of the running app, taken in both themes into docs/images. */

import type { ElectronApplication, Page } from '@playwright/test'
import { test } from '../support/app.ts'
import { setWindow } from '../support/set-window.ts'

interface Scene {
  /** The window's size; 1100 × 720 unless told. */
  readonly width?: number
  readonly height?: number
  /** Brings the window to what the picture shows. */
  prepare(fixtures: { readonly app: ElectronApplication; readonly page: Page }): Promise<void>
}

/** Takes `docs/images/NAME-light.png` and `NAME-dark.png`. */
export function scene(name: string, { width = 1100, height = 720, prepare }: Scene): void {
  for (const theme of ['light', 'dark'] as const)
    test(`${name}, ${theme}`, async ({ app, page }) => {
      await setWindow(app, page, { width, height, theme })
      await prepare({ app, page })
      await page.screenshot({ path: `docs/images/${name}-${theme}.png`, animations: 'disabled', caret: 'hide' })
    })
}
