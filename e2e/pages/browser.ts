/** The browser of an archive. */

import type { Locator, Page } from '@playwright/test'

export class Browser {
  readonly page: Page
  readonly table: Locator
  readonly tree: Locator
  readonly details: Locator
  readonly search: Locator
  readonly filter: Locator
  readonly figures: Locator
  readonly breadcrumbs: Locator

  constructor(page: Page) {
    this.page = page
    this.table = page.getByRole('grid', { name: 'Entries' })
    this.tree = page.getByRole('tree', { name: 'Folders' })
    this.details = page.getByRole('region', { name: 'Details' })
    this.search = page.getByRole('searchbox', { name: 'Search' })
    this.filter = page.getByRole('group', { name: 'Filter' })
    this.figures = page.locator('footer').getByRole('status')
    this.breadcrumbs = page.getByRole('navigation', { name: 'Folder' })
  }

  /** The lines of entries, without the head. */
  rows(): Locator {
    return this.table.locator('[data-index]')
  }

  row(name: string): Locator {
    // From its beginning: a link names its target too.
    return this.rows().filter({ hasText: new RegExp(`^${name.replaceAll('.', '\\.')}`) })
  }

  /** The names in the order shown. */
  names(): Promise<string[]> {
    return this.rows().evaluateAll((rows) =>
      rows
        .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((row) => row.querySelector('[role=gridcell]')?.textContent ?? ''),
    )
  }

  selected(): Locator {
    return this.table.getByRole('row', { selected: true })
  }

  folder(name: string): Locator {
    return this.tree.getByRole('treeitem').filter({ hasText: name })
  }

  header(name: string): Locator {
    return this.table.getByRole('columnheader', { name })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async select(...names: readonly string[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.row(name).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] })
    }
  }

  async enter(...folders: readonly string[]): Promise<void> {
    for (const folder of folders) await this.row(folder).dblclick()
  }

  async extract(): Promise<void> {
    await this.page.getByRole('button', { name: 'Extract', exact: true }).click()
  }

  async extractHere(): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to extract' }).click()
    await this.page.getByRole('menuitem', { name: 'Extract here' }).click()
  }
}
