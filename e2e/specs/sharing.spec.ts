/** Looking at sharing in a folder: what the window says is what the filesystem says. */
import { readFileSync } from 'node:fs'
import { commonRanges, filefrag } from '../../test/support/oracle.ts'
import { Browser } from '../pages/browser.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { accessibilityFaults } from '../support/accessibility.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative, nativeCalls } from '../support/native-calls.ts'
import { makeArchive } from '../support/samples.ts'
import { setWindow } from '../support/set-window.ts'
import { makeSharedFolder } from '../support/shared-files.ts'

test.use({ locale: 'en' })

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`

test('the picture of a folder says what filefrag says', async ({ disk, app, page }) => {
  const folder = disk.path('photos')
  makeSharedFolder(folder)
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
  await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
  const sharing = new SharingPage(page)
  await sharing.done()

  const base = disk.path('photos', 'images', 'base.img')
  const changed = disk.path('photos', 'images', 'changed.img')
  const written = filefrag(changed).reduce((sum, { length }) => sum + length, 0)
  const common = commonRanges(changed, base).reduce((sum, { length }) => sum + length, 0)
  await sharing.show('Table')
  const cells = await sharing.row('changed.img')
  expect(cells.slice(1, 5)).toEqual([size(written), size(written), size(written - common), size(common)])
  const extents = filefrag(changed)
  const pieces = extents.filter((extent, at) => {
    const before = extents[at - 1]
    return before === undefined || before.physical + before.length !== extent.physical
  })
  expect(cells.at(-1)).toBe(String(pieces.length))
  await sharing.files.getByRole('row').filter({ hasText: 'changed.img' }).click()
  const listed = page.getByRole('region', { name: 'Pieces of images/changed.img' }).getByRole('row')
  await expect(listed).toHaveCount(1 + extents.length)
  for (const [at, { logical, length, physical }] of extents.entries()) {
    const told = await listed
      .nth(1 + at)
      .getByRole('cell')
      .allTextContents()
    expect(told.slice(1, 4)).toEqual([logical, length, physical].map((bytes) => bytes.toLocaleString('en')))
  }
  await sharing.show('Folders')
  await page.getByRole('button', { name: 'images', exact: true }).click()
  // What is flagged as shared may be in use by files that nobody looked at.
  const own = size(written - common)
  await expect(
    page.getByText(`Deleting these 3 files would free ${own} for certain, and ${size(8 << 20)} more unless`),
  ).toBeVisible()
  await sharing.show('Groups')
  await sharing.show('Picture')

  // A press on a lane lights every other place of its blocks up, and says how many files use them.
  await page.getByLabel('Name contains').fill('base')
  await sharing.press('Files: 1 file', 'ArrowRight', 'Enter')
  const rest = `${(Number.parseFloat(size(8 << 20)) - Number.parseFloat(size(common))).toFixed(1)} MB`
  await expect(sharing.chosen.getByRole('cell')).toHaveText([
    ...[size(common), 'shared by 3 of these files', 'in images/base.img, images/clone.img, and images/changed.img'],
    // The parts add up to what is said of the whole.
    ...[rest, 'shared by 2 of these files', 'in images/base.img and images/clone.img'],
  ])
  await expect(
    sharing.chosen.getByRole('table', { name: `Of these ${size(8 << 20)} of images/base.img:` }),
  ).toBeVisible()
  // Of the file that is chosen, and of what is listed: here the same.
  await expect(page.getByText(`Deleting this file would free 0 B. ${size(8 << 20)} stay`)).toHaveCount(2)

  // Small files can be seen beside one of 16 MiB, and the scale says so.
  await page.getByLabel('Name contains').fill('')
  await expect(page.getByText('scale 0 B–17 MB · small files enlarged · 5 files')).toBeVisible()
  await expect(sharing.lanes('Files').getByText('19 B in metadata')).toBeVisible()
})

test('in a small window the map says what it is, and no figure of a lane is cut off', async ({ disk, app, page }) => {
  const folder = disk.path('photos')
  makeSharedFolder(folder)
  await setWindow(app, page, { width: 800, height: 600, theme: 'light' })
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
  await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
  const sharing = new SharingPage(page)
  await sharing.done()
  await expect(page.getByRole('heading', { name: 'Disk map' })).toBeVisible()
  const figures = page.getByText(/^(8\.4|9\.4|1\.0) MB, /)
  await expect(figures.first()).toBeVisible()
  for (const figure of await figures.all()) {
    const isCut = await figure.evaluate((element) => element.scrollWidth > element.clientWidth)
    expect(isCut).toBe(false)
  }
  await sharing.press('Files', 'ArrowRight', 'Enter')
  await expect(sharing.chosen).toContainText('of these files')
  const { x = 0, width = 0 } = (await sharing.map.boundingBox()) ?? {}
  expect(x + width).toBeLessThanOrEqual(800)
})

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing wrong with the picture and the table, ${theme}`, async ({ disk, app, page }) => {
    const folder = disk.path('photos')
    makeSharedFolder(folder)
    await setWindow(app, page, { width: 1100, height: 720, theme })
    await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
    await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
    const sharing = new SharingPage(page)
    await sharing.done()
    await sharing.press('Files', 'ArrowRight', 'Enter')
    await expect(sharing.chosen).toContainText('of these files')
    expect(await accessibilityFaults(page)).toEqual([])
    await sharing.show('Table')
    await expect(page.getByRole('region', { name: 'Pieces of' })).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'What the words mean' }).click()
    await expect(page.getByRole('dialog', { name: 'What the words mean' })).toContainText('lies in one stretch')
  })

test('every report of the menu says what the window says', async ({ disk, app, page }) => {
  const folder = disk.path('photos')
  makeSharedFolder(folder)
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
  await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
  const sharing = new SharingPage(page)
  await sharing.done()
  await answerNative(app, 'shell', 'showItemInFolder')
  const save = async (format: string, item: RegExp): Promise<Buffer> => {
    const path = disk.path(`report.${format}`)
    await answerNative(app, 'dialog', 'showSaveDialog', { canceled: false, filePath: path })
    await page.getByRole('button', { name: 'Report' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect.poll(async () => (await nativeCalls(app, 'shell', 'showItemInFolder')).at(-1)).toEqual([path])
    return readFileSync(path)
  }

  const images = ['base.img', 'clone.img', 'changed.img'].map((name) => disk.path('photos', 'images', name))
  const { report, folders, extents } = JSON.parse((await save('json', /JSON/)).toString())
  expect(report).toMatchObject({ files: 5, problems: 0 })
  expect(folders.at(-1)).toMatchObject({ path: disk.path('photos', 'images'), files: 3 })
  const written = images.flatMap((path) => filefrag(path).map(({ physical, length }) => [path, physical, length]))
  const told = (extents as { path: string; address: number; lengthBytes: number }[])
    .filter(({ path }) => images.includes(path))
    .map(({ path, address, lengthBytes }) => [path, address, lengthBytes])
  expect(new Set(told.map(String))).toEqual(new Set(written.map(String)))

  const lines = (await save('csv', /CSV/)).toString().trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + extents.length)
  expect(lines[0]).toBe('path,role,offsetBytes,lengthBytes,filesystem,address,class,files,flags')

  const png = await save('png', /PNG/)
  const svg = (await save('svg', /SVG/)).toString()
  const html = (await save('html', /HTML/)).toString()
  // The same picture three times, drawn by the browser that people would open it with.
  const reader = await page.context().newPage()
  await reader.setContent(`<img id="png" src="data:image/png;base64,${png.toString('base64')}">${svg}`)
  const sizes = await reader.evaluate(async () => {
    const image = document.querySelector('img')
    await image?.decode()
    const drawn = document.querySelector('svg')
    return [image?.naturalWidth, image?.naturalHeight, drawn?.width.baseVal.value, drawn?.height.baseVal.value]
  })
  expect(sizes.slice(0, 2)).toEqual(sizes.slice(2))
  await expect(reader.getByText(`Sharing of ${disk.path('photos')}`)).toBeVisible()
  await reader.setContent(html)
  await expect(reader.getByRole('row').filter({ hasText: 'On disk' }).first()).toContainText(size(report.onDiskBytes))
  await expect(reader.getByRole('row').filter({ hasText: 'changed.img' }).last()).toContainText(size(8 << 20))
  await reader.close()
})

test('the selection, the folder and the search of Contents go along to Sharing', async ({ disk, page }) => {
  makeSharedFolder(disk.path('photos'))
  await dropFiles(page.locator('main'), [makeArchive(disk, 'photos.reftar', 'photos')])
  const browser = new Browser(page)
  await browser.enter('photos', 'images')
  const sharing = new SharingPage(page)
  const see = (view: string) => page.getByRole('tab', { name: view, exact: true }).click()
  const part = (title: string) => page.getByRole('button', { name: title })

  await see('Sharing')
  await expect(part('Folder “images”')).toBeVisible()
  await expect(page.getByText(/^Without what is shown here the archive would be 9\.4 MB smaller\./)).toBeVisible()
  await expect(sharing.lanes('Files: 3 files')).toBeVisible()

  await see('Contents')
  await browser.select('base.img', 'clone.img')
  await see('Sharing')
  await expect(part('2 selected entries')).toBeVisible()
  await expect(sharing.lanes('Files: 2 files')).toBeVisible()
  await part('2 selected entries').click()
  await expect(sharing.lanes('Files: 5 files')).toBeVisible()

  // One file is chosen, beside those that have its blocks.
  await see('Contents')
  await browser.select('changed.img')
  await see('Sharing')
  await expect(sharing.chosen).toContainText('changed.img')
  await expect(sharing.lanes('Files: 3 files')).toBeVisible()

  await see('Contents')
  await browser.search.fill('c')
  await expect(browser.rows()).toHaveCount(2)
  await see('Sharing')
  await expect(part('2 entries found')).toBeVisible()
  await expect(sharing.lanes('Files: 2 files')).toBeVisible()
})
