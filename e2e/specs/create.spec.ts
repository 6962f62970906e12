/** Making archives in the window; what came of it is asked of the filesystem. */

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIB } from '../../test/support/blocks.ts'
import { runCli } from '../../test/support/cli.ts'
import { mountImage } from '../../test/support/loopback.ts'
import { commonRanges } from '../../test/support/oracle.ts'
import { CreateDialog } from '../pages/create-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { StartScreen } from '../pages/start-screen.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import { makeArchive, makeSample } from '../support/samples.ts'

function sharedBytes(a: string, b: string): number {
  return commonRanges(a, b).reduce((sum, { length }) => sum + length, 0)
}

function storedNames(folder: string, archive: string): string[] {
  return runCli(folder, 'list', archive).out.trim().split('\n')
}

test('a dropped folder becomes an archive beside it that shares its blocks', async ({ disk, page }) => {
  const folder = makeSample(disk)
  await dropFiles(page.locator('main'), [folder])
  const dialog = new CreateDialog(page)
  await expect(dialog.inputs).toContainText([/vm.*4 files, 8\.4 MB/])
  await expect(dialog.destination).toContainText(disk.path('vm.reftar'))
  await expect(dialog.planRow('cloned')).toContainText('4.2 MB cloned')
  await expect(dialog.planRow('shared already')).toContainText('4.2 MB shared already')
  await expect(dialog.plan).toContainText(/At most .* new on disk.* free there/)
  // The rows may still be those of a plan without the place.
  await expect(dialog.start).toBeEnabled()
  await page.keyboard.press('Enter')
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Archived 4 files, 8.4 MB')
  expect(sharedBytes(join(folder, 'base.bin'), disk.path('vm.reftar'))).toBe(4 * MIB)
  // Nothing else was open: the new archive is shown.
  await expect(page).toHaveTitle(/vm\.reftar/)
  await expect(jobs.button('Show in folder')).toBeVisible()
  await expect(jobs.button('Open archive')).toHaveCount(0)
})

test('a new archive doesn’t take the place of the open one', async ({ disk, page }) => {
  makeSample(disk)
  await dropFiles(page.locator('main'), [makeArchive(disk, 'first.reftar', 'vm')])
  await expect(page).toHaveTitle(/first\.reftar/)
  await dropFiles(page.locator('main'), [disk.path('vm')])
  await new CreateDialog(page).start.click()
  await expect(new JobsBar(page).root).toContainText('Archived 4 files')
  await expect(page).toHaveTitle(/first\.reftar/)
  await page.keyboard.press('Control+w')
  await expect(new StartScreen(page).recent('vm.reftar')).toContainText(disk.mountpoint)
  await new JobsBar(page).button('Open archive').click()
  await expect(page).toHaveTitle(/vm\.reftar/)
})

test('what is dropped on the dialog is added, each thing once', async ({ disk, page }) => {
  const folder = makeSample(disk)
  writeFileSync(disk.path('more.txt'), 'more')
  await dropFiles(page.locator('main'), [folder])
  const dialog = new CreateDialog(page)
  await expect(dialog.inputs).toHaveCount(1)
  await dropFiles(dialog.root, [folder, disk.path('more.txt')])
  await expect(dialog.inputs).toHaveCount(2)
  await expect(dialog.root).toContainText('2 items: 5 files')
  // Of several, the common folder gives the name.
  await expect(dialog.destination).toContainText(disk.path('mnt.reftar'))
})

test('hundreds of files are listed and counted', async ({ disk, page }) => {
  mkdirSync(disk.path('many'))
  const paths = Array.from({ length: 400 }, (_, index) => disk.path('many', `${String(index).padStart(3, '0')}.txt`))
  for (const path of paths) writeFileSync(path, 'x'.repeat(100))
  await dropFiles(page.locator('main'), paths)
  const dialog = new CreateDialog(page)
  await expect(dialog.root).toContainText('400 items: 400 files, 40 kB')
  await dialog.root.getByRole('button', { name: `Remove “${paths[0]}”` }).click()
  await expect(dialog.root).toContainText('399 items: 399 files')
})

test('inputs and place are chosen with dialogs, an input is removed again', async ({ app, disk, page }) => {
  const folder = makeSample(disk)
  writeFileSync(disk.path('more.txt'), 'more')
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [disk.path('more.txt')] })
  await page.getByRole('button', { name: 'New archive…' }).click()
  const dialog = new CreateDialog(page)
  await expect(dialog.start).toBeDisabled()
  await expect(dialog.root).toContainText('Add something first.')
  await dialog.addFiles()
  await expect(dialog.inputs).toContainText(['more.txt'])
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
  await dialog.addFolders()
  await expect(dialog.inputs).toHaveCount(2)
  await dialog.inputs.filter({ hasText: 'more.txt' }).click()
  await page.keyboard.press('Delete')
  await expect(dialog.inputs).toHaveCount(1)
  await answerNative(app, 'dialog', 'showSaveDialog', { canceled: false, filePath: disk.path('mine.reftar') })
  await dialog.chooseDestination()
  await expect(dialog.destination).toContainText(disk.path('mine.reftar'))
  await dialog.start.click()
  await expect(new JobsBar(page).root).toContainText('Archived 4 files')
  expect(storedNames(disk.mountpoint, 'mine.reftar')).toContain('vm/base.bin')
})

test('a name that is taken is not suggested', async ({ disk, page }) => {
  const folder = makeSample(disk)
  writeFileSync(disk.path('vm.reftar'), 'something else')
  await dropFiles(page.locator('main'), [folder])
  await expect(new CreateDialog(page).destination).toContainText(disk.path('vm-2.reftar'))
})

test('options change what will be done, and what is done', async ({ disk, page }) => {
  const folder = makeSample(disk)
  await dropFiles(page.locator('main'), [folder])
  const dialog = new CreateDialog(page)
  await expect(dialog.planRow('cloned')).toBeVisible()
  await dialog.handleData('Compress everything')
  await expect(dialog.planRow('packed')).toContainText(
    /8\.4 MB packed compressed, so it can’t be cloned|4\.2 MB packed compressed, so it can’t be cloned/,
  )
  await expect(dialog.planRow('cloned the same blocks')).toHaveCount(0)
  await dialog.moreOptions()
  await dialog.root.getByRole('textbox', { name: 'Leave out' }).fill('*.png\ncopy.*')
  await expect(dialog.root).toContainText('1 item: 2 files, 4.2 MB')
  await dialog.start.click()
  await expect(new JobsBar(page).root).toContainText('Archived 2 files')
  expect(storedNames(disk.mountpoint, 'vm.reftar').sort()).toEqual(['vm/', 'vm/base.bin', 'vm/notes.txt'])
  expect(sharedBytes(join(folder, 'base.bin'), disk.path('vm.reftar'))).toBe(0)
})

test('an instant archive says that nothing was checked, and gets its checksums later', async ({ disk, page }) => {
  makeSample(disk)
  await dropFiles(page.locator('main'), [disk.path('vm')])
  const dialog = new CreateDialog(page)
  await dialog.handleData('Clone instantly')
  await expect(dialog.root.getByRole('checkbox', { name: 'Store equal content once' })).toBeDisabled()
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Archived 4 files')
  await jobs.button('Add checksums').click()
  await expect(jobs.root).toContainText('vm.reftar has checksums now')
  expect(runCli(disk.mountpoint, 'info', 'vm.reftar').out).toContain('complete: every byte is covered')
})

test('format 1 for old readers rules out what it can’t do', async ({ disk, page }) => {
  makeSample(disk)
  await dropFiles(page.locator('main'), [disk.path('vm')])
  const dialog = new CreateDialog(page)
  await dialog.moreOptions()
  await dialog.root.getByText('For the first reftar (format 1)').click()
  await expect(dialog.root.getByRole('radio', { name: 'Compress everything' })).toBeDisabled()
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  await expect(new JobsBar(page).root).toContainText('Archived 4 files')
  expect(runCli(disk.mountpoint, 'info', 'vm.reftar').out).toContain('reftar 1')
})

test.describe('on a small disk', () => {
  test.use({ diskBytes: 128 * MIB })

  test('what doesn’t fit can’t be started, and can elsewhere', async ({ app, disk, page }) => {
    using large = mountImage('btrfs', { sizeBytes: 512 * MIB })
    for (let number = 0; number < 3; number++) writeFileSync(large.path(`${number}.bin`), randomBytes(64 * MIB))
    await answerNative(app, 'dialog', 'showSaveDialog', { canceled: false, filePath: disk.path('x.reftar') })
    await dropFiles(page.locator('main'), [large.mountpoint])
    const dialog = new CreateDialog(page)
    await expect(dialog.start).toBeEnabled()
    await dialog.chooseDestination()
    await expect(dialog.plan.getByRole('alert')).toContainText('Not enough space on the disk')
    await expect(dialog.planRow('copied')).toContainText('different disk')
    await expect(dialog.start).toBeDisabled()
    await page.keyboard.press('Enter')
    await expect(dialog.root).toBeVisible()
    await answerNative(app, 'dialog', 'showSaveDialog', { canceled: false, filePath: large.path('x.reftar') })
    await dialog.chooseDestination()
    await expect(dialog.start).toBeEnabled()
    await page.keyboard.press('Escape')
    await expect(dialog.root).toBeHidden()
    expect(existsSync(disk.path('x.reftar'))).toBe(false)
    // The app must let go of the disk that is unmounted now.
    await app.close()
  })
})

test('a job that is cancelled leaves nothing behind', async ({ disk, page }) => {
  mkdirSync(disk.path('big'))
  writeFileSync(disk.path('big', 'random.bin'), randomBytes(192 * MIB))
  await dropFiles(page.locator('main'), [disk.path('big')])
  const dialog = new CreateDialog(page)
  await dialog.handleData('Compress everything')
  await expect(dialog.start).toBeEnabled()
  const jobs = new JobsBar(page)
  {
    // However fast the disk is, the job isn't over before.
    using _standstill = disk.freeze()
    await dialog.start.click()
    await jobs.button('Cancel this job').click()
  }
  await expect(jobs.root).toContainText('Creating big.reftar was cancelled. Nothing was left behind.')
  expect(readdirSync(disk.mountpoint)).toEqual(['big'])
})

test('a job pauses and goes on', async ({ disk, page }) => {
  mkdirSync(disk.path('big'))
  writeFileSync(disk.path('big', 'random.bin'), randomBytes(192 * MIB))
  await dropFiles(page.locator('main'), [disk.path('big')])
  const dialog = new CreateDialog(page)
  await dialog.handleData('Compress everything')
  await expect(dialog.start).toBeEnabled()
  const jobs = new JobsBar(page)
  const bar = jobs.root.getByRole('progressbar')
  let before: string | null
  {
    // However fast the disk is, the job isn't over before.
    using _standstill = disk.freeze()
    await dialog.start.click()
    await jobs.button('Pause').click()
    await expect(jobs.root).toContainText('paused')
    before = await bar.getAttribute('aria-valuenow')
  }
  await jobs.button('Go on').click()
  await expect(jobs.root).toContainText('Archived 1 file')
  expect(Number(before)).toBeLessThan(100)
  expect(runCli(disk.mountpoint, 'verify', 'big.reftar').code).toBe(0)
})

test('an input that is gone is told', async ({ disk, page }) => {
  const folder = makeSample(disk)
  await dropFiles(page.locator('main'), [folder, disk.path('gone.txt')])
  const dialog = new CreateDialog(page)
  await expect(dialog.inputs.filter({ hasText: 'gone.txt' })).toContainText('missing')
})
