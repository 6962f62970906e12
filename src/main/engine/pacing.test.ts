import { describe, expect, it } from 'vitest'
import { ReftarError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/progress.ts'
import { Pacer, throwIfCancelled } from './pacing.ts'

function makePacer() {
  let now = 1000
  let bytesDone = 0
  const controller = new AbortController()
  const reports: number[] = []
  const clock = { now: () => now, wallTime: () => ({ seconds: 0, nanoseconds: 0 }) }
  const job = {
    signal: controller.signal,
    progress: (progress: Progress) => reports.push(progress.bytesDone),
    problem() {},
  }
  const pacer = new Pacer(clock, job, () => ({
    phase: 'create',
    bytesDone,
    bytesTotal: undefined,
    filesDone: 0,
    filesTotal: undefined,
    current: undefined,
  }))
  const pass = (milliseconds: number) => {
    now += milliseconds
    bytesDone += 1
  }
  return { pacer, pass, reports, controller }
}

describe('Pacer', () => {
  it('is due after a while, and after each pause again', async () => {
    const { pacer, pass } = makePacer()
    expect(pacer.isDue).toBe(false)
    pass(14)
    expect(pacer.isDue).toBe(false)
    pass(1)
    expect(pacer.isDue).toBe(true)
    await pacer.pause()
    expect(pacer.isDue).toBe(false)
    pass(15)
    expect(pacer.isDue).toBe(true)
  })

  it('reports about five times a second, and at the end in any case', async () => {
    const { pacer, pass, reports } = makePacer()
    for (let i = 0; i < 50; i++) {
      pass(20)
      await pacer.pause()
    }
    expect(reports).toEqual([10, 20, 30, 40, 50])
    pass(1)
    pacer.finish()
    expect(reports.at(-1)).toBe(51)
  })

  it('lets others run in between', async () => {
    const { pacer } = makePacer()
    let ran = false
    setImmediate(() => {
      ran = true
    })
    await pacer.pause()
    expect(ran).toBe(true)
  })

  it('throws when the job was cancelled, also during the pause', async () => {
    const { pacer, controller } = makePacer()
    expect(() => throwIfCancelled(controller.signal)).not.toThrow()
    setImmediate(() => controller.abort())
    await expect(pacer.pause()).rejects.toMatchObject({ code: 'cancelled' })
    expect(() => throwIfCancelled(controller.signal)).toThrow(ReftarError)
  })
})
