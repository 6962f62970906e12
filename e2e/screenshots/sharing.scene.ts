import { mkdirSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { Browser } from '../pages/browser.ts'
import { ExtractDialog } from '../pages/extract-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { expect } from '../support/app.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import type { Demo } from './demo.ts'
import { scene } from './scene.ts'

interface Fixtures {
  readonly app: ElectronApplication
  readonly page: Page
  readonly demo: Demo
}

async function openProjects({ page, demo }: Fixtures): Promise<Browser> {
  await dropFiles(page.getByRole('main'), [demo.path('Backups/projects.reftar')])
  const browser = new Browser(page)
  await expect(browser.table).toBeVisible()
  return browser
}

/** Extracts the machines, and opens the proof of it. */
async function seeExtraction(fixtures: Fixtures): Promise<SharingPage> {
  const { app, page, demo } = fixtures
  const browser = await openProjects(fixtures)
  mkdirSync(demo.path('Restored'), { recursive: true })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [demo.path('Restored')] })
  await browser.enter('Projects', 'vm')
  await browser.select('images')
  await browser.extract()
  const dialog = new ExtractDialog(page)
  await dialog.browse()
  await expect(dialog.target).toContainText('Restored')
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  await new JobsBar(page).button('See the sharing').click()
  await expect(page.getByText('Nothing has changed since')).toBeVisible()
  return new SharingPage(page)
}

scene('savings', {
  prepare: async (fixtures) => {
    const browser = await openProjects(fixtures)
    await browser.enter('Projects')
    await fixtures.page.getByRole('tab', { name: 'Savings' }).click()
    await expect(fixtures.page.getByRole('button', { name: /^vm: / })).toBeVisible()
  },
})

scene('proof', {
  prepare: async (fixtures) => {
    await seeExtraction(fixtures)
  },
})

scene('sharing', {
  prepare: async (fixtures) => {
    const sharing = await seeExtraction(fixtures)
    await sharing.show('Picture')
    await sharing.press('After', 'ArrowRight', 'Enter')
    await expect(sharing.chosen).toContainText('Used by')
  },
})
