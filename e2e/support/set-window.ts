/** Gives the first window a size and a theme, and waits until its page has them. */

import type { ElectronApplication, Page } from '@playwright/test'

interface WindowState {
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
}

export async function setWindow(app: ElectronApplication, page: Page, state: WindowState): Promise<void> {
  await app.evaluate(({ BrowserWindow, nativeTheme }, { width, height, theme }) => {
    nativeTheme.themeSource = theme
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, state)
  await page.waitForFunction(
    ({ width, height, theme }) =>
      innerWidth === width &&
      innerHeight === height &&
      matchMedia('(prefers-color-scheme: dark)').matches === (theme === 'dark'),
    state,
  )
}
