/** Extracting in the window: targets, folders, conflicts, previews; what came of it is asked of the filesystem. */

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { MIB, overwrite } from '../../test/support/blocks.ts'
import type { MountedImage } from '../../test/support/loopback.ts'
import { commonRanges } from '../../test/support/oracle.ts'
import { Browser } from '../pages/browser.ts'
import { ConflictDialog } from '../pages/conflict-dialog.ts'
import { ExtractDialog } from '../pages/extract-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative, nativeCalls } from '../support/native-calls.ts'
import { makeArchive, makeSample } from '../support/samples.ts'

const old = new Date('2001-02-03T04:05:06Z')

/** Opens an archive of the sample folder in the window. */
async function openSample(disk: MountedImage, page: Page): Promise<Browser> {
  makeSample(disk)
  const archive = makeArchive(disk, 'vm.reftar', 'vm')
  await dropFiles(page.locator('main'), [archive])
  return new Browser(page)
}

async function extractTo(app: ElectronApplication, page: Page, target: string): Promise<ExtractDialog> {
  mkdirSync(target, { recursive: true })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [target] })
  const dialog = new ExtractDialog(page)
  await dialog.browse()
  await expect(dialog.target).toContainText(target)
  return dialog
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

test('a selection is extracted without the folders above it, and shares the archive’s blocks', async ({
  app,
  disk,
  page,
}) => {
  const browser = await openSample(disk, page)
  await browser.enter('vm')
  await browser.select('base.bin', 'copy.bin')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await expect(dialog.root).toContainText('2 selected entries of vm.reftar')
  await expect(dialog.root).toContainText('2 files, 8.4 MB')
  await dialog.choose('Make a folder when needed', false)
  await dialog.choose('Verify contents', false)
  await dialog.choose('Show the folder when done', true)
  await answerNative(app, 'shell', 'showItemInFolder')
  await answerNative(app, 'shell', 'openPath', '')
  await expect(dialog.start).toBeEnabled()
  await page.keyboard.press('Enter')
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Extracted 2 files, 8.4 MB. 8.4 MB cloned, 0 B new on disk.')
  expect(readdirSync(disk.path('out')).sort()).toEqual(['base.bin', 'copy.bin'])
  expect(hashOf(disk.path('out', 'base.bin'))).toBe(hashOf(disk.path('vm', 'base.bin')))
  expect(commonRanges(disk.path('out', 'base.bin'), disk.path('out', 'copy.bin'))).toEqual([
    { aOffset: 0, bOffset: 0, length: 4 * MIB },
  ])
  await jobs.open()
  await expect(jobs.root).toContainText('Cloned data wasn’t read, so its contents weren’t checked.')
  await expect(jobs.root).toContainText('are the archive’s own blocks, says the filesystem')
  await expect
    .poll(async () => [
      ...(await nativeCalls(app, 'shell', 'showItemInFolder')),
      ...(await nativeCalls(app, 'shell', 'openPath')),
    ])
    .toEqual([[disk.path('out')]])
})

test('what a search found in the whole archive keeps its folders, and the dialog says so', async ({
  app,
  disk,
  page,
}) => {
  const browser = await openSample(disk, page)
  await expect(browser.row('vm')).toBeVisible()
  await browser.search.fill('notes')
  await browser.select('notes.txt')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await expect(dialog.plan).toContainText('What was found keeps its folders, from the top of the archive on.')
  await dialog.start.click()
  await expect(new JobsBar(page).root).toContainText('Extracted 1 file')
  expect(readdirSync(disk.path('out', 'vm'))).toEqual(['notes.txt'])
})

test('contents that were verified are called verified', async ({ app, disk, page }) => {
  const browser = await openSample(disk, page)
  await browser.select('vm')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await dialog.choose('Verify contents', true)
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Extracted 4 files')
  await jobs.open()
  await expect(jobs.root).toContainText('All contents were checked against the archive’s checksums.')
})

test('more than one thing gets a folder of its own beside the archive', async ({ disk, page }) => {
  makeSample(disk)
  writeFileSync(disk.path('other.txt'), 'other')
  const archive = makeArchive(disk, 'two.reftar', 'vm', 'other.txt')
  await dropFiles(page.locator('main'), [archive])
  const browser = new Browser(page)
  await expect(browser.row('other.txt')).toBeVisible()
  await browser.extractHere()
  await expect(new JobsBar(page).root).toContainText('Extracted 5 files')
  expect(readdirSync(disk.path('two')).sort()).toEqual(['other.txt', 'vm'])
})

const answers = [
  { answer: 'Skip', contents: ['mine'], names: ['notes.txt'] },
  { answer: 'Replace', contents: ['first line\nsecond line\n'], names: ['notes.txt'] },
  { answer: 'Keep the newer one', contents: ['first line\nsecond line\n'], names: ['notes.txt'] },
  { answer: 'Keep both', contents: ['first line\nsecond line\n', 'mine'], names: ['notes (1).txt', 'notes.txt'] },
] as const

for (const { answer, contents, names } of answers) {
  test(`a name that is taken asks, and “${answer}” does that`, async ({ app, disk, page }) => {
    const browser = await openSample(disk, page)
    await browser.enter('vm')
    await browser.select('notes.txt')
    mkdirSync(disk.path('out'))
    writeFileSync(disk.path('out', 'notes.txt'), 'mine')
    utimesSync(disk.path('out', 'notes.txt'), old, old)
    await browser.extract()
    const dialog = await extractTo(app, page, disk.path('out'))
    await expect(dialog.plan).toContainText('1 name is taken there: “notes.txt”')
    await dialog.start.click()
    const conflict = new ConflictDialog(page)
    await expect(conflict.root).toContainText('“notes.txt” is there already')
    await expect(conflict.sides('Size')).toContainText(['4 B', '23 B larger'])
    await expect(conflict.sides('Modified')).toContainText(['2001', 'newer'])
    await expect(conflict.root).toContainText('The contents differ.')
    await conflict.answer(answer)
    await expect(conflict.root).toBeHidden()
    await expect(new JobsBar(page).root).toContainText('Extracted')
    const found = readdirSync(disk.path('out')).sort()
    expect(found).toHaveLength(names.length)
    expect(found.map((name) => readFileSync(disk.path('out', name), 'utf8')).sort()).toEqual([...contents].sort())
  })
}

test('a question has the window to itself: neither keys nor the menu open anything else', async ({
  app,
  disk,
  page,
}) => {
  const browser = await openSample(disk, page)
  await expect(browser.row('vm')).toBeVisible()
  await browser.extractHere()
  const conflict = new ConflictDialog(page)
  await expect(conflict.root).toBeVisible()
  await page.keyboard.press('Control+n')
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-archive')?.click())
  await conflict.forAll()
  await conflict.answer('Skip')
  await expect(conflict.root).toBeHidden()
  await expect(new JobsBar(page).root).toContainText('Extracted')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('one answer for all that follow asks once', async ({ app, disk, page }) => {
  const browser = await openSample(disk, page)
  mkdirSync(disk.path('out', 'vm'), { recursive: true })
  for (const name of ['base.bin', 'copy.bin', 'notes.txt']) writeFileSync(disk.path('out', 'vm', name), 'mine')
  await browser.select('vm')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await dialog.start.click()
  const conflict = new ConflictDialog(page)
  await conflict.forAll()
  await conflict.answer('Skip')
  await expect(conflict.root).toBeHidden()
  await expect(new JobsBar(page).root).toContainText('Extracted')
  expect(statSync(disk.path('out', 'vm', 'base.bin')).size).toBe(4)
  expect(existsSync(disk.path('out', 'vm', 'red.png'))).toBe(true)
})

test('a job that asks can be cancelled from the question', async ({ app, disk, page }) => {
  const browser = await openSample(disk, page)
  mkdirSync(disk.path('out', 'vm'), { recursive: true })
  writeFileSync(disk.path('out', 'vm', 'notes.txt'), 'mine')
  await browser.select('vm')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await dialog.start.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the extraction' }).click()
  await expect(new JobsBar(page).root).toContainText('Extracting vm.reftar was cancelled.')
  expect(readFileSync(disk.path('out', 'vm', 'notes.txt'), 'utf8')).toBe('mine')
})

test('a policy chosen before asks nothing', async ({ app, disk, page }) => {
  const browser = await openSample(disk, page)
  await browser.enter('vm')
  await browser.select('notes.txt')
  mkdirSync(disk.path('out'))
  writeFileSync(disk.path('out', 'notes.txt'), 'mine')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await dialog.whenTaken('Replace')
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  await expect(new JobsBar(page).root).toContainText('Extracted 1 file')
  expect(readFileSync(disk.path('out', 'notes.txt'), 'utf8')).toBe('first line\nsecond line\n')
})

test('every problem of a damaged archive is listed', async ({ app, disk, page }) => {
  mkdirSync(disk.path('many'))
  for (let number = 0; number < 300; number++) {
    writeFileSync(disk.path('many', `${String(number).padStart(3, '0')}.txt`), `contents ${number}`)
  }
  const archive = makeArchive(disk, 'many.reftar', 'many')
  const bytes = readFileSync(archive)
  // The first compressed frame is the pack with all the contents.
  const frame = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
  for (let offset = frame + 16; offset < frame + 64; offset++) bytes[offset] = (bytes[offset] ?? 0) ^ 0xff
  writeFileSync(archive, bytes)
  await dropFiles(page.locator('main'), [archive])
  const browser = new Browser(page)
  await browser.select('many')
  await browser.extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Extracted 0 files')
  await jobs.open()
  await jobs.button('300 entries need attention').click()
  const list = jobs.root.getByRole('region', { name: '300 problems' })
  await expect(list).toContainText('many/000.txt')
  await list.focus()
  await page.keyboard.press('End')
  await expect(list).toContainText('many/299.txt')
})

test('what is left of a damaged file is kept when that is chosen, and the file is named', async ({
  app,
  disk,
  page,
}) => {
  mkdirSync(disk.path('big'))
  const original = randomBytes(5 * MIB)
  writeFileSync(disk.path('big', 'base.bin'), original)
  const archive = makeArchive(disk, 'big.reftar', 'big')
  const damageAt = readFileSync(archive).indexOf(original.subarray(3 * MIB, 3 * MIB + 4096))
  overwrite(archive, damageAt, Buffer.alloc(10))
  await dropFiles(page.locator('main'), [archive])
  await new Browser(page).extract()
  const dialog = await extractTo(app, page, disk.path('out'))
  await dialog.choose('Keep what is left of damaged files', true)
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Extracted 1 file')
  await jobs.open()
  await jobs.button('1 entry needs attention').click()
  const list = jobs.root.getByRole('region', { name: '1 problem' })
  await expect(list).toContainText('big/base.bin')
  await expect(list).toContainText('kept, but 1.0 MB of it are damaged in the archive and zeros now')
  const kept = readFileSync(disk.path('out', 'big', 'base.bin'))
  expect(kept.length).toBe(original.length)
  expect(kept.subarray(0, 2 * MIB).equals(original.subarray(0, 2 * MIB))).toBe(true)
  expect(kept.subarray(3 * MIB, 3 * MIB + 4096).equals(Buffer.alloc(4096))).toBe(true)
  expect(kept.subarray(4.5 * MIB).equals(original.subarray(4.5 * MIB))).toBe(true)
})

test('text, images and what can’t be shown are previewed; arrows go on', async ({ disk, page }) => {
  const browser = await openSample(disk, page)
  await browser.enter('vm')
  await browser.select('base.bin')
  await page.keyboard.press('Space')
  const dialog = (name: string) => page.getByRole('dialog', { name })
  await expect(dialog('base.bin')).toContainText('It is')
  await page.keyboard.press('ArrowRight')
  await expect(dialog('copy.bin')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(dialog('notes.txt')).toContainText('first line')
  await page.keyboard.press('ArrowRight')
  const image = dialog('red.png').getByRole('img', { name: 'red.png' })
  await expect
    .poll(() => image.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0)))
    .toBe(16)
  await page.keyboard.press('ArrowLeft')
  await expect(dialog('notes.txt')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog('notes.txt')).toBeHidden()
})
