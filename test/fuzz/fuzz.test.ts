/** A short run of the fuzzer: the same cases each time. `npm run fuzz` does millions. */
import { expect, it } from 'vitest'
import { Fuzzer } from './fuzzer.ts'
import { Random } from './random.ts'
import { loadSeeds } from './seed-files.ts'

const CASES = 6000

it(`${CASES} mutated archives do no harm`, { timeout: 600_000 }, async () => {
  const fuzzer = new Fuzzer(loadSeeds(), 1)
  const seeds = new Random(20_240_601)
  const findings: string[] = []
  try {
    for (let i = 0; i < CASES; i++) {
      const caseSeed = seeds.bits()
      try {
        await fuzzer.run(caseSeed)
      } catch (error) {
        findings.push(`npm run fuzz -- --case ${caseSeed}: ${(error as Error).message}`)
      }
    }
  } finally {
    fuzzer.dispose()
  }
  expect(findings).toEqual([])
  // Nearly all of them get past the header, and some past everything: else nothing was tested.
  expect(fuzzer.counts.opened).toBeGreaterThan(CASES / 2)
  expect(fuzzer.counts.clean).toBeGreaterThan(CASES / 10)
  expect(fuzzer.counts.extracted).toBeGreaterThan(CASES / 100)
})
