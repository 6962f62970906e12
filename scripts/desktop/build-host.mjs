/** Builds the host into out/host: Node 20 doesn't run TypeScript, and the page's half must be one script. */

import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const hostFolder = join(root, 'e2e/host')
const outDir = join(root, 'out/host')
const shared = { root, configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('warn') }

export async function buildHost() {
  await build({
    ...shared,
    build: {
      ssr: true,
      outDir,
      target: 'node20.19',
      minify: false,
      emptyOutDir: true,
      rolldownOptions: {
        input: ['boot', 'electron', 'electron-resolver'].map((name) => join(hostFolder, `${name}.ts`)),
        output: { chunkFileNames: '[name].js' },
      },
    },
  })
  await build({
    ...shared,
    build: {
      outDir,
      emptyOutDir: false,
      // The host finds a function of it by name.
      minify: false,
      lib: {
        entry: join(hostFolder, 'page/start.ts'),
        formats: ['iife'],
        name: 'electronHostPage',
        fileName: () => 'page.js',
      },
    },
  })
}

if (process.argv[1] === import.meta.filename) await buildHost()
