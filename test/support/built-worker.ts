/** A worker thread's entry as one script: Node 20 doesn't run TypeScript, and a test of the queue wants the real thread. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds `entry`, a path from the repository's root. Returns the script's path, and what removes it. */
export async function buildWorker(entry: string): Promise<{ path: string; remove: () => void }> {
  // Below the repository, so that packages are found from there.
  const outDir = mkdtempSync(join('out', 'worker-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir,
      target: 'node20.19',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'worker.js' } },
    },
  })
  return { path: join(process.cwd(), outDir, 'worker.js'), remove: () => rmSync(outDir, { recursive: true }) }
}
