/** `npm run fuzz -- --minutes N [--seed S] | --case S | --exhaustive`: see test/fuzz/README.md. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { runExhaustively } from './exhaustive.ts'
import { Finding } from './finding.ts'
import { Fuzzer } from './fuzzer.ts'
import { Random } from './random.ts'
import { loadSeeds } from './seed-files.ts'
import { startWatchdog } from './watchdog.ts'

const REPORT_EVERY_MILLISECONDS = 60_000
/** A case that makes the process grow this much is worth a look. */
const NOTED_GROWTH_BYTES = 16 * 2 ** 20
/** More than this left behind by the cases before is removed first, or it would count as the memory of the next one. */
const LITTER_BYTES = 16 * 2 ** 20
/** How often the archive of a case is damaged again, only to be opened and listed. */
const VARIANTS = 50
const MEMORY_LIMIT_BYTES = 300 * 2 ** 20

/** Peak of the whole process, Node itself included. */
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024
const usedBytes = (): number => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

// Most cases end with an error that nobody prints, and a long stack is half of its cost.
Error.stackTraceLimit = 2

async function fuzz(minutes: number, firstSeed: number): Promise<boolean> {
  const fuzzer = new Fuzzer(loadSeeds(), VARIANTS)
  const watchdog = startWatchdog()
  const seeds = new Random(firstSeed)
  const startedAt = performance.now()
  const until = startedAt + minutes * 60_000
  let reportAt = startedAt + REPORT_EVERY_MILLISECONDS
  let findings = 0
  collectGarbage()
  const cleanBytes = usedBytes()
  let peakBefore = peakBytes()
  const report = (): void => {
    const { cases, opened, clean, extracted, variants, listed } = fuzzer.counts
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(
      `${seconds} s: ${cases} cases, ${opened} opened, ${clean} without fault, ${extracted} extracted, ${variants} variants, ${listed} of them listed, peak ${mib(peakBytes())}, ${findings} findings`,
    )
  }
  while (performance.now() < until) {
    if (usedBytes() > cleanBytes + LITTER_BYTES) collectGarbage()
    const caseSeed = seeds.bits()
    watchdog.watch(caseSeed)
    try {
      await fuzzer.run(caseSeed)
    } catch (error) {
      findings++
      console.log(`FINDING: case ${caseSeed}: ${error instanceof Finding ? error.message : (error as Error).stack}`)
    }
    if (peakBytes() > peakBefore + NOTED_GROWTH_BYTES) {
      peakBefore = peakBytes()
      console.log(`peak ${mib(peakBefore)} in case ${caseSeed}`)
    }
    if (performance.now() < reportAt) continue
    reportAt += REPORT_EVERY_MILLISECONDS
    report()
  }
  await watchdog.stop()
  report()
  fuzzer.dispose()
  if (peakBytes() > MEMORY_LIMIT_BYTES) console.log(`FINDING: ${mib(peakBytes())} is too much memory`)
  return findings === 0 && peakBytes() <= MEMORY_LIMIT_BYTES
}

/** One case again; its archive is kept for a look at it. */
async function again(caseSeed: number): Promise<boolean> {
  Error.stackTraceLimit = 30
  const fuzzer = new Fuzzer(loadSeeds(), VARIANTS)
  const made = fuzzer.bytesOf(caseSeed)
  if (made) writeFileSync(`case-${caseSeed}.reftar`, made.bytes)
  try {
    await fuzzer.run(caseSeed)
    console.log(`case ${caseSeed}: nothing found, peak ${mib(peakBytes())}`)
    return true
  } catch (error) {
    console.log((error as Error).stack)
    return false
  } finally {
    fuzzer.dispose()
  }
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    case: { type: 'string' },
    exhaustive: { type: 'boolean', default: false },
  },
})

function run(): Promise<boolean> {
  if (values.exhaustive) return runExhaustively((text) => console.log(text))
  if (values.case !== undefined) return again(Number(values.case))
  console.log(`seed ${values.seed}`)
  return fuzz(Number(values.minutes), Number(values.seed))
}

process.exitCode = (await run()) ? 0 : 1
