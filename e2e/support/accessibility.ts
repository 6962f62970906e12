/** What axe finds wrong with the window as it is now. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** One line for each element that breaks a rule; empty when all is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // What is still appearing has the contrast of a moment. Signs of work go on for ever.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // Without legacy mode it opens a page of its own, which an Electron app hasn't.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}
