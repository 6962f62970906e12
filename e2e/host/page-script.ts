/** The source that every new document of a window runs first. */

import { readFileSync } from 'node:fs'
import type { PageFacts } from './messages.ts'

const pageBundle = readFileSync(new URL('./page.js', import.meta.url), 'utf8')

/** @param preloadPath the app's preload: one CommonJS file, as a sandboxed preload is. */
export function pageScript(preloadPath: string | undefined, additionalArguments: readonly string[]): string {
  const facts: PageFacts = {
    platform: process.platform,
    arch: process.arch,
    versions: process.versions,
    argv: [process.execPath, ...additionalArguments],
  }
  const preload = preloadPath === undefined ? '' : readFileSync(preloadPath, 'utf8')
  return `(() => {
${pageBundle}
electronHostPage.start(${JSON.stringify(facts)}, function (require, module, exports, process) {
${preload}
})
})()`
}
