import { CreateDialog } from '../pages/create-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { expect } from '../support/app.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import { scene } from './scene.ts'

scene('create', {
  prepare: async ({ demo, page }) => {
    await dropFiles(page.getByRole('main'), [demo.path('Projects')])
    const dialog = new CreateDialog(page)
    await expect(dialog.planRow('cloned')).toBeVisible()
    await expect(dialog.start).toBeEnabled()
  },
})

scene('create-running', {
  prepare: async ({ app, demo, page }) => {
    // Closing the window asks whether to end the job: yes.
    await answerNative(app, 'dialog', 'showMessageBox', { response: 0 })
    await dropFiles(page.getByRole('main'), [demo.path('Projects')])
    const dialog = new CreateDialog(page)
    await dialog.handleData('Compress everything')
    await expect(dialog.start).toBeEnabled()
    await dialog.start.click()
    const bar = new JobsBar(page).root.getByRole('progressbar')
    await expect
      .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000, intervals: [50] })
      .toBeGreaterThan(2)
  },
})

scene('create-done', {
  prepare: async ({ demo, page }) => {
    await dropFiles(page.getByRole('main'), [demo.path('Projects')])
    const dialog = new CreateDialog(page)
    await expect(dialog.start).toBeEnabled()
    await dialog.start.click()
    const jobs = new JobsBar(page)
    await expect(jobs.root).toContainText('Archived')
    await jobs.open()
  },
})
