/**
 * How fast `reftar duplicates` is beside `sha256sum` over the same files: node bench/duplicates.mjs FOLDER
 * Both run once to warm the cache, then alternate; the best run of each counts.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROUNDS = 3
const reftar = fileURLToPath(new URL('../bin/reftar.js', import.meta.url))

/** Seconds that a command takes, and its peak memory in MiB as /usr/bin/time sees it. */
function measure(command, args) {
  const startedAt = performance.now()
  const run = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (run.status !== 0) throw new Error(`${command}: ${run.stderr}`)
  return {
    seconds: (performance.now() - startedAt) / 1000,
    mebibytes: Number(run.stderr.trim().split('\n').at(-1)) / 1024,
  }
}

/** Compares both on a folder: seconds, their ratio, and the peak memory of `duplicates`. */
export function benchDuplicates(folder) {
  const ours = () => measure(process.execPath, [reftar, 'duplicates', '--json', folder])
  const theirs = () => measure('sh', ['-c', 'find "$0" -type f -print0 | xargs -0 sha256sum > /dev/null', folder])
  ours()
  theirs()
  const runs = Array.from({ length: ROUNDS }, () => ({ ours: ours(), theirs: theirs() }))
  const best = (values) => Math.min(...values)
  const duplicatesSeconds = best(runs.map((run) => run.ours.seconds))
  const sha256sumSeconds = best(runs.map((run) => run.theirs.seconds))
  return {
    duplicatesSeconds,
    sha256sumSeconds,
    speedRatio: sha256sumSeconds / duplicatesSeconds,
    peakMebibytes: Math.max(...runs.map((run) => run.ours.mebibytes)),
  }
}

const folder = process.argv[2]
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (folder === undefined) throw new Error('Name a folder')
  const result = benchDuplicates(folder)
  console.log(
    `duplicates ${result.duplicatesSeconds.toFixed(2)} s, sha256sum ${result.sha256sumSeconds.toFixed(2)} s: ` +
      `${result.speedRatio.toFixed(2)} times its speed (at least 0.5 wanted), ${result.peakMebibytes.toFixed(0)} MiB (below 300 wanted)`,
  )
}
