/** The first screen. */

import type { Locator, Page } from '@playwright/test'

export class StartScreen {
  readonly zone: Locator
  readonly recents: Locator
  readonly failure: Locator

  constructor(page: Page) {
    this.zone = page.getByRole('region', { name: 'Drop files, folders or an archive here' })
    this.recents = page.getByRole('region', { name: 'Recent archives' }).getByRole('listitem')
    this.failure = page.getByRole('main').getByRole('alert')
  }

  recent(name: string): Locator {
    return this.recents.filter({ hasText: name })
  }

  async open(name: string): Promise<void> {
    await this.recent(name).getByRole('button', { name }).first().click()
  }

  async forget(name: string): Promise<void> {
    await this.recent(name)
      .getByRole('button', { name: `Remove ${name} from the list` })
      .click()
  }
}
