/** The jobs below every screen. */

import type { Locator, Page } from '@playwright/test'

export class JobsBar {
  readonly root: Locator
  readonly announcer: Locator

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: 'Jobs' })
    this.announcer = page.getByTestId('job-announcer')
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true })
  }

  async open(): Promise<void> {
    await this.button('Show all jobs').click()
  }

  jobs(): Locator {
    return this.root.getByRole('list').first().locator(':scope > li')
  }
}
