/** The browser of an archive, as far as the dialogs' specs need it. */

import type { Locator, Page } from '@playwright/test'

export class Browser {
  readonly page: Page
  readonly table: Locator

  constructor(page: Page) {
    this.page = page
    this.table = page.getByRole('grid', { name: 'Entries' })
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ hasText: name })
  }

  async select(...names: readonly string[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.row(name).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] })
    }
  }

  async enter(folder: string): Promise<void> {
    await this.row(folder).dblclick()
  }

  async extract(): Promise<void> {
    await this.page.getByRole('button', { name: 'Extract', exact: true }).click()
  }

  async extractHere(): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to extract' }).click()
    await this.page.getByRole('menuitem', { name: 'Extract here' }).click()
  }
}
