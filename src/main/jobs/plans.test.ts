import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWorker } from '../../../test/support/built-worker.ts'
import { textToByteString } from '../../shared/byte-string.ts'
import type { CreateRequest } from '../../shared/ipc/jobs.ts'
import { createOptions, inputsKey } from './orders.ts'
import { Plans } from './plans.ts'

let worker: Awaited<ReturnType<typeof buildWorker>>
let folder: string

beforeAll(async () => {
  mkdirSync('out', { recursive: true })
  worker = await buildWorker('src/main/jobs/plan-worker.ts')
  folder = mkdtempSync(join(tmpdir(), 'reftar-plans-'))
  // Of a name that no pattern below matches, as the random one of `folder` may.
  mkdirSync(join(folder, 'in'))
  for (let i = 0; i < 3000; i++) writeFileSync(join(folder, 'in', `file-${i}`), 'x'.repeat(i % 10))
})
afterAll(() => {
  worker.remove()
  rmSync(folder, { recursive: true })
})

const requestOf = (exclude: readonly string[]): CreateRequest => ({
  archivePath: undefined,
  inputs: [textToByteString(join(folder, 'in'))],
  exclude,
  format: 2,
  deduplicate: true,
  instant: false,
  compress: false,
  clone: 'auto',
  oneFilesystem: false,
})

function startPlan(exclude: readonly string[] = []) {
  const plans = new Plans(worker.path, { createPlan: () => {}, extractPlan: () => {} })
  const request = requestOf(exclude)
  const planId = plans.start({ kind: 'create', options: createOptions(request) }, inputsKey(request))
  return { plans, planId }
}

describe('the totals of a creation', () => {
  it('are its plan’s, also when the page has dropped that', async () => {
    const { plans, planId } = startPlan(['*7'])
    const planned = plans.totalsOf(inputsKey(requestOf(['*7'])))
    plans.drop(planId)
    plans.dropAll()
    const files = Array.from({ length: 3000 }, (_, i) => i).filter((i) => i % 10 !== 7)
    const logicalBytes = files.reduce((sum, i) => sum + (i % 10), 0)
    expect(await planned?.totals).toMatchObject({ files: files.length, logicalBytes })
    planned?.release()
  })

  it('aren’t those of a plan of anything else, nor of one that was dropped', async () => {
    const { plans, planId } = startPlan()
    expect(plans.totalsOf(inputsKey(requestOf(['*7'])))).toBeUndefined()
    plans.drop(planId)
    expect(plans.totalsOf(inputsKey(requestOf([])))).toBeUndefined()
  })

  it('never come when the job that waited for them ends first', async () => {
    const { plans } = startPlan()
    const planned = plans.totalsOf(inputsKey(requestOf([])))
    planned?.release()
    expect(await planned?.totals).toBeUndefined()
  })
})
