import { defineConfig } from '@playwright/test'

/** `npm run bench:window`: not tests, but how fast the window is (docs/benchmarks.md). */
export default defineConfig({
  testMatch: '*.bench.ts',
  globalSetup: '../support/prepare.ts',
  outputDir: '../../out/bench/results',
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: 'line',
})
