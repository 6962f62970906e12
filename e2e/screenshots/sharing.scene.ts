import { constants, copyFileSync, cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { runTool } from '../../test/support/system.ts'
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

/** Extracts a folder, and opens the proof of it. */
async function seeExtraction(fixtures: Fixtures, within: readonly string[], name: string): Promise<SharingPage> {
  const { app, page, demo } = fixtures
  const browser = await openProjects(fixtures)
  mkdirSync(demo.path('Restored'), { recursive: true })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [demo.path('Restored')] })
  await browser.enter(...within)
  await browser.select(name)
  await browser.extract()
  const dialog = new ExtractDialog(page)
  await dialog.browse()
  await expect(dialog.target).toContainText('Restored')
  await expect(dialog.start).toBeEnabled()
  await dialog.start.click()
  await new JobsBar(page).button('See the sharing').click()
  const sharing = new SharingPage(page)
  await sharing.done()
  return sharing
}

/** Looks at a folder from the start screen. */
async function lookAt({ app, page }: Fixtures, folder: string): Promise<SharingPage> {
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
  await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
  return new SharingPage(page)
}

scene('savings', {
  judged: 'also',
  prepare: async (fixtures) => {
    const browser = await openProjects(fixtures)
    await browser.enter('Projects')
    await fixtures.page.getByRole('tab', { name: 'Savings' }).click()
    await expect(fixtures.page.getByRole('button', { name: /^vm: / })).toBeVisible()
  },
})

scene('proof', {
  judged: 'also',
  prepare: async (fixtures) => {
    await seeExtraction(fixtures, ['Projects', 'vm'], 'images')
    await expect(fixtures.page.getByText('Nothing has changed since')).toBeVisible()
  },
})

scene('sharing', {
  judged: 'also',
  prepare: async (fixtures) => {
    const sharing = await seeExtraction(fixtures, ['Projects', 'vm'], 'images')
    await sharing.show('Picture')
    await sharing.press('Extracted', 'ArrowRight', 'Enter')
    await expect(sharing.chosen).toContainText('of these files')
  },
})

scene('disk-map', {
  judged: 'only',
  prepare: async (fixtures) => {
    const sharing = await lookAt(fixtures, fixtures.demo.path('Projects'))
    await sharing.done()
    await expect(sharing.map).toBeVisible()
  },
})

/** Into one of the folders another disk is mounted, which can't share blocks with the archive's. */
scene('proof-mixed', {
  judged: 'only',
  prepare: async (fixtures) => {
    const { demo } = fixtures
    mkdirSync(demo.path('Restored/vm/isos'), { recursive: true })
    const image = demo.path('other-disk.img')
    writeFileSync(image, '')
    truncateSync(image, 1 << 30)
    runTool('mkfs.ext4', ['-q', image])
    runTool('mount', ['-o', 'loop', image, demo.path('Restored/vm/isos')])
    await seeExtraction(fixtures, ['Projects'], 'vm')
  },
})

scene('sharing-table', {
  judged: 'only',
  prepare: async (fixtures) => {
    const sharing = await lookAt(fixtures, fixtures.demo.path('Projects'))
    await sharing.done()
    await sharing.show('Table')
    await sharing.files.getByRole('row').filter({ hasText: 'database' }).click()
    await expect(fixtures.page.getByText('Pieces of')).toBeVisible()
  },
})

scene('sharing-unchecked', {
  judged: 'only',
  prepare: async (fixtures) => {
    const { demo } = fixtures
    mkdirSync(demo.path('Shared/cache'), { recursive: true })
    cpSync(demo.path('Projects/photos'), demo.path('Shared/photos'), { recursive: true })
    runTool('mount', ['-t', 'tmpfs', 'tmpfs', demo.path('Shared/cache')])
    for (const name of ['thumbnails', 'previews'])
      cpSync(demo.path('Projects/photos/2026/harbour.raw'), demo.path(`Shared/cache/${name}.db`))
    const sharing = await lookAt(fixtures, demo.path('Shared'))
    await sharing.done()
  },
})

scene('sharing-empty', {
  judged: 'only',
  prepare: async (fixtures) => {
    mkdirSync(fixtures.demo.path('Empty'))
    await lookAt(fixtures, fixtures.demo.path('Empty'))
    await expect(fixtures.page.getByText('There are no files here')).toBeVisible()
  },
})

scene('sharing-error', {
  judged: 'only',
  prepare: async (fixtures) => {
    const { page, demo } = fixtures
    copyFileSync(demo.path('Backups/photos.reftar'), demo.path('Moved.reftar'), constants.COPYFILE_FICLONE)
    await dropFiles(page.getByRole('main'), [demo.path('Moved.reftar')])
    await expect(new Browser(page).table).toBeVisible()
    rmSync(demo.path('Moved.reftar'))
    await page.getByRole('tab', { name: 'Sharing' }).click()
    await expect(page.getByText('The archive isn’t where it was')).toBeVisible()
  },
})
