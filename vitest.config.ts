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
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
