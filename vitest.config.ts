import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'native/**/*.test.ts', 'test/tooling/**/*.test.ts'],
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
