/** What can't be known about files: the window says it of each of them, and draws no fact in its place. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MIB } from '../../test/support/blocks.ts'
import { runTool } from '../../test/support/system.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { expect, test } from '../support/disk.ts'
import { answerNative } from '../support/native-calls.ts'
import { distinctBytes } from '../support/shared-files.ts'

test.use({ locale: 'en' })

const PIECES = 20_000

/** A file of the kernel's that nobody may read, root included. */
const writeOnly = '/sys/bus/platform/drivers_probe'

/** Files on btrfs, in memory, seen through overlayfs, and one that can't be opened. */
function makeFolder(folder: string, layers: string): void {
  for (const name of ['memory', 'merged']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['lower', 'upper', 'work']) mkdirSync(join(layers, name), { recursive: true })
  writeFileSync(join(folder, 'plain.img'), distinctBytes(MIB, 1))
  runTool('mount', ['-t', 'tmpfs', 'tmpfs', join(folder, 'memory')])
  writeFileSync(join(folder, 'memory', 'cache.img'), distinctBytes(2 * MIB, 2))
  writeFileSync(join(layers, 'lower', 'layer.img'), distinctBytes(3 * MIB, 3))
  const options = ['lower', 'upper', 'work'].map((name) => `${name}dir=${join(layers, name)}`).join(',')
  runTool('mount', ['-t', 'overlay', '-o', options, 'overlay', join(folder, 'merged')])
  writeFileSync(join(folder, 'locked.img'), '')
  runTool('mount', ['--bind', writeOnly, join(folder, 'locked.img')])
}

/**
 * Appends without a pause, until it is killed, to a file in so many pieces that finding them takes much longer than a
 * write. It goes before everything else: on a busy machine it might stand still meanwhile.
 */
function keepWriting(path: string): ChildProcess {
  const pieces = openSync(path, 'w')
  for (let piece = 0; piece < PIECES; piece++) writeSync(pieces, 'piece', piece * 8192)
  closeSync(pieces)
  const descriptor = openSync(path, 'a')
  const loop = ['sh', '-c', 'while :; do echo more; done']
  const writer = spawn('nice', ['-n', '-20', ...loop], { stdio: ['ignore', descriptor, 'ignore'] })
  closeSync(descriptor)
  return writer
}

test('what can’t be known is said of each file, and nowhere drawn as a fact', async ({ disk, app, page }) => {
  const folder = disk.path('mixed')
  makeFolder(folder, disk.path('layers'))
  const writer = keepWriting(join(folder, 'journal.db'))
  const sharing = new SharingPage(page)
  try {
    await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
    await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
    await sharing.done()
  } finally {
    writer.kill()
  }
  await expect(page.getByText(/can’t be checked here: it may be shared or not/)).toBeVisible()
  await expect(page.getByText(/^At least 5 files, .*\. At least .* on disk; of what could be checked, /)).toBeVisible()
  await expect(page.getByText(/^1\.0 MB of the ≥ 1\.0 MB on disk/)).toBeVisible()
  await expect(page.getByRole('button', { name: '1 file couldn’t be looked at' })).toBeVisible()
  await expect(page.getByRole('application', { name: 'Disk map of 1.0 MB.' })).toBeVisible()

  await sharing.show('Table')
  for (const [name, reason] of [
    ['cache.img', 'tmpfs keeps files in memory'],
    ['layer.img', 'overlayfs doesn’t tell'],
    ['locked.img', 'it can’t be opened'],
    ['journal.db', 'it changed while it was looked at'],
  ] as const)
    expect((await sharing.row(name)).join(' ')).toContain(`can’t be checked here: ${reason}`)
  expect((await sharing.row('plain.img')).slice(1, 5)).toEqual(['1.0 MB', '1.0 MB', '1.0 MB', '0 B'])

  await sharing.show('Folders')
  await expect(page.getByRole('row').filter({ hasText: 'memory' })).toContainText('?')
  await expect(page.getByRole('row').filter({ hasText: disk.path('mixed') })).toContainText('≥')
  await sharing.show('Picture')
  for (const name of ['cache', 'layer']) {
    await page.getByLabel('Name contains').fill(name)
    // One file was listed before, too.
    await expect(sharing.lanes('Files: 1 file').getByRole('button', { name: `${name}.img` })).toBeVisible()
    await sharing.press('Files: 1 file', 'ArrowRight', 'Enter')
    await expect(sharing.chosen).toContainText('can’t be checked here')
    await expect(sharing.chosen).toContainText(`${name}.img`)
  }
})
