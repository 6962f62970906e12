import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/support/prepare.ts',
  outputDir: 'out/e2e',
  forbidOnly: process.env['CI'] === 'true',
  // An app, a browser and a job each: more at once only wait for each other, and mounted images are shared.
  workers: 1,
  // Only guards against hanging: a busy machine is no failure.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
})
