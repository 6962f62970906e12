import { defineConfig } from '@playwright/test'

process.env['TZ'] = 'UTC'

/** `npm run screenshots`: not tests, but the scenes whose pictures are in docs/images. */
export default defineConfig({
  testMatch: '*.scene.ts',
  globalSetup: '../support/prepare.ts',
  outputDir: '../../out/screenshots',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
})
