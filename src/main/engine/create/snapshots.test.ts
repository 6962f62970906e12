import { describe, expect, it } from 'vitest'
import { ReftarError } from '../../../shared/errors.ts'
import type { Cloner, FileSystem, Handle } from '../ports.ts'
import { NOCOW_FLAG } from './clone-attempt.ts'
import { GROWTH_STEP_BYTES } from './sink.ts'
import { Snapshots } from './snapshots.ts'

const unnamed = 8 as Handle
const source = 5 as Handle

/** What is asked of the system, as text. */
function makeSnapshots(flags = 0) {
  const calls: string[] = []
  let refusal: ReftarError | undefined
  const files = {
    createUnnamedFile: () => unnamed,
    inodeFlags: () => flags,
    setInodeFlags: (_handle: Handle, set: number) => calls.push(`flags ${set}`),
    truncate: (_handle: Handle, sizeBytes: number) => calls.push(`size ${sizeBytes}`),
    close: (handle: Handle) => calls.push(`close ${handle}`),
  } as unknown as FileSystem
  const cloner = {
    cloneRange: (from: Handle, offset: number, length: number, to: Handle, at: number) => {
      if (refusal !== undefined) throw refusal
      calls.push(`clone ${from}:${offset}+${length} to ${to}:${at}`)
    },
  } as unknown as Cloner
  const snapshots = new Snapshots(files, cloner, 4 as Handle)
  const refuse = (error: ReftarError | undefined) => {
    refusal = error
  }
  return { snapshots, calls, refuse }
}

describe('Snapshots', () => {
  it('puts ranges one behind another, growing in steps', () => {
    const { snapshots, calls } = makeSnapshots()
    snapshots.take(source, 4096, 8192)
    snapshots.take(source, 0, GROWTH_STEP_BYTES)
    expect(calls).toEqual([
      `size ${GROWTH_STEP_BYTES}`,
      'clone 5:4096+8192 to 8:0',
      `size ${2 * GROWTH_STEP_BYTES}`,
      `clone 5:0+${GROWTH_STEP_BYTES} to 8:8192`,
    ])
  })

  it('keeps nothing of what couldn’t be cloned', () => {
    const { snapshots, calls, refuse } = makeSnapshots()
    snapshots.take(source, 0, 4096)
    refuse(new ReftarError('cross-device', { verbatim: 'no' }))
    expect(() => snapshots.take(source, 0, 8192)).toThrow(ReftarError)
    expect(snapshots.next()).toBe(4096)
    refuse(undefined)
    snapshots.take(source, 0, 4096)
    expect(calls.at(-1)).toBe('clone 5:0+4096 to 8:4096')
  })

  it('lets everything go and begins anew once it holds much', () => {
    const { snapshots, calls } = makeSnapshots()
    expect(snapshots.next()).toBe(0)
    snapshots.take(source, 0, GROWTH_STEP_BYTES - 4096)
    expect(snapshots.next()).toBe(GROWTH_STEP_BYTES - 4096)
    snapshots.take(source, 0, 4096)
    expect(snapshots.next()).toBe(0)
    snapshots.take(source, 0, 4096)
    snapshots.close()
    expect(calls.slice(3)).toEqual(['size 0', `size ${GROWTH_STEP_BYTES}`, 'clone 5:0+4096 to 8:0', 'close 8'])
  })

  it('turns copy-on-write on where the folder has it off', () => {
    expect(makeSnapshots(NOCOW_FLAG | 0x40).calls).toEqual(['flags 64'])
    expect(makeSnapshots(0x40).calls).toEqual([])
  })
})
