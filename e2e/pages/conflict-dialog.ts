/** The question what becomes of a name that is taken. */

import type { Locator, Page } from '@playwright/test'

export class ConflictDialog {
  readonly root: Locator

  constructor(page: Page) {
    this.root = page.getByRole('alertdialog')
  }

  /** The cells of a row: what is on disk, what is in the archive. */
  sides(row: 'Type' | 'Size' | 'Modified'): Locator {
    return this.root.getByRole('row', { name: row }).getByRole('cell')
  }

  async answer(name: 'Skip' | 'Replace' | 'Keep both' | 'Keep the newer one'): Promise<void> {
    await this.root.getByRole('button', { name, exact: true }).click()
  }

  async forAll(): Promise<void> {
    await this.root.getByText('Do this for all that follow').click()
  }
}
