/** What the product relies on of Electron, with the smallest app: the same on Electron itself and on the host. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, startSecond, test } from './support/app.ts'
import { dropFiles } from './support/drop-files.ts'
import { answerNative, nativeCalls } from './support/native-calls.ts'

interface Small {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  send(channel: string, ...args: unknown[]): void
  onHeard(listener: (text: string) => void): void
}

declare global {
  var small: Small
  var events: (readonly string[])[]
}

test.use({ appFolder: 'e2e/small-app' })

test('arguments and results of invoke are cloned', async ({ page }) => {
  const result = await page.evaluate(async () => {
    const cyclic: { self?: object } = {}
    cyclic.self = cyclic
    const sent = [undefined, null, Number.NaN, -0, 2n ** 64n, new Date(5), { $: 'tag', __proto__: null }]
    const [got, map, set, bytes, error, back] = (await small.invoke(
      'echo',
      sent,
      new Map([['key', new Set([1])]]),
      new Set(['a']),
      new Uint8Array([1, 2, 255]).subarray(1),
      new TypeError('wrong', { cause: 'why' }),
      cyclic,
    )) as [unknown[], Map<string, Set<number>>, Set<string>, Uint8Array, Error, { self: object }]
    return {
      types: got.map((value) =>
        value instanceof Date
          ? `Date ${value.getTime()}`
          : String(
              Object.is(value, -0) ? '-0' : typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
            ),
      ),
      map: [...(map.get('key') ?? [])],
      set: [...set],
      bytes: [bytes.constructor.name, ...bytes],
      error: [error instanceof TypeError, error.message, error.cause],
      cyclic: back.self === back,
    }
  })
  expect(result).toEqual({
    types: ['undefined', 'null', 'NaN', '-0', '18446744073709551616', 'Date 5', '{"$":"tag"}'],
    map: [1],
    set: ['a'],
    bytes: ['Uint8Array', 2, 255],
    error: [true, 'wrong', 'why'],
    cyclic: true,
  })
})

test('a function can’t be sent, an error of a handler arrives as one', async ({ page }) => {
  await expect(page.evaluate(() => small.invoke('echo', Symbol('x')))).rejects.toThrow('could not be cloned')
  await expect(page.evaluate(() => small.invoke('fail'))).rejects.toThrow(
    "Error invoking remote method 'fail': RangeError: too far",
  )
  await expect(page.evaluate(() => small.invoke('missing'))).rejects.toThrow("No handler registered for 'missing'")
})

test('a rejection that nobody handles is an error of the page', async ({ app }) => {
  const page = await app.firstWindow()
  await page.waitForURL('file:**')
  const error = page.waitForEvent('pageerror')
  await page.evaluate(() => void small.invoke('missing'))
  expect((await error).message).toContain("No handler registered for 'missing'")
})

test('messages go both ways, and tell whose they are', async ({ page }) => {
  const heard = page.evaluate(() => new Promise((resolve) => small.onHeard(resolve)))
  await page.evaluate(() => small.send('shout', 'hello'))
  expect(await heard).toBe('HELLO')
  expect(await page.evaluate(() => small.invoke('invoked-by'))).toEqual({ url: page.url(), window: 1 })
})

test('dropped files and folders have absolute paths', async ({ page }, info) => {
  const folder = info.outputPath('dropped')
  mkdirSync(folder)
  const names = ['a b.txt', 'ü.txt', ...Array.from({ length: 200 }, (_, index) => `${index}`)]
  const files = names.map((name) => join(folder, name))
  for (const path of files) writeFileSync(path, '')
  await dropFiles(page.locator('#zone'), [folder, ...files])
  await expect(page.locator('#paths')).toHaveText([folder, ...files].join('\n'))
})

test('a page stays where it is', async ({ app, page }, info) => {
  const url = page.url()
  const asked: [string, string][] = []
  const expectAsked = (event: string, address: string) => {
    asked.push([event, address])
    return expect
      .poll(() => app.evaluate(() => globalThis.events.filter(([name]) => name !== 'did-finish-load')))
      .toEqual(asked)
  }
  await page.getByRole('link', { name: 'away' }).click()
  await expectAsked('will-navigate', 'https://example.org/')
  await page.getByRole('link', { name: 'new window' }).click()
  await expectAsked('window-open', 'https://example.org/new')
  const dropped = info.outputPath('dropped.txt')
  writeFileSync(dropped, '')
  await dropFiles(page.locator('#paths'), [dropped])
  await expectAsked('will-navigate', `file://${dropped}`)
  expect(page.url()).toBe(url)
  await expect.poll(() => app.windows().length).toBe(1)
})

test('the page is sandboxed and asks for no permission', async ({ page }) => {
  const found = await page.evaluate(async () => ({
    globals: ['require', 'process', 'module', 'Buffer', '__electronHost'].filter((name) => name in globalThis),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    notifications: (await navigator.permissions.query({ name: 'notifications' })).state,
  }))
  expect(found).toEqual({ globals: [], geolocation: 'denied', notifications: 'denied' })
})

test('a crashed page is told, and reloads', async ({ app, page }) => {
  const crashed = page.waitForEvent('crash')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await crashed
  await expect.poll(() => app.evaluate(() => globalThis.events.at(-1)?.[0])).toBe('render-process-gone')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
  await expect.poll(() => app.evaluate(() => globalThis.events.at(-1)?.[0])).toBe('did-finish-load')
})

test('a reloaded page has its preload again', async ({ page }) => {
  await page.reload()
  expect(await page.evaluate(() => small.invoke('echo', 1))).toEqual([1])
})

test('a second start hands over its arguments and ends', async ({ app, page, userData }) => {
  await expect(page).toHaveTitle('Small app')
  await startSecond('e2e/small-app', userData, ['given.txt'])
  expect(await app.evaluate(() => globalThis.events)).toContainEqual(['second-instance', 'given.txt', process.cwd()])
})

test('an answered dialog returns what it was told, and what it was asked is known', async ({ app, page }) => {
  await expect(page).toHaveTitle('Small app')
  const answer = { canceled: false, filePaths: ['/chosen'] }
  await answerNative(app, 'dialog', 'showOpenDialog', answer)
  const chosen = await app.evaluate(({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) throw new Error('There is no window.')
    return dialog.showOpenDialog(window, { properties: ['openFile'] })
  })
  expect(chosen).toEqual(answer)
  expect(await nativeCalls(app, 'dialog', 'showOpenDialog')).toEqual([[{ properties: ['openFile'] }]])
})

test('the theme reaches the page and the main process', async ({ app, page }) => {
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  for (const theme of ['dark', 'light'] as const) {
    const shouldUseDark = await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source
      return nativeTheme.shouldUseDarkColors
    }, theme)
    expect(shouldUseDark).toBe(theme === 'dark')
    await expect.poll(isDark).toBe(theme === 'dark')
  }
})

test('a window keeps its bounds through maximizing, and gives the page its size', async ({ app, page }) => {
  const width = () => page.evaluate(() => innerWidth)
  const normal = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 40, y: 30, width: 640, height: 480 })
    window?.maximize()
    return [window?.isMaximized(), window?.getNormalBounds()]
  })
  expect(normal).toEqual([true, { x: 40, y: 30, width: 640, height: 480 }])
  await expect.poll(width).toBeGreaterThan(640)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize())
  await expect.poll(width).toBe(640)
})

test('a zoomed page sees a smaller window', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setSize(800, 600)
    window?.webContents.setZoomFactor(2)
  })
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(400)
})

test('a window that refuses to close stays, and keeps the app', async ({ app, page }) => {
  await app.evaluate(({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.once('close', (event) => event.preventDefault())
    app.quit()
  })
  expect(await page.title()).toBe('Small app')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('closing the last window quits in Electron’s order', async ({ app, page }) => {
  const { stdout } = app.process()
  if (stdout === null) throw new Error('The app was started without a pipe.')
  // Listened to before: what comes while nobody does is lost.
  const output = text(stdout)
  await page.close()
  expect(JSON.parse(await output)).toEqual(['did-finish-load', 'window-all-closed', 'before-quit', 'will-quit'])
})
