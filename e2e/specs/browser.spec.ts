/** Browsing an archive: moving about, selecting, searching, what is told about entries. */

import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { Browser } from '../pages/browser.ts'
import { accessibilityFaults } from '../support/accessibility.ts'
import { test as base, expect } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { makeArchive, makeSample } from '../support/samples.ts'
import { setWindow } from '../support/set-window.ts'

const test = base.extend<{ archive: Browser }>({
  /** `vm` with its files, `notes/2024/todo.txt`, `notes/link`, and a hundred `many/NNN.log`. */
  archive: async ({ disk, page }, use) => {
    makeSample(disk)
    mkdirSync(disk.path('notes/2024'), { recursive: true })
    writeFileSync(disk.path('notes/2024/todo.txt'), 'buy milk')
    symlinkSync('2024/todo.txt', disk.path('notes/link'))
    mkdirSync(disk.path('many'))
    for (let i = 0; i < 100; i++) writeFileSync(disk.path('many', `${String(i).padStart(3, '0')}.log`), 'x'.repeat(i))
    await dropFiles(page.locator('body'), [makeArchive(disk, 'backup.reftar', 'vm', 'notes', 'many')])
    const browser = new Browser(page)
    await expect(browser.row('vm')).toBeVisible()
    await use(browser)
  },
})

test('folders are entered and left, and the cursor is on the one left', async ({ archive: browser, page }) => {
  await browser.enter('notes', '2024')
  await expect(browser.row('todo.txt')).toBeVisible()
  await expect(browser.breadcrumbs).toHaveText(/2024.*notes.*backup\.reftar/)
  await browser.breadcrumbs.getByRole('button', { name: 'notes' }).click()
  await expect(browser.row('link')).toContainText('→ 2024/todo.txt')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(browser.row('todo.txt')).toBeVisible()
  await browser.button('Up').click()
  await expect(browser.row('link')).toBeVisible()
  await browser.table.focus()
  await page.keyboard.press('Enter')
  await expect(browser.row('todo.txt')).toBeVisible()
  await browser.button('Back').click()
  await expect(browser.row('link')).toBeVisible()
})

test('an archive that opens has the keyboard', async ({ archive: browser, page }) => {
  await expect(browser.table).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(browser.breadcrumbs).toContainText('many')
})

test('everything works from the keyboard', async ({ archive: browser, page }) => {
  await browser.enter('many')
  await expect(browser.row('000.log')).toBeVisible()
  await browser.table.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(browser.figures).toContainText('3 selected · 3 B')
  await page.keyboard.press('Control+ArrowDown')
  await page.keyboard.press('Control+ArrowDown')
  await page.keyboard.press('Control+Space')
  await expect(browser.figures).toContainText('4 selected')
  await page.keyboard.press('End')
  await expect(browser.selected()).toContainText('099.log')
  await page.keyboard.press('Shift+Home')
  await expect(browser.figures).toContainText('100 selected')
  await page.keyboard.type('05')
  await expect(browser.selected()).toContainText('050.log')
  await page.keyboard.press('Control+a')
  await expect(browser.figures).toContainText('100 selected · 5.0 kB')
  await page.keyboard.press('Escape')
  await expect(browser.figures).toContainText('100 items')
  await page.keyboard.press('Backspace')
  await expect(browser.row('notes')).toBeVisible()
})

test('what is selected adds up, each block once', async ({ archive: browser }) => {
  await browser.enter('vm')
  await browser.select('base.bin', 'copy.bin')
  await expect(browser.figures).toHaveText('2 selected · 8.4 MB · 4.2 MB on disk · saves 4.2 MB')
})

test('details tell where bytes are and who shares them', async ({ archive: browser }) => {
  await browser.enter('vm')
  await browser.select('copy.bin')
  await expect(browser.details.getByRole('img')).toHaveAccessibleName('Where its bytes are: shared by 2 4.2 MB')
  await expect(browser.details).toContainText('-rw-r--r-- (0644)')
  await expect(browser.details).toContainText('BLAKE3, not checked here. Verify checks them.')
  await browser.details.getByRole('button', { name: /^base\.bin/ }).click()
  await expect(browser.selected()).toContainText('base.bin')
  await browser.select('notes.txt')
  await expect(browser.details).toContainText('Shares no blocks with others in this archive.')
})

test('the whole archive is searched while typing, narrowed down by kind, and left again', async ({
  archive: browser,
  page,
}) => {
  await browser.enter('vm')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('note')
  await expect(browser.filter).toContainText('2 found')
  await browser.filter.getByRole('button', { name: 'Folders' }).click()
  await expect(browser.filter).toContainText('1 found')
  await expect(browser.rows()).toHaveText([/^notes/])
  await browser.filter.getByRole('button', { name: 'Folders' }).click()
  await browser.filter.getByRole('button', { name: 'In “vm”' }).click()
  await expect(browser.rows()).toHaveText([/^notes\.txt/])
  await browser.search.fill('many/0?9.log')
  await browser.filter.getByRole('button', { name: 'Whole archive' }).click()
  await expect(browser.filter).toContainText('10 found')
  await browser.search.fill('nowhere')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await browser.search.press('Escape')
  await expect(browser.row('base.bin')).toBeVisible()
})

test('a column sorts, others are chosen, and the choice is remembered', async ({ archive: browser, page }) => {
  await browser.enter('vm')
  await browser.header('Size').getByRole('button').click()
  await expect.poll(() => browser.names()).toEqual(['base.bin', 'copy.bin', 'red.png', 'notes.txt'])
  await expect(browser.header('Size')).toHaveAttribute('aria-sort', 'descending')
  await browser.header('Size').click({ button: 'right' })
  await page.getByRole('menuitemcheckbox', { name: 'Mode' }).click()
  await page.keyboard.press('Escape')
  await expect(browser.row('base.bin')).toContainText('-rw-r--r--')
  await page.reload()
  await page.getByRole('button', { name: /^backup\.reftar/ }).click()
  await expect(browser.header('Mode')).toBeVisible()
})

test('the tree opens folders as they are wanted', async ({ archive: browser, page }) => {
  await browser.folder('notes').click()
  await expect(browser.row('link')).toBeVisible()
  await browser.tree.focus()
  await page.keyboard.press('ArrowRight')
  await expect(browser.folder('2024')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(browser.row('todo.txt')).toBeVisible()
  await expect(browser.folder('2024')).toHaveAttribute('aria-selected', 'true')
})

test('panels are resized and remember it', async ({ archive: browser, page }) => {
  const edge = page.getByRole('separator', { name: 'Resize Folders' })
  const before = Number(await edge.getAttribute('aria-valuenow'))
  await edge.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16))
  await page.reload()
  await page.getByRole('button', { name: /^backup\.reftar/ }).click()
  await expect(browser.tree).toBeVisible()
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16))
})

test('the menu of an entry shows what can be done with it, also by its key', async ({ archive: browser, page }) => {
  await browser.enter('vm')
  await browser.row('base.bin').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find what shares with it' }).click()
  await expect(browser.filter).toContainText('Shares with “base.bin”')
  await expect(browser.rows()).toHaveText([/^copy\.bin/])
  await browser.row('copy.bin').click()
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'Show in its folder' }).click()
  await expect(browser.row('red.png')).toBeVisible()
  await expect(browser.selected()).toContainText('copy.bin')
})

test('names can’t disguise themselves', async ({ disk, page }) => {
  mkdirSync(disk.path('hostile'))
  writeFileSync(disk.path('hostile/invoice\u202egnp.exe'), '')
  writeFileSync(disk.path('hostile/line\nbreak\u001b[2J'), '')
  await dropFiles(page.locator('body'), [makeArchive(disk, 'hostile.reftar', 'hostile')])
  const browser = new Browser(page)
  await browser.enter('hostile')
  await expect.poll(() => browser.names()).toEqual(['invoice\\u{202e}gnp.exe', 'line\\u{a}break\\u{1b}[2J'])
})

test('an archive that was cut off says so', async ({ disk, page }) => {
  makeSample(disk)
  const path = makeArchive(disk, 'cut.reftar', 'vm')
  truncateSync(path, 2_000_000)
  await dropFiles(page.locator('body'), [path])
  await expect(page.getByText('This archive is incomplete')).toBeVisible()
  await expect(page.getByText('Nothing of this archive can be read')).toBeVisible()
})

test('in a narrow window the panels are drawers, and nothing is cut off', async ({ app, archive: browser, page }) => {
  await setWindow(app, page, { width: 640, height: 480, theme: 'light' })
  await expect(browser.tree).toBeHidden()
  await browser.button('Folder tree').click()
  await browser.folder('notes').click()
  await page.keyboard.press('Escape')
  await expect(browser.tree).toBeHidden()
  await expect(browser.row('link')).toBeVisible()
  await browser.button('Details').click()
  await expect(browser.details).toContainText('backup.reftar')
  await page.keyboard.press('Escape')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing wrong with it, ${theme}`, async ({ app, archive: browser, page }) => {
    await setWindow(app, page, { width: 1100, height: 720, theme })
    await browser.enter('vm')
    await browser.select('copy.bin')
    await expect(browser.details.getByRole('img')).toBeVisible()
    await browser.search.fill('bin')
    await expect(browser.filter).toContainText('2 found')
    expect(await accessibilityFaults(page)).toEqual([])
  })
