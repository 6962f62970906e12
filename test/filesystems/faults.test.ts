/** Every call the engine makes fails once, in every way: nothing is lost, nothing wrong has a final name, and it is said. */
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/main/engine/index.ts'
import { errorData, ReftarError } from '../../src/shared/errors.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { create } from '../support/creation.ts'
import { watchedJob } from '../support/extraction.ts'
import {
  type Attempt,
  conversion,
  creation,
  extraction,
  type Scenario,
  sealing,
  setUp,
} from '../support/fault-scenarios.ts'
import { type FaultKind, faults, faultyPorts } from '../support/faulty-ports.ts'
import { stagedNames } from '../support/interrupt.ts'
import { mountImage } from '../support/loopback.ts'

/** `npm run crash` tries them all everywhere; they differ little to the engine, so that a few have to do in every run. */
const usualKinds = { tmpfs: ['EIO', 'ENOSPC', 'EAGAIN', 'short'], btrfs: ['EIO', 'short'] } as const
const triesAll = process.env['REFTAR_FAULTS'] === 'all'
const allKinds = Object.keys(faults) as FaultKind[]
const cleanUps = new Set(['unlink', 'removeDirectory', 'truncate'])

async function attempt(scenario: Scenario, ports: Ports): Promise<Attempt> {
  const notices: string[] = []
  const { job, problems } = watchedJob()
  try {
    await scenario.run(ports, { ...job, notice: (what) => notices.push(inEnglish(what)) })
    return { problems, notices, error: undefined }
  } catch (error) {
    return { problems, notices, error: error instanceof ReftarError ? errorData(error) : fail(error) }
  }
}

function fail(error: unknown): never {
  throw error
}

/** Every call goes wrong, one at a time, in every way that is asked for. Returns how many faults that were. */
async function breakEverywhere(scenario: Scenario, kinds: readonly FaultKind[]): Promise<number> {
  scenario.prepare()
  const whole = faultyPorts('short', undefined)
  expect(await attempt(scenario, whole.ports)).toEqual({ problems: [], notices: [], error: undefined })
  await scenario.check({ problems: [], notices: [], error: undefined })
  expect([...whole.open.values()]).toEqual([])

  // Short reads and writes everywhere change nothing.
  scenario.prepare()
  expect(await attempt(scenario, faultyPorts('short', undefined, true).ports)).toEqual({
    problems: [],
    notices: [],
    error: undefined,
  })
  await scenario.check({ problems: [], notices: [], error: undefined })

  let count = 0
  const wrong: string[] = []
  for (const kind of kinds) {
    for (let at = 0; at < whole.calls.length; at++) {
      const name = whole.calls[at]
      if (kind === 'short' && name !== 'read' && name !== 'write') continue
      scenario.prepare()
      const { ports, open, calls } = faultyPorts(kind, at)
      const outcome = await attempt(scenario, ports)
      const where = { kind, at, call: calls[at] }
      try {
        if (kind === 'short') expect(outcome).toEqual({ problems: [], notices: [], error: undefined })
        expect([...open.values()]).toEqual([])
        expectNamed(outcome)
        const staged = stagedNames(scenario.folder)
        if (staged.length > 0) expect(cleanUps).toContain(calls[at])
        await scenario.check(outcome)
      } catch (error) {
        wrong.push(`${JSON.stringify({ ...where, ...outcome })}\n${error instanceof Error ? error.message : error}`)
      }
      count++
    }
  }
  expect(wrong).toEqual([])
  if (triesAll) console.log(`${count} faults`)
  return count
}

/** Errors and problems are known ones, and say what they are about. */
function expectNamed({ error, problems }: Attempt): void {
  for (const known of [...problems, ...(error === undefined ? [] : [error])]) {
    expect(known.code).not.toBe('internal')
    expect(known.entry ?? known.path).toBeTruthy()
  }
}

describe.each(['tmpfs', 'btrfs'] as const)('%s', (type) => {
  const kinds = triesAll ? allKinds : usualKinds[type]
  const timeout = triesAll ? 600_000 : 120_000

  it('create', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    expect(await breakEverywhere(creation(disk, tree, true), kinds)).toBeGreaterThan(100)
    if (triesAll) expect(await breakEverywhere(creation(disk, tree, false), kinds)).toBeGreaterThan(100)
  })

  it('create format 1', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    rmSync(disk.path('in/fifo'))
    expect(await breakEverywhere(creation(disk, tree, true, 1), kinds)).toBeGreaterThan(100)
  })

  it('extract', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    expect(await breakEverywhere(extraction(disk, tree), kinds)).toBeGreaterThan(100)
  })

  it('seal', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('instant.reftar'), { instant: true })
    expect(await breakEverywhere(sealing(disk, tree), kinds)).toBeGreaterThan(20)
  })

  it('convert', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    await create(disk.mountpoint, ['in'], disk.path('one.reftar'), { format: 1 })
    expect(await breakEverywhere(conversion(disk, tree, 2), kinds)).toBeGreaterThan(20)
    expect(await breakEverywhere(conversion(disk, tree, 1), kinds)).toBeGreaterThan(20)
  })
})
