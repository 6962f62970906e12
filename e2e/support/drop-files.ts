/** Drags files and folders onto the page as a file manager does: the page learns their absolute paths. */

import type { Locator } from '@playwright/test'

/** Drops the absolute `paths` on the middle of `target`. */
export async function dropFiles(target: Locator, paths: readonly string[]): Promise<void> {
  const page = target.page()
  const box = await target.boundingBox()
  if (box === null) throw new Error('Nothing to drop on: the target is not visible.')
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const devtools = await page.context().newCDPSession(page)
  // More than one movement, as from a real pointer: the first only shows where it can be dropped.
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data,
    })
  await devtools.detach()
}
