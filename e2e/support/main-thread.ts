/**
 * How long the main process's thread is held up, by computing or by waiting in a system call. Both keep its event loop from
 * turning; waiting for a processor does, too, but that is the machine's doing and is subtracted: for one that others have
 * (schedstat), and for one that a virtual machine's host took away (the time stolen, of all processors together). A turn
 * takes its timer's five milliseconds at least, so that a hold may be that much longer than is said.
 *
 * Calls that can wait for a disk or another process are also named, however short they were: a test's disk is fast. Not
 * seen are synchronous calls of native code that don't go through Node's modules, except by the time they take.
 */
import type { ElectronApplication } from '@playwright/test'

interface Holds {
  readonly turns: number
  readonly longestMilliseconds: number
  /** Synchronous calls, by name. */
  readonly calls: readonly string[]
}

interface Probe {
  turns: number
  longestMilliseconds: number
  calls: string[]
  afterTurn: () => void
}

declare global {
  var mainThreadProbe: Probe | undefined
}

/** Begins to watch. */
export async function watchMainThread(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const fs = process.getBuiltinModule('node:fs')
    const { readFileSync } = fs
    const interval = 5
    // With its next ticks, of ten milliseconds at most, the kernel says what was stolen before.
    const turnsUntilSaid = 4
    const probe: Probe = { turns: 0, longestMilliseconds: 0, calls: [], afterTurn: () => {} }
    globalThis.mainThreadProbe = probe

    const record = (holder: object, name: string, shown: string): void => {
      const original: unknown = Reflect.get(holder, name)
      if (typeof original !== 'function') return
      const recorded = function (this: unknown, ...args: unknown[]): unknown {
        probe.calls.push(shown)
        return Reflect.apply(original, this, args)
      }
      Reflect.set(holder, name, Object.assign(recorded, original))
    }
    for (const module of [fs, process.getBuiltinModule('node:child_process')])
      for (const name of Object.keys(module)) if (name.endsWith('Sync')) record(module, name, name)
    record(Atomics, 'wait', 'Atomics.wait')
    process.getBuiltinModule('node:module').syncBuiltinESMExports()

    const waitedForProcessor = (): number =>
      Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6
    // After “cpu” and seven other times, in hundredths of a second.
    const stolenByHost = (): number => Number(readFileSync('/proc/stat', 'utf8').split(/\s+/, 9)[8]) * 10
    let turnedAt = performance.now()
    let waited = waitedForProcessor()
    let stolen = stolenByHost()
    const recent: { readonly held: number; readonly stolenBefore: number }[] = []
    setInterval(() => {
      const now = performance.now()
      const waitedNow = waitedForProcessor()
      const held = now - turnedAt - interval - (waitedNow - waited)
      recent.push({ held, stolenBefore: stolen })
      turnedAt = now
      waited = waitedNow
      stolen = stolenByHost()
      if (recent.length <= turnsUntilSaid) return
      const turn = recent.shift()
      if (turn !== undefined)
        probe.longestMilliseconds = Math.max(probe.longestMilliseconds, turn.held - (stolen - turn.stolenBefore))
      probe.turns++
      probe.afterTurn()
    }, interval)
  })
}

/** What was seen since the last time, up to a turn that begins after this call. */
export function takeHolds(app: ElectronApplication): Promise<Holds> {
  return app.evaluate(async () => {
    const probe = globalThis.mainThreadProbe
    if (probe === undefined) throw new Error('The main thread isn’t watched.')
    // Each tells of the turn that was four before it.
    for (let turns = 0; turns < 5; turns++)
      await new Promise<void>((resolve) => {
        probe.afterTurn = resolve
      })
    const { turns, longestMilliseconds, calls } = probe
    Object.assign(probe, { turns: 0, longestMilliseconds: 0, calls: [] })
    return { turns, longestMilliseconds, calls }
  })
}
