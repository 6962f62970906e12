import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Only a guard against hanging: a busy machine is no failure.
          testTimeout: 60_000,
          // Some build a worker first.
          hookTimeout: 60_000,
          include: [
            'src/**/*.test.{ts,tsx}',
            'native/**/*.test.ts',
            'test/tooling/**/*.test.ts',
            'e2e/host/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'hostile',
          include: ['test/corpus/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'filesystems',
          include: ['test/filesystems/**/*.test.ts'],
          globalSetup: 'test/support/global-setup.ts',
          setupFiles: ['test/support/setup.ts'],
          // Each file in a process of its own, one after the other: they mount filesystems and measure them.
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
