import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import { blockClass } from './block-class.ts'
import { extentFlags } from './extent-flags.ts'
import { PictureIndex } from './picture-index.ts'
import { partsOfPlaces, partsOfRange } from './users.ts'

const kinds = [0, extentFlags.shared, extentFlags.shared, extentFlags.shared, extentFlags.inline, extentFlags.unknown]

const filesArbitrary = fc
  .array(
    fc.array(
      fc.record({
        hole: fc.nat(4),
        length: fc.integer({ min: 1, max: 12 }),
        address: fc.nat(40),
        flags: fc.constantFrom(...kinds),
      }),
      { minLength: 1, maxLength: 10 },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((files) =>
    files.map((extents, file) => {
      let at = 0
      const placed = extents.map(({ hole, length, address, flags }) => {
        const offset = at + hole
        at = offset + length
        const hasPlace = (flags & (extentFlags.inline | extentFlags.unknown)) === 0
        return { offset, length, address: hasPlace ? address : -1, flags }
      })
      return { path: `${file}`, extents: placed }
    }),
  )

describe('who uses which part of a choice', () => {
  it('is told of every byte of a range, as asking for each would', () => {
    fc.assert(
      fc.property(filesArbitrary, fc.nat(40), fc.integer({ min: 1, max: 60 }), (files, offset, lengthBytes) => {
        const map = madeUpMap(files)
        const index = new PictureIndex(map)
        const { extents } = map
        const expected = new Map<string, number>()
        for (let at = offset; at < offset + lengthBytes; at++) {
          const extent = extents.files.findIndex(
            (file, extent) =>
              file === 0 &&
              (extents.offsets[extent] ?? 0) <= at &&
              at < (extents.offsets[extent] ?? 0) + (extents.lengths[extent] ?? 0),
          )
          const place = (extents.places[extent] ?? -1) + at - (extents.offsets[extent] ?? 0)
          const users = [...extents.files].filter((_, other) => {
            const from = extents.places[other] ?? -1
            return from >= 0 && from <= place && place < from + (extents.lengths[other] ?? 0)
          })
          const hasPlace = extent >= 0 && (extents.places[extent] ?? -1) >= 0
          const key = hasPlace ? [...new Set(users)].sort().join(' ') : extent < 0 ? 'hole' : '0'
          expected.set(key, (expected.get(key) ?? 0) + 1)
        }
        const { parts, restBytes } = partsOfRange(index, { file: 0, offset, lengthBytes })
        expect(restBytes).toBe(0)
        const found = new Map<string, number>()
        for (const { bytes, files, fileCount } of parts) {
          expect(fileCount).toBe(files.length)
          const key = fileCount === 0 ? 'hole' : files.join(' ')
          found.set(key, (found.get(key) ?? 0) + bytes)
        }
        expect(found).toEqual(expected)
        // The same bytes of each class as the title of the choice has.
        const byClass = new Map<number, number>()
        for (const { classCode, bytes } of parts) byClass.set(classCode, (byClass.get(classCode) ?? 0) + bytes)
        const [before, after] = [new Float64Array(blockClass.hole + 1), new Float64Array(blockClass.hole + 1)]
        index.sumsOfFile(0, offset, before)
        index.sumsOfFile(0, offset + lengthBytes, after)
        after.forEach((bytes, code) => {
          expect(byClass.get(code) ?? 0).toBe(bytes - (before[code] ?? 0))
        })
      }),
      { numRuns: 400 },
    )
  })

  it('is told of a range of places, the largest part first', () => {
    const shared = extentFlags.shared
    const index = new PictureIndex(
      madeUpMap([
        { path: 'a', extents: [{ offset: 0, address: 0, length: 100, flags: shared }] },
        { path: 'b', extents: [{ offset: 0, address: 0, length: 30, flags: shared }] },
        { path: 'c', extents: [{ offset: 0, address: 10, length: 20, flags: shared }] },
      ]),
    )
    expect(partsOfPlaces(index, 0, 100).parts.map(({ bytes, files, andOthers }) => [bytes, files, andOthers])).toEqual([
      [70, [0], true],
      [20, [0, 1, 2], false],
      [10, [0, 1], false],
    ])
  })

  it('is told of compressed extents as wholes', () => {
    const flags = extentFlags.encoded | extentFlags.shared
    const index = new PictureIndex(
      madeUpMap([
        { path: 'a', extents: [{ offset: 0, address: 100, length: 128, flags }] },
        { path: 'b', extents: [{ offset: 0, address: 100, length: 60, flags }] },
      ]),
    )
    const { parts } = partsOfRange(index, { file: 1, offset: 50, lengthBytes: 20 })
    expect(parts).toMatchObject([
      { bytes: 10, files: [0, 1] },
      { bytes: 10, classCode: blockClass.hole, fileCount: 0 },
    ])
  })
})
