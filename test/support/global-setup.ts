/** Around all tests on real filesystems: a scratch folder, and a check that no mount or loop device is left in it. */

import { rmSync } from 'node:fs'
import { createScratchRoot, failOnLeftovers, removeStaleScratchRoots } from './scratch.ts'

export function setup(): () => void {
  if (process.getuid?.() !== 0) throw new Error('The tests on real filesystems mount images, which takes root.')
  removeStaleScratchRoots()
  const root = createScratchRoot()
  return () => {
    try {
      failOnLeftovers(root)
    } catch (error) {
      // Vitest prints what a teardown throws, and succeeds.
      process.exitCode = 1
      throw error
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
}
