/** How long the app takes to its first usable picture, beside an app that shows an as good as empty window of the same size. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { launch } from '../support/app.ts'
import { figure, ratios } from './figures.ts'

const RUNS = 9

/** Milliseconds from starting the program to the first picture with something in it. The page is empty until it works. */
async function startTime(appFolder: string): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'reftar-bench-'))
  const begun = Date.now()
  const app = await launch(appFolder, userData)
  try {
    const page = await app.firstWindow()
    // A window starts at about:blank, where nothing is ever painted.
    await page.waitForURL((url) => url.protocol !== 'about:')
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          new PerformanceObserver((list) => {
            for (const entry of list.getEntriesByName('first-contentful-paint'))
              resolve(performance.timeOrigin + entry.startTime)
          }).observe({ type: 'paint', buffered: true }),
        ),
    )
    return painted - begun
  } finally {
    await app.close()
    rmSync(userData, { recursive: true })
  }
}

test('cold start', async () => {
  const empty: number[] = []
  const ours: number[] = []
  for (let run = 0; run <= RUNS; run++) {
    const times = [await startTime('e2e/small-app'), await startTime('.')] as const
    // The first of each finds nothing in memory.
    if (run === 0) continue
    empty.push(times[0])
    ours.push(times[1])
  }
  figure('start to an empty window', 'ms', empty)
  figure('start to the usable window', 'ms', ours)
  figure('usable to empty window', '×', ratios(ours, empty), 1.2)
})
