/**
 * `node scripts/run-typescript.mjs FILE.ts ARGUMENT…`: bundles a script of the repository and runs it, since Node 20
 * doesn't run TypeScript. Memory is that of the script alone, without a bundler in the same process.
 */
import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { build } from 'vite'

const [entry, ...rest] = process.argv.slice(2)
if (entry === undefined) throw new Error('Name the script to run.')
const outDir = join('out', 'scripts', basename(entry, '.ts'))
await build({
  configFile: false,
  logLevel: 'warn',
  build: { ssr: entry, outDir, target: 'node20.19', minify: false, emptyOutDir: true },
})
const script = join(outDir, `${basename(entry, '.ts')}.js`)
const { status } = spawnSync(process.execPath, ['--max-semi-space-size=8', script, ...rest], { stdio: 'inherit' })
process.exitCode = status ?? 1
