/** What the app remembers, in which language, and that everything can be done without a mouse. */

import { readdirSync } from 'node:fs'
import { Browser } from '../pages/browser.ts'
import { CreateDialog } from '../pages/create-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { accessibilityFaults } from '../support/accessibility.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { makeArchive, makeSample } from '../support/samples.ts'

test('settings show at once and stay after a reload', async ({ page }) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('button', { name: 'Appearance' }).click()
  await page.getByRole('option', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await dialog.getByText('KiB, MiB, GiB').click()
  await dialog.getByText('Verify contents').click()
  await dialog.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Neues Archiv …' })).toBeVisible()
  await page.keyboard.press('Control+,')
  const german = page.getByRole('dialog', { name: 'Einstellungen' })
  await expect(german.getByRole('radio', { name: /KiB/ })).toBeChecked()
  await expect(german.getByRole('checkbox', { name: 'Inhalte prüfen' })).not.toBeChecked()
})

test('an archive is made and extracted with the keyboard alone', async ({ disk, page }) => {
  const folder = makeSample(disk)
  await dropFiles(page.locator('main'), [folder])
  const create = new CreateDialog(page)
  await expect(create.start).toBeEnabled()
  await page.keyboard.press('Enter')
  const jobs = new JobsBar(page)
  await expect(jobs.root).toContainText('Archived 4 files')
  const browser = new Browser(page)
  await expect(browser.row('vm')).toBeVisible()
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Extract' })
  await expect(dialog.getByRole('button', { name: 'Extract', exact: true })).toBeEnabled()
  await page.keyboard.press('Enter')
  // Beside the archive the folder is there already: each file asks.
  const conflict = page.getByRole('alertdialog')
  // Where the question puts the focus, which it must not take back.
  await expect(conflict.getByRole('button', { name: 'Skip', exact: true })).toBeFocused()
  await conflict.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(conflict).toBeHidden()
  await expect(jobs.root).toContainText('Extracted')
  expect(readdirSync(folder).length).toBeGreaterThanOrEqual(4)
})

test('the dialogs pass the accessibility checks', async ({ disk, page }) => {
  makeSample(disk)
  const archive = makeArchive(disk, 'vm.reftar', 'vm')
  const check = async () => expect(await accessibilityFaults(page)).toEqual([])
  await dropFiles(page.locator('main'), [disk.path('vm')])
  await expect(new CreateDialog(page).start).toBeEnabled()
  await check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await check()
  await page.keyboard.press('Escape')
  await dropFiles(page.locator('main'), [archive])
  await expect(new Browser(page).row('vm')).toBeVisible()
  await page.keyboard.press('Control+e')
  await expect(
    page.getByRole('dialog', { name: 'Extract' }).getByRole('button', { name: 'Extract', exact: true }),
  ).toBeEnabled()
  await check()
})
