/** A look at a folder of a million extents, beside filefrag over the same files: all of it, the first picture, frames, memory. */

import { runCli } from '../../test/support/cli.ts'
import { mountImage } from '../../test/support/loopback.ts'
import { filefragMilliseconds, manyExtents } from '../../test/support/many-extents.ts'
import { SharingPage } from '../pages/sharing-page.ts'
import { expect, test } from '../support/app.ts'
import { answerNative } from '../support/native-calls.ts'
import { setWindow } from '../support/set-window.ts'
import { figure, ratios } from './figures.ts'
import { frameTimes, timeFrom } from './in-page.ts'
import { rendererMegabytes } from './renderer-memory.ts'

const RUNS = 3
const FRAME_MILLISECONDS = 50

test.use({ locale: 'en' })

for (const type of ['btrfs', 'xfs'] as const)
  test(`a million extents on ${type}`, async ({ app, page }) => {
    using disk = mountImage(type, { sizeBytes: 4 * 2 ** 30 })
    const folder = disk.path('many')
    manyExtents(folder)
    await setWindow(app, page, { width: 1400, height: 900, theme: 'light' })
    await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [folder] })
    const sharing = new SharingPage(page)
    const filefrag: number[] = []
    const command: number[] = []
    const first: number[] = []
    const window: number[] = []
    // Once untimed, so that no run reads from the disk.
    filefragMilliseconds(folder)
    for (let run = 0; run < RUNS; run++) {
      filefrag.push(filefragMilliseconds(folder))
      const begun = performance.now()
      const { code, err } = runCli(disk.mountpoint, 'sharing', 'many')
      if (code !== 0) throw new Error(err)
      command.push(performance.now() - begun)
      const picture = await timeFrom(page, 'click', { selector: '[role=application]', text: '' })
      const all = await timeFrom(page, 'click', { selector: 'button', text: 'Look again' })
      await page.getByRole('button', { name: 'Look at sharing in a folder…' }).click()
      first.push(await picture())
      window.push(await all())
      if (run < RUNS - 1) await page.getByRole('button', { name: 'Back', exact: true }).click()
    }
    figure(`${type}: filefrag over all files`, 'ms', filefrag)
    figure(`${type}: the command line, to filefrag`, '×', ratios(command, filefrag), 1.5)
    figure(`${type}: the window until all is there, to filefrag`, '×', ratios(window, filefrag), 1.5)
    figure(`${type}: first picture`, 'ms', first, 500)
    const box = await sharing.map.boundingBox()
    if (box === null) throw new Error('The map isn’t there.')
    const frames = await frameTimes(page, async () => {
      await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2)
      await page.keyboard.down('Control')
      for (let step = 0; step < 30; step++) await page.mouse.wheel(0, step < 20 ? -120 : 120)
      await page.keyboard.up('Control')
      await sharing.map.focus()
      for (let step = 0; step < 30; step++) await page.keyboard.press(step < 20 ? 'ArrowRight' : 'ArrowLeft')
    })
    expect(frames.length).toBeGreaterThan(30)
    figure(
      `${type}: zooming and moving: longest frame of ${frames.length}`,
      'ms',
      [Math.max(...frames)],
      FRAME_MILLISECONDS,
    )
    figure(`${type}: the page’s process`, 'MB', [rendererMegabytes(app)], 400)
  })
