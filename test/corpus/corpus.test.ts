/** Every archive of the corpus has the outcome that outcomes.json says, and does no harm. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { defaultLimits } from '../../src/main/engine/limits.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { displayName } from '../../src/shared/byte-string.ts'
import { extractInto } from '../fuzz/extracting.ts'
import { MemoryArchive } from '../fuzz/memory-archive.ts'
import { Sandbox } from '../fuzz/sandbox.ts'
import { allCases } from './all-cases.ts'
import { runCase } from './run-case.ts'

const sandbox = new Sandbox()
const archive = new MemoryArchive(createPorts())
afterAll(() => sandbox.dispose())

const stored = (name: string): Uint8Array => gunzipSync(readFileSync(`test/corpus/archives/${name}.reftar.gz`))

it('holds what generate.ts makes', () => {
  expect(readdirSync('test/corpus/archives').sort()).toEqual(allCases.map(({ name }) => `${name}.reftar.gz`).sort())
  for (const { name, bytes } of allCases) expect(Buffer.compare(bytes(), stored(name)), name).toBe(0)
})

describe.each(['paths', 'links', 'nodes', 'references', 'amplification', 'lengths', 'index', 'damage'])(
  '%s',
  (group) => {
    it.each(allCases.filter((one) => one.group === group))('$name', { timeout: 120_000 }, async (one) => {
      archive.bytes = stored(one.name)
      const outcome = await runCase(one, archive, { ...defaultLimits, ...one.limits }, sandbox)
      const shown = Object.entries(one.outcome.extract.problems).map(([path, code]) => [
        displayName(path as ByteString),
        code,
      ])
      expect(outcome).toEqual({
        ...one.outcome,
        extract: { ...one.outcome.extract, problems: Object.fromEntries(shown) },
      })
    })
  },
)

it('keeping what is left of damaged files does no harm, and tells of the same entries', {
  timeout: 300_000,
}, async () => {
  const kept: string[] = []
  for (const { name, traps, limits } of allCases) {
    archive.bytes = stored(name)
    const told: unknown[] = []
    for (const keepDamaged of [false, true]) {
      sandbox.prepare(traps)
      const { error, problems } = await extractInto(
        sandbox,
        archive,
        { ...defaultLimits, ...limits },
        { verifyContents: true, keepDamaged },
      )
      told.push({
        error,
        entries: problems.map(({ entry, code }) => [entry, code === 'kept-damaged' ? 'damaged' : code]),
      })
      if (problems.some(({ code }) => code === 'kept-damaged')) kept.push(name)
    }
    expect(told[1], name).toEqual(told[0])
  }
  expect(kept.length).toBeGreaterThan(0)
})

it('takes less than 300 MiB', { timeout: 300_000 }, () => {
  const run = spawnSync(process.execPath, ['scripts/run-typescript.mjs', 'test/corpus/peak-memory.ts'], {
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  expect(Number(run.stdout)).toBeGreaterThan(30)
  expect(Number(run.stdout)).toBeLessThan(300)
})
