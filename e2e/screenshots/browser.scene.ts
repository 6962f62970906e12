import { copyFileSync, mkdirSync, truncateSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { Browser } from '../pages/browser.ts'
import { expect } from '../support/app.ts'
import { dropFiles } from '../support/drop-files.ts'
import type { Demo } from './demo.ts'
import { scene } from './scene.ts'

/** Opens the archive at the machines' images; in any language. */
async function openImages(demo: Demo, page: Page): Promise<void> {
  await dropFiles(page.getByRole('main'), [demo.path('Backups/projects.reftar')])
  const row = (name: string) => page.locator('[role=grid] [data-index]').filter({ hasText: name })
  for (const folder of ['Projects', 'vm', 'images']) await row(folder).dblclick()
  await row('web.qcow2').click()
}

scene('browser', {
  prepare: async ({ demo, page }) => {
    await openImages(demo, page)
    await expect(new Browser(page).details).toContainText('base.qcow2')
  },
})

scene('browser-german', {
  language: 'de',
  prepare: async ({ demo, page }) => {
    await openImages(demo, page)
    await expect(page.getByRole('region', { name: 'Einzelheiten' })).toContainText('base.qcow2')
  },
})

scene('browser-small', {
  width: 800,
  height: 600,
  prepare: async ({ demo, page }) => {
    await openImages(demo, page)
    await expect(new Browser(page).figures).toContainText('saves 8.4 GB')
  },
})

scene('search', {
  prepare: async ({ demo, page }) => {
    await dropFiles(page.getByRole('main'), [demo.path('Backups/projects.reftar')])
    const browser = new Browser(page)
    await browser.search.fill('machine')
    await expect(browser.filter).toContainText('found')
    await browser.select('machines.md')
    await expect(browser.details).toContainText('machines.md')
  },
})

scene('damaged', {
  prepare: async ({ demo, page }) => {
    mkdirSync(demo.path('Downloads'))
    const path = demo.path('Downloads/photos.reftar')
    copyFileSync(demo.path('Backups/photos.reftar'), path)
    truncateSync(path, 20_000_000)
    await dropFiles(page.getByRole('main'), [path])
    await expect(page.getByText('This archive is incomplete')).toBeVisible()
  },
})
