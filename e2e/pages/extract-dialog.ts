/** The dialog that extracts, as a user sees it. */

import type { Locator, Page } from '@playwright/test'

export class ExtractDialog {
  readonly root: Locator
  readonly target: Locator
  readonly plan: Locator
  readonly start: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('dialog', { name: 'Extract' })
    this.target = this.root.getByRole('group', { name: 'To' })
    this.plan = this.root.getByRole('region', { name: 'What this will do' })
    this.start = this.root.getByRole('button', { name: 'Extract', exact: true })
  }

  async browse(): Promise<void> {
    await this.target.getByRole('button', { name: 'Browse…' }).click()
  }

  async whenTaken(policy: 'Ask' | 'Skip' | 'Replace' | 'Keep both' | 'Keep the newer one'): Promise<void> {
    await this.root.getByRole('button', { name: 'When a name is taken' }).click()
    await this.#page.getByRole('option', { name: policy, exact: true }).click()
  }

  async choose(label: string, isOn: boolean): Promise<void> {
    const box = this.root.getByRole('checkbox', { name: label })
    if ((await box.isChecked()) !== isOn) await this.root.getByText(label, { exact: true }).click()
  }
}
