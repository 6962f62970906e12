/** Lets the contenders of a group take turns, so that what disturbs the machine disturbs all of them. */
import { rmSync } from 'node:fs'
import { measureFiles } from './files.mjs'
import { measureProcess, throwIfStopped } from './run.mjs'

/** @typedef {import('./contenders.mjs').Contender} Contender */
/** @typedef {import('./disk.mjs').Disk} Disk */

/**
 * @typedef {object} Run
 * @property {number} seconds from the start of the process to its exit
 * @property {number} durableSeconds until its output was on disk
 * @property {number} peakRssBytes
 * @property {number} allocatedBytes newly used on the disk
 */

/**
 * @typedef {object} Row one contender: medians, and the highest memory
 * @property {string} name
 * @property {number} seconds
 * @property {number} durableSeconds
 * @property {number} peakRssBytes
 * @property {number} allocatedBytes
 * @property {number | undefined} archiveBytes
 * @property {Run[]} runs
 */

/**
 * @typedef {object} GroupContext
 * @property {string} corpus
 * @property {string} filesystem
 * @property {number} contentBytes
 */

/** @typedef {GroupContext & { action: string, reference: string, rows: Row[], failures: string[] }} GroupResult */

/**
 * @param {import('./contenders.mjs').Group} group
 * @param {GroupContext} context
 * @param {Disk} disk
 * @param {number} rounds
 * @returns {Promise<GroupResult>}
 */
export async function measureGroup({ action, reference, contenders }, context, disk, rounds) {
  /** @type {Map<Contender, Run[]>} */
  const runs = new Map(contenders.map((contender) => [contender, []]))
  /** @type {Map<Contender, number>} */
  const archiveBytes = new Map()
  /** @type {string[]} */
  const failures = []
  for (let round = 0; round < rounds; round++) {
    for (const [contender, measured] of runs) {
      if (contender.once && round > 0) continue
      const place = `${context.corpus} on ${context.filesystem}: ${action}, ${contender.name}`
      try {
        const run = await measureRun(contender, disk)
        measured.push(run)
        console.error(`${place}: ${run.seconds.toFixed(2)} s`)
      } catch (error) {
        throwIfStopped()
        // The others' figures are worth having all the same.
        failures.push(`${place}: ${error instanceof Error ? error.message : error}`)
        console.error(failures.at(-1))
        runs.delete(contender)
        continue
      }
      if (contender.output === undefined) continue
      if (contender.isArchive) archiveBytes.set(contender, measureFiles(contender.output).bytes)
      if (!contender.keep) remove(contender.output)
    }
  }
  const rows = [...runs].map(([contender, measured]) => summary(contender, measured, archiveBytes.get(contender)))
  return { ...context, action, reference, rows, failures }
}

/**
 * @param {Contender} contender
 * @param {Disk} disk
 * @returns {Promise<Run>}
 */
async function measureRun(contender, disk) {
  if (contender.output !== undefined) remove(contender.output)
  contender.prepare?.()
  contender.warm()
  const before = disk.settledBytes()
  const { seconds, peakRssBytes } = await measureProcess(contender.command, { cwd: disk.folder, env: contender.env })
  const ended = performance.now()
  disk.sync()
  const durableSeconds = seconds + (performance.now() - ended) / 1000
  return { seconds, durableSeconds, peakRssBytes, allocatedBytes: disk.settledBytes() - before }
}

/**
 * @param {Contender} contender
 * @param {Run[]} runs
 * @param {number | undefined} archiveBytes
 * @returns {Row}
 */
function summary({ name }, runs, archiveBytes) {
  return {
    name,
    seconds: median(runs.map((run) => run.seconds)),
    durableSeconds: median(runs.map((run) => run.durableSeconds)),
    peakRssBytes: Math.max(...runs.map((run) => run.peakRssBytes)),
    allocatedBytes: median(runs.map((run) => run.allocatedBytes)),
    archiveBytes,
    runs,
  }
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const around = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return around.reduce((sum, value) => sum + value, 0) / around.length
}

/** @param {string} path */
function remove(path) {
  rmSync(path, { recursive: true, force: true })
}
