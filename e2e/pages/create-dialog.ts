/** The dialog that makes an archive, as a user sees it. */

import type { Locator, Page } from '@playwright/test'

export class CreateDialog {
  readonly page: Page
  readonly root: Locator
  readonly inputs: Locator
  readonly destination: Locator
  readonly plan: Locator
  readonly start: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.getByRole('dialog', { name: 'New archive' })
    this.inputs = this.root.getByRole('grid', { name: 'What goes in' }).getByRole('row')
    this.destination = this.root.getByRole('group', { name: 'Archive' })
    this.plan = this.root.getByRole('region', { name: 'What this will do' })
    this.start = this.root.getByRole('button', { name: 'Create', exact: true })
  }

  /** A row of the plan: “1.2 GB cloned the same blocks …”. */
  planRow(term: string): Locator {
    return this.plan.getByRole('listitem').filter({ hasText: term })
  }

  async addFiles(): Promise<void> {
    await this.root.getByRole('button', { name: 'Add files…' }).click()
  }

  async addFolders(): Promise<void> {
    await this.root.getByRole('button', { name: 'Add folders…' }).click()
  }

  async chooseDestination(): Promise<void> {
    await this.destination.getByRole('button', { name: 'Choose…' }).click()
  }

  async handleData(name: 'Clone' | 'Clone instantly' | 'Compress everything'): Promise<void> {
    await this.root.getByText(name, { exact: true }).click()
  }

  async moreOptions(): Promise<void> {
    await this.root.getByRole('button', { name: 'More options' }).click()
  }
}
