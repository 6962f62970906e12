/** Every archive of the corpus is opened in the window, one after the other: it is shown or refused with a reason. */

import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Browser } from '../pages/browser.ts'
import { expect, test } from '../support/app.ts'
import { dropFiles } from '../support/drop-files.ts'

const corpus = 'test/corpus'

interface Outcome {
  readonly file: string
  readonly format: 1 | 2
  readonly limits?: unknown
  /** The code of the error with which it doesn't open. */
  readonly open: string | null
  /** Or the code of the error with which its list ends. */
  readonly list: readonly string[] | number | string
}

const outcomes: readonly Outcome[] = JSON.parse(readFileSync(`${corpus}/outcomes.json`, 'utf8'))

for (const format of [1, 2])
  test(`hostile archives of format ${format} never leave the window blank`, async ({ page }, info) => {
    test.setTimeout(600_000)
    const browser = new Browser(page)
    const alert = page.getByRole('alert')
    // Stricter limits than usual can't be set in the window.
    const cases = outcomes.filter((outcome) => outcome.format === format && outcome.limits === undefined)
    expect(cases.length).toBeGreaterThan(50)
    for (const { file, open, list } of cases)
      await test.step(file, async () => {
        const name = basename(file, '.gz')
        const path = info.outputPath(name)
        writeFileSync(path, gunzipSync(readFileSync(`${corpus}/${file}`)))
        await dropFiles(page.locator('body'), [path])
        if (open !== null) await expect(alert.filter({ hasText: `Couldn’t open ${name}: ` })).toBeVisible()
        else {
          await expect(page).toHaveTitle(`${name} – Reftar`)
          await expect(alert.filter({ hasText: 'Couldn’t open' })).toHaveCount(0)
          await expect(browser.table).toBeVisible()
          if (typeof list === 'string')
            await expect(alert.filter({ hasText: 'The list isn’t complete: ' })).toBeVisible()
        }
      })
  })
