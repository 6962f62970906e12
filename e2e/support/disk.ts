/** The app beside a btrfs of its own, which is unmounted when the app has ended. */

import { MIB } from '../../test/support/blocks.ts'
import { type MountedImage, mountImage } from '../../test/support/loopback.ts'
import { test as base } from './app.ts'

interface DiskFixtures {
  readonly diskBytes: number
  readonly disk: MountedImage
}

export const test = base.extend<DiskFixtures>({
  diskBytes: [512 * MIB, { option: true }],
  disk: async ({ diskBytes }, use) => {
    using disk = mountImage('btrfs', { sizeBytes: diskBytes })
    await use(disk)
  },
  // Set up after the disk, so that it ends before it.
  app: async ({ disk: _disk, app }, use) => use(app),
})

export { expect } from '@playwright/test'
