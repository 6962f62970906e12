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

/** Runs one vitest project and counts its tests from vitest's own report, never from its printed text. */
function runTests(project) {
  const folder = mkdtempSync(join(tmpdir(), 'reftar-test-report-'))
  const reportPath = join(folder, 'report.json')
  try {
    const succeeded = run(
      'npx',
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${reportPath}`,
    )
    if (!existsSync(reportPath)) return { passed: 0, failed: 1, skipped: 0 }
    const report = JSON.parse(readFileSync(reportPath, 'utf8'))
    const failed = report.numFailedTests
    return {
      passed: report.numPassedTests,
      // A file that can't be loaded or a failing teardown fails the run without a failing test.
      failed: succeeded || failed > 0 ? failed : 1,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
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
  for (const project of ['unit', 'hostile', 'filesystems']) {
    const { passed, failed, skipped } = runTests(project)
    total.passed += passed
    total.failed += failed
    if (skipped === 0) continue
    console.error(`\n${skipped} tests of “${project}” were skipped${isCi ? ', which CI does not allow' : ''}.`)
    if (isCi) total.failed += skipped
  }
  return total
}

const { passed, failed } = main()
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
