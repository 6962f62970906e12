/** The views of sharing: picture, table, folders, groups, proof. */
import type { Locator, Page } from '@playwright/test'
import { expect } from '../support/app.ts'

export class SharingPage {
  readonly page: Page
  readonly map: Locator
  readonly summary: Locator
  readonly files: Locator
  readonly chosen: Locator

  constructor(page: Page) {
    this.page = page
    this.map = page.getByRole('application', { name: /Disk map/ })
    this.summary = page.getByText(/on disk:.*only here/)
    this.files = page.getByRole('grid', { name: 'Table' })
    this.chosen = page.getByRole('region', { name: 'Chosen' })
  }

  lanes(role: string): Locator {
    return this.page.getByRole('application', { name: new RegExp(`^${role}`) })
  }

  async show(way: 'Proof' | 'Picture' | 'Table' | 'Folders' | 'Groups'): Promise<void> {
    await this.page.getByRole('tab', { name: way }).click()
  }

  /** Presses keys in the lanes of a role, once they are drawn. */
  async press(role: string, ...keys: readonly string[]): Promise<void> {
    const lanes = this.lanes(role)
    await expect(lanes.getByRole('button').first()).toBeVisible()
    await lanes.focus()
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Waits until the look has everything. */
  async done(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Look again' })).toBeVisible()
  }

  /** The cells of a file's row in the table. */
  async row(name: string): Promise<string[]> {
    const row = this.files.getByRole('row').filter({ hasText: name })
    await expect(row).toHaveCount(1)
    return row.getByRole('gridcell').allTextContents()
  }
}
