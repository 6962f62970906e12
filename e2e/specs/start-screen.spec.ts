/** The first screen: dropping, opening, the archives used last. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from '../pages/browser.ts'
import { StartScreen } from '../pages/start-screen.ts'
import { accessibilityFaults } from '../support/accessibility.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import { makeArchive, makeSample } from '../support/samples.ts'
import { setWindow } from '../support/set-window.ts'

test('a dropped archive opens, anywhere on the window', async ({ disk, page }) => {
  makeSample(disk)
  await dropFiles(page.locator('body'), [makeArchive(disk, 'backup.reftar', 'vm')])
  await expect(new Browser(page).row('vm')).toBeVisible()
  await expect(page).toHaveTitle('backup.reftar – Reftar')
})

test('while something is dragged over the window, it says what letting go will do', async ({ disk, page }) => {
  const folder = makeSample(disk)
  const devtools = await page.context().newCDPSession(page)
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', {
      type,
      x: 200,
      y: 200,
      data: { items: [], files: [folder], dragOperationsMask: 1 },
    })
  await expect(new StartScreen(page).zone).toBeVisible()
  await drag('dragEnter')
  // A real pointer goes on telling that it is there.
  await expect(async () => {
    await drag('dragOver')
    await expect(page.getByText('Let go to open or archive')).toBeVisible({ timeout: 500 })
  }).toPass()
  await drag('dragOver')
  await drag('drop')
  await expect(page.getByText('Let go to open or archive')).toBeHidden()
})

test('anything else starts a new archive', async ({ disk, page }) => {
  await dropFiles(page.locator('body'), [makeSample(disk)])
  await expect(page.getByRole('dialog', { name: 'New archive' })).toBeVisible()
})

test('archives used last are listed, open with the keyboard, are marked when missing, and can be removed', async ({
  app,
  disk,
  page,
}) => {
  makeSample(disk)
  const path = makeArchive(disk, 'backup.reftar', 'vm')
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [path] })
  await page.getByRole('button', { name: 'Open archive…' }).click()
  await expect(new Browser(page).row('vm')).toBeVisible()
  await page.keyboard.press('Control+w')

  const start = new StartScreen(page)
  await expect(start.recent('backup.reftar')).toContainText(disk.mountpoint)
  await start.recent('backup.reftar').getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(new Browser(page).row('vm')).toBeVisible()

  await page.keyboard.press('Control+w')
  rmSync(path)
  await page.reload()
  await expect(start.recent('backup.reftar')).toContainText('missing')
  await start.zone.hover()
  await start.recent('backup.reftar').getByRole('button').last().hover()
  await expect(page.getByRole('tooltip')).toHaveText('Remove backup.reftar from the list')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip')).toBeHidden()
  await start.forget('backup.reftar')
  await expect(start.recents).toHaveCount(0)
})

test('what the first picture waits for doesn’t list the locales there are, which takes V8 10 ms', () => {
  const html = readFileSync('out/renderer/index.html', 'utf8')
  const names = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '')
  expect(names.length).toBeGreaterThan(0)
  const asking = names.filter((name) =>
    readFileSync(join('out/renderer', name), 'utf8').includes('DateTimeFormat.supportedLocalesOf'),
  )
  expect(asking).toEqual([])
})

test('what is only named like an archive is told to be none, and what to do', async ({ disk, page }) => {
  writeFileSync(disk.path('fake.reftar'), 'x'.repeat(10_000))
  await dropFiles(page.locator('body'), [disk.path('fake.reftar')])
  const { failure } = new StartScreen(page)
  await expect(failure).toContainText('Couldn’t open fake.reftar: Not a reftar archive')
  await expect(failure).toContainText(disk.path('fake.reftar'))
  await expect(failure).toContainText('Check that it is the right file.')
  await failure.getByRole('button', { name: 'Dismiss' }).click()
  await expect(failure).toBeHidden()
})

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing wrong with it, ${theme}`, async ({ app, page }) => {
    await setWindow(app, page, { width: 960, height: 640, theme })
    await expect(new StartScreen(page).zone).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
  })
