import { describe, expect, it } from 'vitest'
import type { JobPhase, Progress } from '../../shared/progress.ts'
import { Speed } from './speed.ts'

const progress = (bytesDone: number, phase: JobPhase = 'create', bytesTotal?: number): Progress => ({
  phase,
  bytesDone,
  bytesTotal,
  filesDone: 0,
  filesTotal: undefined,
  current: undefined,
})

/** Reports every 100 ms from `from` on. */
function run(speed: Speed, from: number, seconds: number, bytesPerSecond: number, startBytes = 0): number {
  for (let i = 0; i <= seconds * 10; i++)
    speed.measure(progress(startBytes + (i * bytesPerSecond) / 10), from + i * 100)
  return from + seconds * 1000
}

describe('speed', () => {
  it('is unknown for a second, then what it is', () => {
    const speed = new Speed()
    run(speed, 0, 0.9, 1000)
    expect(speed.bytesPerSecond).toBeUndefined()
    run(speed, 900, 2, 1000, 900)
    expect(speed.bytesPerSecond).toBeCloseTo(1000)
    expect(speed.secondsLeft(progress(2900, 'create', 12_900))).toBeCloseTo(10)
    expect(speed.secondsLeft(progress(2900))).toBeUndefined()
  })

  it('follows a change within seconds, not at once', () => {
    const speed = new Speed()
    const at = run(speed, 0, 10, 1000)
    run(speed, at, 0.3, 100_000, 10_000)
    expect(speed.bytesPerSecond).toBeLessThan(15_000)
    run(speed, at + 300, 15, 100_000, 40_000)
    expect(speed.bytesPerSecond).toBeGreaterThan(95_000)
  })

  it('begins anew with a phase and after a pause', () => {
    const speed = new Speed()
    const at = run(speed, 0, 5, 1000)
    speed.measure(progress(0, 'finish'), at + 100)
    expect(speed.bytesPerSecond).toBeUndefined()
    run(speed, at, 5, 1000)
    speed.reset()
    run(speed, at + 3_600_000, 2, 1000, 5000)
    expect(speed.bytesPerSecond).toBeCloseTo(1000)
  })
})
