/** The window in German: what the engine says is German too, in notices, problems, reasons and reports. */
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { germanSentences } from '../../src/shared/texts/de/sentences.ts'
import { mountImage } from '../../test/support/loopback.ts'
import { test as base, expect } from '../support/disk.ts'
import { dropFiles } from '../support/drop-files.ts'
import { answerNative } from '../support/native-calls.ts'
import { makeArchive, makeSample } from '../support/samples.ts'

const test = base.extend({
  userData: async ({ userData }, use) => {
    mkdirSync(userData, { recursive: true })
    writeFileSync(join(userData, 'settings.json'), JSON.stringify({ language: 'de' }))
    await use(userData)
  },
})

/** The longest part of each English sentence that has no values in it. */
const english = Object.keys(germanSentences)
  .map((sentence) => sentence.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0] ?? '')
  .filter((part) => part.length > 12)

async function expectNoEnglish(page: Page): Promise<void> {
  const shown = (await page.locator('body').textContent()) ?? ''
  expect(english.filter((part) => shown.includes(part))).toEqual([])
}

test('damage is told in German: of an archive that was cut off, and of entries that can’t be extracted', async ({
  app,
  disk,
  page,
}) => {
  makeSample(disk)
  const cut = makeArchive(disk, 'cut.reftar', 'vm')
  truncateSync(cut, 4096 * 3)
  await dropFiles(page.locator('main'), [cut])
  await expect(page.getByText('Dieses Archiv ist unvollständig')).toBeVisible()
  await expect(page.getByText('lesbare Einträge bis zum letzten Sicherungspunkt: 0')).toBeVisible()
  await expectNoEnglish(page)

  mkdirSync(disk.path('many'))
  for (let i = 0; i < 50; i++) writeFileSync(disk.path('many', `${i}.txt`), `text ${i} `.repeat(50))
  const damaged = makeArchive(disk, 'damaged.reftar', 'many')
  const bytes = readFileSync(damaged)
  // The first compressed frame is the pack with all the contents.
  const frame = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
  for (let offset = frame + 16; offset < frame + 64; offset++) bytes[offset] = (bytes[offset] ?? 0) ^ 0xff
  writeFileSync(damaged, bytes)
  await dropFiles(page.locator('main'), [damaged])
  await expect(page.getByText('damaged.reftar').first()).toBeVisible()
  mkdirSync(disk.path('out'))
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [disk.path('out')] })
  await page.getByRole('button', { name: 'Entpacken', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Entpacken' })
  await dialog.getByRole('button', { name: 'Durchsuchen …' }).click()
  await expect(dialog).toContainText('50 Dateien')
  await dialog.getByRole('button', { name: 'Entpacken', exact: true }).click()
  const jobs = page.getByRole('region', { name: 'Aufträge' })
  await jobs.getByRole('button', { name: 'Alle Aufträge zeigen' }).click()
  await jobs.getByRole('button', { name: /50 Einträge brauchen/ }).click()
  await expect(jobs).toContainText('many/0.txt: die Prüfsumme eines Abschnitts stimmt nicht')
  await expect(jobs).toContainText('Nimm eine andere Kopie; „Prüfen“ nennt, was verletzt ist.')
  await expectNoEnglish(page)
})

test('what can’t be checked says why in German, and so does the report', async ({ app, disk, page }) => {
  using memory = mountImage('tmpfs')
  writeFileSync(memory.path('file'), 'x'.repeat(10_000))
  await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [memory.mountpoint] })
  await page.getByRole('button', { name: 'Geteilte Blöcke in einem Ordner ansehen …' }).click()
  await expect(page.getByRole('button', { name: 'Neu ansehen' })).toBeVisible()
  await page.getByRole('tab', { name: 'Tabelle' }).click()
  const reason = 'tmpfs hält Dateien im Speicher; es hat keine Blöcke zu teilen'
  await expect(page.getByRole('grid', { name: 'Tabelle' })).toContainText(`hier nicht prüfbar: ${reason}`)
  await expectNoEnglish(page)

  const report = disk.path('report.html')
  await answerNative(app, 'dialog', 'showSaveDialog', { canceled: false, filePath: report })
  await page.getByRole('button', { name: 'Bericht' }).click()
  await page.getByRole('menuitem', { name: 'Webseite (HTML) …' }).click()
  const read = () => {
    try {
      return readFileSync(report, 'utf8')
    } catch {
      return ''
    }
  }
  await expect.poll(read).toContain('</html>')
  expect(read()).toContain('<html lang="de">')
  expect(read()).toContain(reason)
  expect(read()).toContain('? Hier nicht prüfbar: Dieses Dateisystem sagt nicht, wo Blöcke liegen')
  // The app must let go of the disk that is unmounted now.
  await app.close()
})
