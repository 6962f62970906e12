/** A thread that dies takes its archive or its job with it, says so, and nothing else. */
import { readdirSync } from 'node:fs'
import { Browser } from '../pages/browser.ts'
import { ConflictDialog } from '../pages/conflict-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { makeArchive, makeSample } from '../support/samples.ts'
import { killNewestWorker, killNewestWorkerAtCall, watchWorkers } from '../support/worker-threads.ts'

test('an archive whose thread dies is said to be lost, with the reason, and can be opened again', async ({
  app,
  disk,
  page,
}) => {
  makeSample(disk)
  const archive = makeArchive(disk, 'vm.reftar', 'vm')
  await watchWorkers(app)
  await dropFiles(page.locator('main'), [archive])
  const browser = new Browser(page)
  await expect(browser.row('vm')).toBeVisible()
  await killNewestWorker(app)
  const lost = page.getByRole('alert').filter({ hasText: 'The archive was closed by an error' })
  await expect(lost).toContainText('The work ended unexpectedly: the thread that did it ended with code 1')
  await lost.getByRole('button', { name: 'Open it again' }).click()
  await expect(lost).toBeHidden()
  await browser.enter('vm')
  await expect(browser.row('base.bin')).toBeVisible()
})

test('a job whose thread dies in the middle has failed, with the reason, and the next one is done', async ({
  app,
  disk,
  page,
}) => {
  makeSample(disk)
  await watchWorkers(app)
  await dropFiles(page.locator('main'), [makeArchive(disk, 'vm.reftar', 'vm')])
  const browser = new Browser(page)
  const conflict = new ConflictDialog(page)
  const jobs = new JobsBar(page)
  await expect(browser.row('vm')).toBeVisible()
  await browser.extractHere()
  // The names are taken: it waits for an answer that nobody will hear.
  await expect(conflict.root).toBeVisible()
  await killNewestWorker(app)
  await expect(conflict.root).toBeHidden()
  await expect(jobs.root).toContainText('vm.reftar wasn’t extracted')
  await jobs.open()
  await expect(jobs.root).toContainText('The work ended unexpectedly: the thread that did it ended with code 1')

  await browser.extractHere()
  await conflict.forAll()
  await conflict.answer('Keep both')
  await expect(jobs.root).toContainText('Extracted 4 files')
  expect(readdirSync(disk.path('vm'))).toHaveLength(8)
})

test('an archive whose thread dies while it is being closed is closed, and the app goes on', async ({
  app,
  disk,
  page,
}) => {
  makeSample(disk)
  const archive = makeArchive(disk, 'vm.reftar', 'vm')
  await watchWorkers(app)
  await dropFiles(page.locator('main'), [archive])
  const browser = new Browser(page)
  await expect(browser.row('vm')).toBeVisible()
  await killNewestWorkerAtCall(app, 'close')
  await page.reload()
  // What the reload closes is gone by the time that the same archive is there again.
  await dropFiles(page.locator('main'), [archive])
  await expect(browser.row('vm')).toBeVisible()
  await browser.enter('vm')
  await expect(browser.row('base.bin')).toBeVisible()
})
