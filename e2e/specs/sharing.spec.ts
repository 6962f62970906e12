/** Looking at sharing in a folder: what the window says is what the filesystem says. */
import { commonRanges, filefrag } from '../../test/support/oracle.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { expect, test } from '../support/disk.ts'
import { answerNative } from '../support/native-calls.ts'
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
  await sharing.show('Folders')
  await sharing.show('Groups')
  await sharing.show('Picture')

  // A press on a lane lights every other place of its blocks up, and says how many files use them.
  await page.getByLabel('Name contains').fill('base')
  await sharing.press('Files: 1 file', 'ArrowRight', 'Enter')
  await expect(sharing.chosen).toContainText('Used by 3 files')
})
