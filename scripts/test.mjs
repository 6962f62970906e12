/**
 * `npm test`: installs what the tests need where it may, then runs every check, the build and all tests.
 * Ends with the names of what failed and one line, “N passed, N failed”. With CI=true a test that was skipped counts as failed.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
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
 * @param {(report: any) => { passed: number, failures: string[], skipped: number }} count
 */
function runCounted(runWith, count) {
  const folder = mkdtempSync(join(tmpdir(), 'reftar-test-report-'))
  const reportPath = join(folder, 'report.json')
  try {
    const succeeded = runWith(reportPath)
    if (!existsSync(reportPath)) return { passed: 0, failures: ['no report was written'], skipped: 0 }
    const counted = count(JSON.parse(readFileSync(reportPath, 'utf8')))
    // A file that can't be loaded or a failing teardown fails the run without a failing test.
    if (!succeeded && counted.failures.length === 0) counted.failures.push('the run itself')
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
    ({ testResults, numPassedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failures: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName }) => `${relative('.', name)}: ${fullName}`),
      ),
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
    ({ suites, stats: { expected, skipped } }) => ({
      passed: expected,
      failures: suites
        .flatMap(specsOf)
        .filter(failed)
        .map(({ file, title }) => `e2e/${file}: ${title}`),
      skipped,
    }),
  )
}

/** Every spec of a suite in Playwright's report, those of the suites within it too. */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}

/** A spec that passed only when it was run again has failed too. */
function failed({ tests }) {
  return tests.some(({ status }) => status === 'unexpected' || status === 'flaky')
}

/** @returns {{ passed: number, failures: string[] }} */
function main() {
  const missing = missingPackages()
  if (missing.length > 0 && !isRoot) {
    return { passed: 0, failures: [`Missing on this system: sudo apt-get install ${missing.join(' ')}`] }
  }
  if (!provideSystem(missing, run)) return { passed: 0, failures: ['what the tests need of the system'] }

  let passed = 0
  const failures = []
  for (const step of ['check:types', 'check:lint', 'check:unused', 'build']) {
    if (!run('npm', 'run', '--silent', step)) failures.push(`npm run ${step}`)
  }
  const suites = {
    unit: () => runTests('unit'),
    e2e: runSpecs,
    hostile: () => runTests('hostile'),
    filesystems: () => runTests('filesystems'),
  }
  for (const [name, runSuite] of Object.entries(suites)) {
    const result = runSuite()
    passed += result.passed
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`))
    if (result.skipped === 0) continue
    const skipped = `${name}: ${result.skipped} skipped`
    if (isCi) failures.push(`${skipped}, which CI does not allow`)
    else console.error(`\n${skipped}`)
  }
  return { passed, failures }
}

const { passed, failures } = main()
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}\n`).join('')}`)
console.log(`\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
