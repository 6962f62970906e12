/**
 * `npm run demo`: the main job on real data. Makes a folder with reflinked copies, overlaps, holes and small files on a
 * filesystem that shares blocks, lets the real command line create, list, extract, verify and look, and shows what each
 * step took on disk.
 */
import { join } from 'node:path'
import { makeContents } from './demo/contents.mjs'
import { findDisk } from './demo/disk.mjs'
import { differences, printTable, reftar, reftarJson, size } from './demo/steps.mjs'

const disk = findDisk()
// Steps run synchronously and a Ctrl-C reaches them too: they end, and what follows here removes the disk.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
try {
  process.exitCode = demo(disk)
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  disk.remove()
}

/** Runs every step; the exit code. */
function demo({ folder, description, allocatedBytes }) {
  console.log(`Working on ${description}.\n`)
  const steps = []
  const step = (title, action) => {
    const before = allocatedBytes()
    const started = performance.now()
    const result = action()
    const seconds = (performance.now() - started) / 1000
    steps.push([title, size(allocatedBytes() - before), `${seconds.toFixed(1)} s`])
    return result
  }
  const source = join(folder, 'source')
  console.log(`The files:\n${step('make the files', () => makeContents(source)).join('\n')}\n`)
  step('reftar create', () => reftar(folder, 'create', '-f', 'demo.reftar', 'source'))
  step('reftar list -l', () => reftar(folder, 'list', '-l', 'demo.reftar'))
  step('reftar extract', () => reftar(folder, 'extract', '-f', 'demo.reftar', '-C', 'restored'))
  step('reftar verify', () => reftar(folder, 'verify', 'demo.reftar'))
  step('reftar sharing', () => reftar(folder, 'sharing', 'restored'))

  console.log('What each step took, by statfs after a sync:')
  printTable([['', 'new on disk', 'time'], ...steps])
  console.log('\nWhat is shared, by FIEMAP:')
  printSharing(folder, {
    source: ['source'],
    restored: ['restored'],
    'source + archive + restored': ['source', 'demo.reftar', 'restored'],
  })
  const found = differences(source, join(folder, 'restored', 'source'))
  console.log()
  for (const difference of found) console.log(`✗ ${difference}`)
  if (found.length === 0) console.log('✓ Every restored file is equal to its source, byte for byte.')
  return found.length === 0 ? 0 : 1
}

/** One column for each set of paths. */
function printSharing(folder, sets) {
  const reports = Object.values(sets).map((paths) => reftarJson(folder, 'sharing', ...paths).report)
  const row = (title, value) => [title, ...reports.map(value)]
  printTable([
    ['', ...Object.keys(sets)],
    row('size', (report) => size(report.logicalBytes)),
    row('holes', (report) => size(report.holeBytes)),
    row('on disk', (report) => size(report.onDiskBytes)),
    row('shared', (report) => size(report.sharedBytes)),
    row('only here', (report) => size(report.exclusiveBytes)),
    row('shared with others', (report) => size(report.sharedWithOthersBytes)),
    row('saved by sharing', (report) => size(report.savedBytes)),
    row('can’t be checked here', (report) => size(report.uncheckedBytes)),
  ])
}
