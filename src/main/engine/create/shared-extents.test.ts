import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { type ExtentMap, extentFlags, type Handle, type NodeStatus, type PhysicalExtent } from '../ports.ts'
import { SharedExtents, sharesWithItself } from './shared-extents.ts'

const FS_BLOCK = 4096
const DEVICE = 1
const handle = 3 as Handle
const status = { device: DEVICE } as NodeStatus

/** Extents in filesystem blocks. */
function extent(logical: number, physical: number, length: number, flags = 0): PhysicalExtent {
  return {
    logicalBytes: logical * FS_BLOCK,
    physicalBytes: physical * FS_BLOCK,
    lengthBytes: length * FS_BLOCK,
    flags,
  }
}

const noMap: ExtentMap = { extents: () => undefined, visitExtents: () => false }

/** An ExtentMap that answers one list, and notes whether it was asked to flush. */
function mapOf(extents: readonly PhysicalExtent[]) {
  const flushes: boolean[] = []
  const map: ExtentMap = {
    ...noMap,
    extents: (_handle, _offset, _length, flush) => {
      flushes.push(flush)
      return [...extents]
    },
  }
  return { map, flushes }
}

describe('SharedExtents', () => {
  describe.each([
    ['the filesystem’s', 1],
    ['larger', 4],
    ['much larger', 16],
  ])('with archive blocks of %s size', (_name, blocksPerArchiveBlock) => {
    const blockBytes = blocksPerArchiveBlock * FS_BLOCK

    it('refers to nothing but the same physical blocks, in whole archive blocks', () => {
      // A filesystem of 48 blocks; files of 40 whose extents lie anywhere, also twice.
      const file = fc
        .array(fc.record({ physical: fc.nat(40), length: fc.integer({ min: 1, max: 24 }), gap: fc.nat(2) }), {
          minLength: 1,
          maxLength: 5,
        })
        .map((parts) => {
          let at = 0
          return parts.map(({ physical, length, gap }) => {
            const made = extent(at + gap, physical, length)
            at += gap + length
            return made
          })
        })
      const window = fc.record({ start: fc.nat(10), length: fc.integer({ min: 1, max: 60 }) })
      fc.assert(
        fc.property(fc.array(fc.record({ file, window }), { maxLength: 6 }), (files) => {
          const shared = new SharedExtents(noMap, blockBytes)
          /** The physical filesystem block behind each filesystem block of the archive. */
          const archive: (number | undefined)[] = new Array<undefined>(blocksPerArchiveBlock).fill(undefined)
          for (const { file: extents, window: at } of files) {
            const physicalOf = (block: number): number | undefined => {
              const found = extents.find(
                ({ logicalBytes, lengthBytes }) =>
                  logicalBytes <= block * FS_BLOCK && block * FS_BLOCK < logicalBytes + lengthBytes,
              )
              return found === undefined ? undefined : (found.physicalBytes - found.logicalBytes) / FS_BLOCK + block
            }
            let end = at.start * FS_BLOCK
            for (const run of shared.split(extents, DEVICE, at.start * FS_BLOCK, at.length * FS_BLOCK)) {
              expect(run.start).toBe(end)
              expect(run.lengthBytes).toBeGreaterThan(0)
              end = run.start + run.lengthBytes
              const blocks = run.lengthBytes / FS_BLOCK
              if (run.archiveOffset >= 0) {
                expect(run.archiveOffset % blockBytes).toBe(0)
                expect(run.lengthBytes % blockBytes).toBe(0)
                for (let i = 0; i < blocks; i++) {
                  const physical = physicalOf(run.start / FS_BLOCK + i)
                  expect(physical).toBeDefined()
                  expect(archive[run.archiveOffset / FS_BLOCK + i]).toBe(physical)
                }
                continue
              }
              // As creation does: whole archive blocks are appended, the rest goes into a pack.
              const stored = run.lengthBytes - (run.lengthBytes % blockBytes)
              if (stored === 0) continue
              const archiveOffset = archive.length * FS_BLOCK
              for (let i = 0; i < stored / FS_BLOCK; i++) archive.push(physicalOf(run.start / FS_BLOCK + i))
              shared.remember(extents, DEVICE, run.start, stored, archiveOffset)
            }
            expect(end).toBe((at.start + at.length) * FS_BLOCK)
          }
        }),
        { numRuns: 150 },
      )
    })

    it('finds all of a file again that lies in one extent', () => {
      const shared = new SharedExtents(noMap, blockBytes)
      const file = [extent(0, 1000, 64)]
      const length = 64 * FS_BLOCK
      expect(shared.split(file, DEVICE, 0, length)).toEqual([{ start: 0, lengthBytes: length, archiveOffset: -1 }])
      shared.remember(file, DEVICE, 0, length, 5 * blockBytes)
      expect(shared.split(file, DEVICE, 0, length)).toEqual([
        { start: 0, lengthBytes: length, archiveOffset: 5 * blockBytes },
      ])
    })
  })

  it('cuts to archive blocks at both ends', () => {
    const shared = new SharedExtents(noMap, 4 * FS_BLOCK)
    shared.remember([extent(0, 100, 32)], DEVICE, 0, 32 * FS_BLOCK, 16 * FS_BLOCK)
    // Blocks 102 … 112 lie in the archive at 18 … 28: whole archive blocks are 20 … 27.
    expect(shared.split([extent(0, 102, 11)], DEVICE, 0, 11 * FS_BLOCK)).toEqual([
      { start: 0, lengthBytes: 2 * FS_BLOCK, archiveOffset: -1 },
      { start: 2 * FS_BLOCK, lengthBytes: 8 * FS_BLOCK, archiveOffset: 20 * FS_BLOCK },
      { start: 10 * FS_BLOCK, lengthBytes: FS_BLOCK, archiveOffset: -1 },
    ])
    expect(shared.split([extent(0, 101, 4)], DEVICE, 0, 4 * FS_BLOCK)).toEqual([
      { start: 0, lengthBytes: 4 * FS_BLOCK, archiveOffset: -1 },
    ])
  })

  it('keeps filesystems apart: the same address elsewhere is another block', () => {
    const shared = new SharedExtents(noMap, FS_BLOCK)
    shared.remember([extent(0, 7, 1)], DEVICE, 0, FS_BLOCK, FS_BLOCK)
    expect(shared.split([extent(0, 7, 1)], DEVICE + 1, 0, FS_BLOCK)).toEqual([
      { start: 0, lengthBytes: FS_BLOCK, archiveOffset: -1 },
    ])
  })

  it('takes no address that says nothing about the bytes', () => {
    const unusable = [
      extentFlags.unknown,
      extentFlags.delayedAllocation,
      extentFlags.encoded,
      extentFlags.encrypted,
      extentFlags.notAligned,
      extentFlags.inline,
      extentFlags.packedTail,
      extentFlags.unwritten,
    ]
    const { shared: isShared, last, merged } = extentFlags
    const good = extent(99, 99, 1, isShared | last | merged)
    const all = [...unusable.map((flag, i) => extent(i, i, 1, flag | isShared)), good]
    const shared = new SharedExtents(mapOf(all).map, FS_BLOCK)
    expect(shared.ofUnchanging(handle, 0, 1)).toEqual([good])
    expect(shared.ofChanging(handle, 0, 1)).toEqual([good])
  })

  it('of a source that can be written takes shared extents only, flushed', () => {
    const lone = extent(0, 5, 1)
    const both = extent(1, 9, 1, extentFlags.shared)
    const quiet = mapOf([lone])
    expect(new SharedExtents(quiet.map, FS_BLOCK).ofChanging(handle, 0, 1)).toEqual([])
    expect(quiet.flushes).toEqual([true])
    const busy = mapOf([lone, both])
    expect(new SharedExtents(busy.map, FS_BLOCK).ofChanging(handle, 0, 1)).toEqual([both])
    expect(busy.flushes).toEqual([true])
  })

  it('asks a filesystem that can’t tell only once', () => {
    let asked = 0
    const map: ExtentMap = {
      ...noMap,
      extents: () => {
        asked += 1
        return undefined
      },
    }
    const shared = new SharedExtents(map, FS_BLOCK)
    for (let i = 0; i < 3; i++) expect(shared.hasShared(handle, status, 0, 1)).toBe(false)
    expect(asked).toBe(1)
    expect(shared.hasShared(handle, { device: DEVICE + 1 } as NodeStatus, 0, 1)).toBe(false)
    expect(asked).toBe(2)
  })

  it('looks through a million extents quickly', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => extent(i, 1_000_000 - 2 * i, 1))
    const shared = new SharedExtents(noMap, FS_BLOCK)
    for (let i = 0; i < many.length; i += 100) shared.remember(many, DEVICE, i * FS_BLOCK, FS_BLOCK, (i + 1) * FS_BLOCK)
    const runs = shared.split(many, DEVICE, 150_000 * FS_BLOCK, 101 * FS_BLOCK)
    expect(runs.map(({ archiveOffset }) => archiveOffset / FS_BLOCK)).toEqual([150_001, -1 / FS_BLOCK, 150_101])
  })
})

describe('sharesWithItself', () => {
  it('agrees with counting blocks', () => {
    const part = fc.record({ physical: fc.nat(60), length: fc.integer({ min: 1, max: 8 }) })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
        const blocks = parts.flatMap(({ physical, length }) => Array.from({ length }, (_, i) => physical + i))
        const extents = parts.map(({ physical, length }, i) => extent(i * 10, physical, length))
        expect(sharesWithItself(extents)).toBe(new Set(blocks).size < blocks.length)
      }),
    )
  })
})
