/** What must hold for the product's window, whatever it shows. */

import { expect, test } from './support/app.ts'

declare global {
  var wasRefused: Promise<boolean> | undefined
}

test('the window is visible and names the product', async ({ app, page }) => {
  await expect(page).toHaveTitle('Reftar')
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible()))
  await expect.poll(isVisible).toEqual([true])
})

test('the page has nothing of Node or Electron but what the preload exposes', async ({ page }) => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', 'reftar']
  expect(await page.evaluate((names) => names.filter((name) => name in globalThis), names)).toEqual(['reftar'])
})

test('the content security policy blocks scripts that are not the app’s', async ({ page }) => {
  const blocked = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    )
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.inlineRan = true'
    document.body.append(inline)
    const image = new Image()
    image.src = 'https://example.org/image.png'
    await new Promise((resolve) => image.addEventListener('error', resolve))
    return { violations: violations.sort(), inlineRan: 'inlineRan' in globalThis }
  })
  expect(blocked).toEqual({ violations: ['img-src', 'script-src-elem'], inlineRan: false })
})

test('the page can’t be left', async ({ app, page }) => {
  const url = page.url()
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    globalThis.wasRefused = new Promise((resolve) => {
      // Behind the app's own listener.
      window?.webContents.once('will-navigate', (event) => resolve(event.defaultPrevented))
    })
  })
  await page.evaluate(() => location.assign('https://example.org/'))
  expect(await app.evaluate(() => globalThis.wasRefused)).toBe(true)
  expect(page.url()).toBe(url)
})
