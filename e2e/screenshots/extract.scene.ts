import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { Browser } from '../pages/browser.ts'
import { ConflictDialog } from '../pages/conflict-dialog.ts'
import { ExtractDialog } from '../pages/extract-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { expect } from '../support/app.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import type { Demo } from './demo.ts'
import { scene } from './scene.ts'

interface Chosen {
  readonly app: ElectronApplication
  readonly page: Page
  readonly demo: Demo
}

/** The extract dialog for entries of a folder, with `Restored` as its target. */
async function chooseExtraction(
  { app, demo, page }: Chosen,
  folders: readonly string[],
  names: readonly string[],
): Promise<ExtractDialog> {
  mkdirSync(demo.path('Restored'), { recursive: true })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [demo.path('Restored')] })
  await dropFiles(page.getByRole('main'), [demo.path('Backups/projects.reftar')])
  const browser = new Browser(page)
  await browser.enter(...folders)
  await browser.select(...names)
  await browser.extract()
  const dialog = new ExtractDialog(page)
  await dialog.browse()
  await expect(dialog.target).toContainText('Restored')
  await expect(dialog.plan).toContainText('cloned')
  await expect(dialog.start).toBeEnabled()
  return dialog
}

const images = ['Projects', 'vm', 'images']

scene('extract', {
  prepare: async (chosen) => {
    await chooseExtraction(chosen, images, ['database.qcow2', 'web.qcow2'])
  },
})

scene('extract-done', {
  prepare: async (chosen) => {
    const dialog = await chooseExtraction(chosen, images, ['database.qcow2', 'web.qcow2'])
    await dialog.start.click()
    const jobs = new JobsBar(chosen.page)
    await expect(jobs.root).toContainText('Extracted 2 files')
    await jobs.open()
  },
})

scene('conflict', {
  prepare: async (chosen) => {
    const { demo, page } = chosen
    mkdirSync(demo.path('Restored'))
    const taken = demo.path('Restored/ideas.md')
    writeFileSync(taken, '# Ideas\n\n- a map of the harbour\n')
    utimesSync(taken, new Date('2026-08-30T18:20:00Z'), new Date('2026-08-30T18:20:00Z'))
    await answerNative(chosen.app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [demo.path('Restored')] })
    await dropFiles(page.getByRole('main'), [demo.path('Backups/projects.reftar')])
    const browser = new Browser(page)
    await browser.enter('Projects', 'notes')
    await browser.select('ideas.md')
    await browser.extract()
    const dialog = new ExtractDialog(page)
    await dialog.browse()
    await expect(dialog.plan).toContainText('1 name is taken')
    // Closing the window asks whether to end the job that waits: yes.
    await answerNative(chosen.app, 'dialog', 'showMessageBox', { response: 0 })
    await dialog.start.click()
    await expect(new ConflictDialog(page).root).toContainText('is there already')
  },
})
