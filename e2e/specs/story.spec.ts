/** The first minutes of a new user, with the clicks counted: from a folder to files that share with their archive. */

import { readdirSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { MIB } from '../../test/support/blocks.ts'
import { commonRanges } from '../../test/support/oracle.ts'
import { Browser } from '../pages/browser.ts'
import { CreateDialog } from '../pages/create-dialog.ts'
import { ExtractDialog } from '../pages/extract-dialog.ts'
import { JobsBar } from '../pages/jobs-bar.ts'
import { expect, test } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { makeSample } from '../support/samples.ts'

const MOST_CLICKS = 6

test('from a dropped folder to extracted files that share, with a drop and six clicks', async ({ disk, page }) => {
  makeSample(disk)
  let clicks = 0
  const click = async (target: Locator, modifiers: readonly 'ControlOrMeta'[] = []): Promise<void> => {
    clicks++
    await target.click({ modifiers: [...modifiers] })
  }

  await dropFiles(page.getByRole('main'), [disk.path('vm')])
  await click(new CreateDialog(page).start)
  // The new archive is shown by itself.
  const browser = new Browser(page)
  // The archive itself is named like its folder, and there before it.
  await expect(browser.folder('vm')).toHaveCount(2)
  await click(browser.folder('vm').last())
  await click(browser.row('base.bin'))
  await click(browser.row('copy.bin'), ['ControlOrMeta'])
  // That they share is said before anything is extracted, too.
  await expect(browser.figures).toContainText('2 selected · 8.4 MB · 4.2 MB on disk')
  await click(browser.button('Extract'))
  await click(new ExtractDialog(page).start)
  await expect(new JobsBar(page).root).toContainText('Extracted 2 files, 8.4 MB. 8.4 MB cloned, 0 B new on disk.')
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS)

  const [made = ''] = readdirSync(disk.mountpoint).filter((name) => name !== 'vm' && name !== 'vm.reftar')
  for (const name of ['base.bin', 'copy.bin']) {
    const shared = commonRanges(disk.path(made, name), disk.path('vm.reftar'))
    expect(shared.reduce((sum, { length }) => sum + length, 0)).toBe(4 * MIB)
  }
})
