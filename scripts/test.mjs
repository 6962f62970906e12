/**
 * `npm test`: installs what the tests need where it may, then runs every check, the build and all tests.
 * Ends with one line, “N passed, N failed”. With CI=true a test that was skipped counts as failed.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRoot, missingPackages, provideSystem } from './test-system.mjs'

const isCi = process.env['CI'] === 'true'

/** Runs one command in view; true when it succeeded. */
function run(command, ...args) {
  console.log(`\n> ${[command, ...args].join(' ')}`)
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error) console.error(String(error))
  return status === 0
}

/**
 * Runs tests that write a report of their own, which is read instead of their printed text.
 *
 * @param {(reportPath: string) => boolean} runWith true when the run succeeded
 * @param {(report: any) => { passed: number, failed: number, skipped: number }} count
 */
function runCounted(runWith, count) {
  const folder = mkdtempSync(join(tmpdir(), 'reftar-test-report-'))
  const reportPath = join(folder, 'report.json')
  try {
    const succeeded = runWith(reportPath)
    if (!existsSync(reportPath)) return { passed: 0, failed: 1, skipped: 0 }
    const counted = count(JSON.parse(readFileSync(reportPath, 'utf8')))
    // A file that can't be loaded or a failing teardown fails the run without a failing test.
    if (!succeeded && counted.failed === 0) counted.failed = 1
    return counted
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs one project of vitest. */
function runTests(project) {
  return runCounted(
    (path) =>
      run(
        'npx',
        'vitest',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${path}`,
      ),
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }),
  )
}

/** Runs the specs of the desktop app. */
function runSpecs() {
  return runCounted(
    (path) => {
      process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = path
      return run('npx', 'playwright', 'test', '--reporter=list,json')
    },
    ({ stats: { expected, unexpected, flaky, skipped } }) => ({
      passed: expected,
      failed: unexpected + flaky,
      skipped,
    }),
  )
}

function main() {
  const missing = missingPackages()
  if (missing.length > 0 && !isRoot) {
    console.error(`Missing on this system. Install with:\n\n  sudo apt-get install ${missing.join(' ')}\n`)
    return { passed: 0, failed: 1 }
  }
  if (!provideSystem(missing, run)) return { passed: 0, failed: 1 }

  const total = { passed: 0, failed: 0 }
  const count = (succeeded) => {
    if (!succeeded) total.failed++
    return succeeded
  }
  for (const step of ['check:types', 'check:lint', 'check:unused', 'build']) count(run('npm', 'run', '--silent', step))
  const suites = {
    unit: () => runTests('unit'),
    e2e: runSpecs,
    hostile: () => runTests('hostile'),
    filesystems: () => runTests('filesystems'),
  }
  for (const [name, runSuite] of Object.entries(suites)) {
    const { passed, failed, skipped } = runSuite()
    total.passed += passed
    total.failed += failed
    if (skipped === 0) continue
    console.error(`\n${skipped} tests of “${name}” were skipped${isCi ? ', which CI does not allow' : ''}.`)
    if (isCi) total.failed += skipped
  }
  return total
}

const { passed, failed } = main()
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
