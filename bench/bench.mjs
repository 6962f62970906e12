/**
 * `npm run bench`: reftar beside other archivers, on real filesystems, in one run. docs/benchmarks.md says how to read it.
 * Ends with 1 when a limit is missed, so that it can be used as a gate by hand.
 */
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareTrees } from './lib/check.mjs'
import { comparison } from './lib/compare.mjs'
import { corpora } from './lib/corpora.mjs'
import { mountImage } from './lib/disk.mjs'
import { judge } from './lib/limits.mjs'
import { measureGroup } from './lib/measure.mjs'
import { readOptions, usage } from './lib/options.mjs'
import { describeMachine, groupTable, size, verdictLine } from './lib/report.mjs'
import { stopOnSignals } from './lib/run.mjs'
import { provideSystem } from './lib/system.mjs'

const GIB = 2 ** 30
/** Roomy, since a nearly full filesystem is slower. There is one image at a time, and it is sparse. */
const IMAGE_BYTES = { full: 24 * GIB, quick: 4 * GIB }

/** @typedef {import('./lib/limits.mjs').Verdict} Verdict */
/** @typedef {import('./lib/measure.mjs').GroupResult} GroupResult */
/** @typedef {import('./lib/options.mjs').Options} Options */

process.exitCode = await main().catch((error) => {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  return 2
})

/** @returns {Promise<number>} the exit code */
async function main() {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(usage)
    return 0
  }
  const earlier = options.compare === undefined ? undefined : JSON.parse(readFileSync(options.compare, 'utf8'))
  stopOnSignals()
  const available = provideSystem(options)
  const folder = mkdtempSync(join(tmpdir(), 'reftar-bench-'))
  try {
    const imageBytes = options.quick ? IMAGE_BYTES.quick : IMAGE_BYTES.full
    checkSpace(folder, imageBytes)
    const machine = describeMachine()
    console.log(machine.text)
    const results = []
    const verdicts = []
    const differences = []
    for (const filesystem of options.filesystems.filter(available.hasFilesystem)) {
      const outcome = await benchFilesystem(filesystem, folder, imageBytes, options, available.hasPeer)
      results.push(...outcome.results)
      verdicts.push(...outcome.verdicts)
      differences.push(...outcome.differences)
    }
    const report = { machine: machine.facts, quick: options.quick, runs: options.runs, results, verdicts, differences }
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
    if (earlier !== undefined) console.log(comparison(earlier, report))
    return conclude(results, verdicts, differences, options.quick)
  } finally {
    if (options.keep) console.log(`\nKept: ${folder} (mount -o loop IMAGE FOLDER)`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Every corpus on one filesystem, each on an image of its own.
 *
 * @param {import('./lib/disk.mjs').FilesystemType} filesystem
 * @param {string} folder
 * @param {number} imageBytes
 * @param {Options} options
 * @param {(name: string) => boolean} hasPeer
 */
async function benchFilesystem(filesystem, folder, imageBytes, options, hasPeer) {
  /** @type {GroupResult[]} */
  const results = []
  /** @type {Verdict[]} */
  const verdicts = []
  /** @type {string[]} */
  const differences = []
  for (const makeCorpus of options.corpora.map((name) => corpora[name])) {
    if (!makeCorpus.filesystems.includes(filesystem)) continue
    const disk = mountImage(filesystem, folder, makeCorpus.name, imageBytes)
    try {
      console.error(`${makeCorpus.name} on ${filesystem}: making the files`)
      const corpus = makeCorpus(disk, options.quick)
      console.log(`\n${corpus.name} on ${filesystem}: ${corpus.description}`)
      for (const group of corpus.groups) {
        const contenders = group.contenders.filter(({ peer }) => peer === undefined || hasPeer(peer))
        const context = { corpus: corpus.name, filesystem, contentBytes: corpus.contentBytes }
        const result = await measureGroup({ ...group, contenders }, context, disk, options.runs)
        results.push(result)
        console.log(groupTable(result))
        const groupVerdicts = judge(result)
        verdicts.push(...groupVerdicts)
        for (const verdict of groupVerdicts) console.log(verdictLine(verdict))
      }
      if (options.check && corpus.comparable !== undefined) {
        const found = compareTrees(corpus.comparable, `${corpus.name} on ${filesystem}`)
        differences.push(...found)
        if (found.length === 0) console.log('\n  ✓ what reftar extracted equals its source')
      }
    } finally {
      disk.remove(options.keep)
    }
  }
  return { results, verdicts, differences }
}

/**
 * @param {string} folder
 * @param {number} neededBytes
 */
function checkSpace(folder, neededBytes) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= neededBytes) return
  throw new Error(
    `${size(bavail * bsize)} are free in ${tmpdir()}, the images may take ${size(neededBytes)}. ` +
      'Set TMPDIR to a folder with more room.',
  )
}

/**
 * @param {GroupResult[]} results
 * @param {Verdict[]} verdicts
 * @param {string[]} differences
 * @param {boolean} quick
 * @returns {number} the exit code
 */
function conclude(results, verdicts, differences, quick) {
  const missed = verdicts.filter(({ met }) => !met)
  console.log(
    `\n${verdicts.length - missed.length} of ${verdicts.length} limits met${missed.length > 0 ? '; missed:' : ''}`,
  )
  for (const verdict of missed) console.log(verdictLine(verdict))
  if (quick && missed.length > 0) console.log('  They are made for the full corpora: --quick ignores them.')
  const failures = results.flatMap((group) => group.failures)
  for (const failure of failures) console.log(`  ✗ failed: ${failure}`)
  for (const difference of differences) console.log(`  ✗ differs after extraction: ${difference}`)
  const isOver = missed.length > 0 && !quick
  return failures.length > 0 || differences.length > 0 || isOver ? 1 : 0
}
