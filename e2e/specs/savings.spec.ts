/** The savings view and the proof of an extraction: their numbers are those of the command line and of the filesystem. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { runCli } from '../../test/support/cli.ts'
import { type MountedImage, mountImage } from '../../test/support/loopback.ts'
import { commonRanges } from '../../test/support/oracle.ts'
import { Browser } from '../pages/browser.ts'
import { ExtractDialog } from '../pages/extract-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { accessibilityFaults } from '../support/accessibility.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import { makeArchive } from '../support/samples.ts'
import { makeSharedFolder } from '../support/shared-files.ts'

const size = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  const unit = bytes < 999_500 ? 'kB' : 'MB'
  const value = bytes / (unit === 'kB' ? 1e3 : 1e6)
  return `${value.toFixed(value < 9.95 ? 1 : 0)} ${unit}`
}

async function openArchive(disk: MountedImage, page: Page): Promise<string> {
  makeSharedFolder(disk.path('photos'))
  const archive = makeArchive(disk, 'photos.reftar', 'photos')
  await dropFiles(page.locator('main'), [archive])
  await expect(new Browser(page).table).toBeVisible()
  return archive
}

async function extractTo(app: ElectronApplication, page: Page, target: string): Promise<SharingPage> {
  mkdirSync(target, { recursive: true })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [target] })
  await new Browser(page).extract()
  const dialog = new ExtractDialog(page)
  await dialog.browse()
  await expect(dialog.target).toContainText(target)
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  await new JobsBar(page).button('See the sharing').click()
  return new SharingPage(page)
}

test('the savings are those of reftar info, for the archive and for a folder', async ({ disk, page }) => {
  const archive = await openArchive(disk, page)
  const info = JSON.parse(runCli(disk.mountpoint, 'info', '--json', '-f', archive).out)
  const { totals } = info.info ?? info
  await page.getByRole('tab', { name: 'Savings' }).click()
  const steps = page.getByRole('tabpanel')
  const step = (what: string) => steps.locator('dl > div').filter({ hasText: what })
  await expect(step('Size of the files')).toContainText(size(totals.logicalBytes))
  await expect(step('holes and zeros')).toContainText(size(totals.holeBytes + totals.zeroBytes))
  await expect(step('already shared on disk')).toContainText(size(totals.sharedBytes))
  await expect(step('The archive file')).toContainText(size((info.info ?? info).fileSizeBytes))
  await steps.getByRole('button', { name: /^photos: / }).click()
  await expect(steps.getByRole('heading', { name: 'Folder “photos”' })).toBeVisible()
  await expect(steps.getByText(/^Too small to name below: notes\.txt: 19 B/)).toBeVisible()
  await steps.getByRole('button', { name: /^images: / }).click()
  await expect(steps.getByText('3 files of 25 MB altogether are stored in 9.4 MB: 16 MB saved.')).toBeVisible()
  expect(await accessibilityFaults(page)).toEqual([])
})

test('the proof of a clean extraction, and what has become of it since', async ({ disk, app, page }) => {
  const archive = await openArchive(disk, page)
  const sharing = await extractTo(app, page, disk.path('out'))
  await expect(page.getByText(/^Proven: 2[67]\sMB, counted for each file, are cloned/)).toBeVisible()
  await expect(page.getByText('Nothing has changed since')).toBeVisible()
  const base = disk.path('out', 'photos', 'images', 'base.img')
  expect(await accessibilityFaults(page)).toEqual([])
  expect(commonRanges(base, archive).reduce((sum, { length }) => sum + length, 0)).toBe(8 << 20)
  await sharing.show('Picture')
  await expect(sharing.lanes('The archive')).toBeVisible()
  await expect(page.getByText(/^5 files and the archive, /)).toBeVisible()
  await expect(page.getByRole('button', { name: /^only here, packed/ })).toBeVisible()
  await sharing.press('Extracted', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter')
  await expect(sharing.chosen).toContainText('shared by')

  const descriptor = openSync(base, 'r+')
  writeSync(descriptor, Buffer.alloc(1 << 20, 7), 0, 1 << 20, 0)
  closeSync(descriptor)
  execFileSync('sync', ['-f', base])
  await page.getByRole('button', { name: 'Look again' }).click()
  await sharing.show('Proof')
  await expect(page.getByText('Since then 1.0 MB have stopped being the archive’s blocks')).toBeVisible()
})

test('the proof of an extraction to another disk says what was copied, and why', async ({ disk, app, page }) => {
  using other = mountImage('ext4')
  await openArchive(disk, page)
  const sharing = await extractTo(app, page, other.path('out'))
  await expect(page.getByText('Nothing was cloned')).toBeVisible()
  const files = page.getByRole('table', { name: 'Files with their verdicts' })
  await expect(files.getByRole('row').filter({ hasText: 'base.img' })).toContainText(
    'copied: its filesystem can’t share blocks',
  )
  await sharing.show('Picture')
  await expect(
    page.getByText(/^5 files lie on ext4, which never shares blocks: they are only here, together /),
  ).toBeVisible()
  await expect(page.getByText(/out\/photos\/images\/base\.img \(8\.4 MB\), .*, and 2 more \(/)).toBeVisible()
  await expect(sharing.summary).toHaveText(/^5 files and the archive, /)
  await page.getByRole('button', { name: 'Back' }).click()
  // The app must let go of the disk that is unmounted now.
  await app.close()
})

test('an archive that is gone can’t be extracted, and its figures are called last read, until it is back', async ({
  disk,
  page,
}) => {
  const archive = await openArchive(disk, page)
  const browser = new Browser(page)
  renameSync(archive, disk.path('elsewhere.reftar'))
  await page.getByRole('tab', { name: 'Savings' }).click()
  await expect(page.getByText('The archive isn’t where it was: No such file or folder')).toBeVisible()
  for (const button of ['Extract', 'Verify']) await expect(browser.button(button)).toBeDisabled()
  await expect(browser.figures).toContainText(/^as it was last read · /)
  await page.keyboard.press('Control+e')
  await expect(page.getByRole('dialog')).toBeHidden()

  renameSync(disk.path('elsewhere.reftar'), archive)
  await browser.button('Try again').click()
  await expect(page.getByText('Size of the files')).toBeVisible()
  for (const button of ['Extract', 'Verify']) await expect(browser.button(button)).toBeEnabled()
  await expect(browser.figures).toContainText(/^\d+ items? · /)
})
