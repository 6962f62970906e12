/**
 * `npm run crash -- --kills 500`: kills create, extract, seal and convert so many times in all, at chosen system calls
 * and at random moments; then lets every call fail in every way. Root, as the tests.
 */

import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '500' } } })
const { status, error } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'filesystems', 'test/filesystems/kill.test.ts', 'test/filesystems/faults.test.ts'],
  { stdio: 'inherit', env: { ...process.env, REFTAR_KILLS: values.kills, REFTAR_FAULTS: 'all' } },
)
if (error) throw error
process.exitCode = status ?? 1
