/** An archive of a million entries in the window: opening, scrolling, searching, selecting all, memory. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { Browser } from '../pages/browser.ts'
import { StartScreen } from '../pages/start-screen.ts'
import { test as base, expect } from '../support/app.ts'
import { setWindow } from '../support/set-window.ts'
import { figure } from './figures.ts'
import { frameTimes, fromInput, timeFrom } from './in-page.ts'
import { millionEntries } from './million-entries.ts'
import { rendererMegabytes } from './renderer-memory.ts'

const RUNS = 7
const FRAME_MILLISECONDS = 50

const test = base.extend<{ archive: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  archive: async ({}, use) => use(millionEntries()),
  userData: async ({ archive }, use, info) => {
    const folder = info.outputPath('user-data')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'state.json'), JSON.stringify({ recents: [{ path: archive, openedAt: 0 }] }))
    await use(folder)
  },
  page: async ({ app, page }, use) => {
    await setWindow(app, page, { width: 1400, height: 900, theme: 'light' })
    await use(page)
  },
})

const firstRow = (text: string) => ({ selector: '[data-index="0"]', text: `^${text}` })
const figures = (text: string) => ({ selector: 'footer [role=status]', text })

function command(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, name) => Menu.getApplicationMenu()?.getMenuItemById(name)?.click(), id)
}

async function open(page: Page): Promise<number> {
  return fromInput(page, 'click', () => new StartScreen(page).open('million.reftar'), firstRow('tree'))
}

/** Types a search; the time counts from its last letter. */
async function search(page: Page, text: string, first: string): Promise<number> {
  const { search: field } = new Browser(page)
  await field.focus()
  return fromInput(page, 'keydown', () => page.keyboard.type(text), firstRow(first))
}

async function complete(page: Page): Promise<void> {
  await expect(new Browser(page).filter).toContainText(/\d found$/)
}

test('opening', async ({ app, page }) => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    times.push(await open(page))
    await command(app, 'close-archive')
    await expect(new StartScreen(page).zone).toBeVisible()
  }
  figure('opening the archive: first rows', 'ms', times, 300)
})

test('entering folders', async ({ page }) => {
  await open(page)
  const browser = new Browser(page)
  await browser.enter('tree')
  await expect(browser.row('flat')).toBeVisible()
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    times.push(await fromInput(page, 'dblclick', () => browser.enter('flat'), firstRow('IMG_0000000')))
    await browser.button('Up').click()
    await expect(browser.row('flat')).toBeVisible()
  }
  figure('a folder of 100,000 files: first rows', 'ms', times, 300)
})

test('searching', async ({ page }) => {
  await open(page)
  const browser = new Browser(page)
  const { search: field } = browser
  for (const [text, first] of [
    ['jpg', 'IMG_'],
    ['file', 'file-'],
  ] as const) {
    const times: number[] = []
    for (let run = 0; run < RUNS; run++) {
      times.push(await search(page, text, first))
      await field.fill('')
      await expect(browser.row('tree')).toBeVisible()
    }
    figure(`searching “${text}”: first matches after the last letter`, 'ms', times, 200)
  }
  const begun = performance.now()
  await search(page, 'file', 'file-')
  await complete(page)
  figure('searching “file”: all of them', 'ms', [performance.now() - begun])
})

test('scrolling', async ({ page }) => {
  await open(page)
  await search(page, 'file', 'file-')
  await complete(page)
  const { table } = new Browser(page)
  const box = await table.boundingBox()
  if (box === null) throw new Error('The table isn’t there.')
  const devtools = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const wheel = await frameTimes(page, async () => {
    for (const yDistance of [-30_000, 20_000])
      await devtools.send('Input.synthesizeScrollGesture', {
        ...at,
        yDistance,
        speed: 8000,
        gestureSourceType: 'mouse',
      })
  })
  figure('scrolling by the wheel: longest frame', 'ms', [Math.max(...wheel)], FRAME_MILLISECONDS)
  figure(`scrolling by the wheel: frames over 50 ms of ${wheel.length}`, 'frames', [tooLong(wheel)], 0)
  const bar = await frameTimes(page, () =>
    table.evaluate(async (scroller) => {
      for (let step = 0; step < 120; step++) {
        scroller.scrollTop = ((step * 7919) % 120) * (scroller.scrollHeight / 120)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    }),
  )
  figure('dragging the scrollbar: longest frame', 'ms', [Math.max(...bar)], FRAME_MILLISECONDS)
  figure(`dragging the scrollbar: frames over 50 ms of ${bar.length}`, 'frames', [tooLong(bar)], 0)
})

function tooLong(frames: readonly number[]): number {
  return frames.filter((milliseconds) => milliseconds > FRAME_MILLISECONDS).length
}

test('selecting all', async ({ page }) => {
  await open(page)
  const browser = new Browser(page)
  const first: number[] = []
  const all: number[] = []
  for (let run = 0; run < RUNS; run++) {
    // A view of its own each time: what was counted of another one isn't known of it.
    await search(page, 'file', 'file-')
    await complete(page)
    await browser.table.focus()
    const some = await timeFrom(page, 'keydown', figures('selected.*on disk'))
    const every = await timeFrom(page, 'keydown', figures('selected.*on disk(?!.*counting)'))
    await page.keyboard.press('Control+a')
    first.push(await some())
    all.push(await every())
    await browser.search.fill('')
    await expect(browser.row('tree')).toBeVisible()
  }
  figure('selecting what “file” finds: first totals', 'ms', first)
  figure('selecting what “file” finds: all totals', 'ms', all)
})

test('memory', async ({ app, page }) => {
  await open(page)
  const { table, figures: shown } = new Browser(page)
  await search(page, 'file', 'file-')
  await complete(page)
  await table.evaluate(async (scroller) => {
    for (let step = 0; step < 200; step++) {
      scroller.scrollTop = step * (scroller.scrollHeight / 200)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })
  await table.focus()
  await page.keyboard.press('Control+a')
  await expect(shown).toContainText(/on disk(?!.*counting)/)
  figure('memory of the page’s process', 'MB', [rendererMegabytes(app)], 300)
  const status = readFileSync(`/proc/${app.process().pid}/status`, 'utf8')
  figure('memory of the main process with the archive’s thread', 'MB', [
    Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1000,
  ])
})
