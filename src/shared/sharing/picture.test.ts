import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { type MadeUpFile, madeUpMap } from '../../../test/support/made-up-layout.ts'
import { naivePixels, pixelsOfCells } from '../../../test/support/naive-picture.ts'
import { blockClass } from './block-class.ts'
import { hidesClasses } from './cells.ts'
import { diskMapHit, diskMapPicture, pannedDiskMap, stripsOf, wholeDiskMap, zoomedDiskMap } from './disk-map.ts'
import { extentFlags } from './extent-flags.ts'
import { enlargement, laneHit, lanesPicture, laneView, wholeLanes } from './lanes.ts'
import { PictureIndex } from './picture-index.ts'
import { addressAt, endOfExtent } from './places.ts'
import { filesSharingWith, freedBytes, otherPlaces } from './sharers.ts'
import { intervalFlags, type SharingMap } from './sharing-map.ts'

const kinds = [0, 0, extentFlags.shared, extentFlags.shared, extentFlags.inline, extentFlags.unknown]

/** A file whose extents follow each other, with holes between some. */
const fileArbitrary = fc.array(
  fc.record({
    hole: fc.nat(6),
    length: fc.integer({ min: 1, max: 12 }),
    address: fc.nat(60),
    flags: fc.constantFrom(...kinds),
    mark: fc.nat(2),
  }),
  { maxLength: 14 },
)
const filesArbitrary = fc
  .array(fc.record({ extents: fileArbitrary, tail: fc.nat(9) }), { minLength: 1, maxLength: 5 })
  .map((files): MadeUpFile[] =>
    files.map(({ extents, tail }, index) => {
      let at = 0
      const placed = extents.map(({ hole, length, address, flags, mark }) => {
        const offset = at + hole
        at = offset + length
        const hasPlace = (flags & (extentFlags.inline | extentFlags.unknown)) === 0
        return { offset, length, address: hasPlace ? address : -1, flags, mark }
      })
      return { path: `${index % 2}/${index}`, filesystem: index % 2, extents: placed, sizeBytes: at + tail }
    }),
  )

function intervalUnits({ intervals }: SharingMap): { classCode: number; place: number; interval: number }[] {
  return [...intervals.places].flatMap((place, interval) =>
    Array.from({ length: intervals.lengths[interval] ?? 0 }, (_, at) => ({
      classCode: intervals.classes[interval] ?? 0,
      place: place + at,
      interval,
    })),
  )
}

function laneUnits(map: SharingMap, file: number, end: number): number[] {
  const classAt = new Map(intervalUnits(map).map(({ place, classCode }) => [place, classCode]))
  const units = new Array<number>(end).fill(blockClass.hole)
  map.extents.files.forEach((owner, extent) => {
    if (owner !== file) return
    const place = map.extents.places[extent] ?? -1
    const flags = map.extents.flags[extent] ?? 0
    for (let at = 0; at < (map.extents.lengths[extent] ?? 0); at++) {
      const lone = (flags & extentFlags.inline) !== 0 ? blockClass.inline : blockClass.unchecked
      units[(map.extents.offsets[extent] ?? 0) + at] = place < 0 ? lone : (classAt.get(place + at) ?? -1)
    }
  })
  return units
}

const viewArbitrary = fc.record({
  leastPixels: fc.constantFrom(0, 5),
  widthPixels: fc.integer({ min: 1, max: 23 }),
  rows: fc.integer({ min: 1, max: 9 }),
  bytesPerPixel: fc.integer({ min: 1, max: 17 }),
  startByte: fc.nat(40),
})

describe('the disk map', () => {
  it('draws every pixel as counting its bytes would', () => {
    fc.assert(
      fc.property(filesArbitrary, viewArbitrary, (files, view) => {
        const map = madeUpMap(files, ['btrfs', 'xfs'])
        const index = new PictureIndex(map)
        const units = intervalUnits(map)
        expect(index.usedBytes).toBe(units.length)
        const picture = diskMapPicture(index, view)
        const shown = units.slice(view.startByte).map(({ classCode }) => classCode)
        const expected = naivePixels(shown, view.bytesPerPixel).slice(0, view.widthPixels * view.rows)
        const drawn = pixelsOfCells(picture.cells, view.widthPixels, view.rows)
        expect(drawn.slice(0, expected.length)).toEqual(expected)
        expect(drawn.slice(expected.length).every((pixel) => pixel === undefined)).toBe(true)
        for (const [pixel, { classCode }] of expected.entries()) {
          const hit = diskMapHit(index, view, pixel % view.widthPixels, Math.floor(pixel / view.widthPixels))
          const inside = units.slice(hit?.fromByte, hit?.toByte)
          expect(inside.some(({ interval }) => interval === hit?.interval)).toBe(true)
          if (!expected[pixel]?.mixed) expect(map.intervals.classes[hit?.interval ?? -1]).toBe(classCode)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('ticks every gap between the bytes it shows, and no other', () => {
    fc.assert(
      fc.property(filesArbitrary, viewArbitrary, (files, view) => {
        const map = madeUpMap(files, ['btrfs', 'xfs'])
        const index = new PictureIndex(map)
        const units = intervalUnits(map)
        const shown = view.widthPixels * view.rows * view.bytesPerPixel
        const end = Math.min(units.length, view.startByte + shown)
        let gaps = 0
        let bytes = 0
        for (let at = view.startByte + 1; at < end; at++) {
          const [before, after] = [units[at - 1]?.place ?? 0, units[at]?.place ?? 0]
          if (after === before + 1) continue
          gaps++
          const isOtherSpace = map.spaces.some(
            (space) => space.kind === 'blocks' && space.placeOfAddress0 > before && space.placeOfAddress0 <= after,
          )
          if (!isOtherSpace) bytes += after - before - 1
        }
        const { ticks } = diskMapPicture(index, view)
        const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
        // The gap at the very end of what is shown belongs to what follows, or has a tick of its own.
        const beyond = sum(ticks.gaps) - gaps
        expect(beyond === 0 || (beyond === 1 && end < units.length)).toBe(true)
        if (beyond === 0) expect(sum(ticks.bytes)).toBe(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('zooms around a pixel and never leaves what there is', () => {
    const map = madeUpMap([{ path: 'a', extents: [{ offset: 0, address: 5, length: 10_000, flags: 0 }] }])
    const index = new PictureIndex(map)
    const whole = wholeDiskMap(index, 100, 10)
    expect(whole).toMatchObject({ bytesPerPixel: 10, startByte: 0 })
    const closer = zoomedDiskMap(index, whole, 0.5, 50, 5)
    const byteAt = (view: typeof whole) => view.startByte + (5 * 100 + 50) * view.bytesPerPixel
    expect(closer.bytesPerPixel).toBe(5)
    expect(byteAt(closer)).toBe(byteAt(whole))
    expect(zoomedDiskMap(index, closer, 100, 50, 5)).toEqual(whole)
    expect(pannedDiskMap(index, closer, 1e9).startByte).toBe(5000)
    expect(pannedDiskMap(index, closer, -5).startByte).toBe(0)
    expect(stripsOf(whole, 990, 1020)).toEqual([
      { row: 0, x: 99, width: 1 },
      { row: 1, x: 0, width: 2 },
    ])
  })

  it('is empty when nothing is stored', () => {
    const index = new PictureIndex(madeUpMap([{ path: 'a', extents: [], sizeBytes: 5 }]))
    expect(diskMapPicture(index, wholeDiskMap(index, 10, 10)).cells.count).toBe(0)
  })
})

describe('lanes', () => {
  it('draw every pixel as counting its bytes would', () => {
    fc.assert(
      fc.property(filesArbitrary, viewArbitrary, (files, view) => {
        const map = madeUpMap(files, ['btrfs', 'xfs'])
        const index = new PictureIndex(map)
        const all = files.map((_, file) => file)
        const drawn = pixelsOfCells(lanesPicture(index, all, view), view.widthPixels, files.length)
        for (const file of all) {
          const units = laneUnits(map, file, index.laneEnd(file))
          const { bytesPerPixel } = laneView(view, units.length)
          const expected = naivePixels(units.slice(view.startByte), bytesPerPixel).slice(0, view.widthPixels)
          const lane = drawn.slice(file * view.widthPixels, (file + 1) * view.widthPixels)
          expect(lane.filter((pixel) => pixel !== undefined)).toEqual(expected)
          for (let x = 0; x < view.widthPixels; x++) {
            const hit = laneHit(index, file, view, x)
            expect(hit !== undefined).toBe(x < expected.length)
            const isAllHole = expected[x]?.classCode === blockClass.hole && !expected[x]?.mixed
            if (hit) expect(hit.extent === undefined).toBe(isAllHole)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  const laneOf = (
    extents: { offset: number; address: number; length: number; flags: number }[],
    others: MadeUpFile[],
  ) => new PictureIndex(madeUpMap([{ path: 'a', extents, sizeBytes: 40 }, ...others]))

  it('tell a change of sharing from the begin of a piece', () => {
    const other = {
      path: 'b',
      extents: [{ offset: 0, address: 5, length: 7, flags: extentFlags.shared }],
      sizeBytes: 7,
    }
    const [length, flags] = [20, extentFlags.shared]
    const apart = laneOf(
      [0, 100].map((address, at) => ({ offset: 20 * at, address, length, flags })),
      [other],
    )
    const inOne = laneOf(
      [0, 20].map((address, at) => ({ offset: 20 * at, address, length, flags })),
      [other],
    )
    const view = { widthPixels: 10, bytesPerPixel: 4, startByte: 0, leastPixels: 0 }
    const startsOf = (index: PictureIndex) => {
      const { count, starts, xs } = lanesPicture(index, [0], view)
      return [...xs.subarray(0, count)].filter((_, at) => starts[at] === 1)
    }
    expect(startsOf(apart)).toEqual([5])
    expect(startsOf(inOne)).toEqual([])
    expect(startsOf(laneOf([{ offset: 0, address: 0, length, flags }], []))).toEqual([])
    // Pixel 1 has a byte of one class and three of the next, which is all that is beside it; nothing is hidden.
    const cells = lanesPicture(inOne, [0], view)
    expect([...cells.mixed].filter((classes) => classes !== 0)).toHaveLength(1)
    expect(Array.from(cells.mixed, (_, at) => hidesClasses(cells, at))).not.toContain(true)
    // At a quarter of the scale the other file's part is in pixels that have more than what is beside them.
    const coarse = lanesPicture(inOne, [0], { ...view, bytesPerPixel: 16 })
    expect(Array.from(coarse.mixed, (_, at) => hidesClasses(coarse, at))).toContain(true)
  })

  it('say where holes are drawn as the data in them', () => {
    const index = laneOf([{ offset: 8, address: 0, length: 3, flags: 0 }], [])
    const view = { widthPixels: 10, startByte: 0, leastPixels: 0 }
    expect(lanesPicture(index, [0], { ...view, bytesPerPixel: 4 }).widened).toBe(false)
    expect(lanesPicture(index, [0], { ...view, bytesPerPixel: 8 }).widened).toBe(true)
  })

  it('fit the longest file', () => {
    const extents = [{ offset: 0, address: 0, length: 90, flags: 0 }]
    const index = new PictureIndex(
      madeUpMap([
        { path: 'a', extents, sizeBytes: 50 },
        { path: 'b', extents: [] },
      ]),
    )
    expect(wholeLanes(index, [0, 1], 30)).toEqual({ widthPixels: 30, bytesPerPixel: 3, startByte: 0, leastPixels: 0 })
  })

  it('are drawn larger where they would be too narrow, and say how much', () => {
    fc.assert(
      fc.property(viewArbitrary, fc.nat(400), (view, laneBytes) => {
        const own = laneView(view, laneBytes)
        const pixels = Math.ceil(laneBytes / own.bytesPerPixel)
        expect(enlargement(view, laneBytes)).toBe(laneBytes === 0 ? 1 : view.bytesPerPixel / own.bytesPerPixel)
        const isWhole = view.startByte === 0 && view.leastPixels > 0
        const natural = Math.ceil(laneBytes / view.bytesPerPixel)
        if (!isWhole || natural > view.leastPixels) expect(own).toEqual(view)
        else {
          expect(pixels).toBeGreaterThanOrEqual(Math.max(natural, Math.min(laneBytes, view.leastPixels / 2)))
          expect(pixels).toBeLessThanOrEqual(Math.max(natural, view.leastPixels))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a selection', () => {
  it('finds every other place of its blocks', () => {
    fc.assert(
      fc.property(filesArbitrary, fc.nat(30), fc.integer({ min: 1, max: 30 }), (files, offset, lengthBytes) => {
        const map = madeUpMap(files, ['btrfs', 'xfs'])
        const { extents } = map
        const index = new PictureIndex(map)
        const placesOf = (file: number, extent: number): [place: number, key: string][] =>
          extents.files[extent] !== file || (extents.places[extent] ?? -1) < 0
            ? []
            : Array.from({ length: extents.lengths[extent] ?? 0 }, (_, at) => [
                (extents.places[extent] ?? 0) + at,
                `${file}:${(extents.offsets[extent] ?? 0) + at}`,
              ])
        const every = [...extents.files].flatMap((file, extent) => placesOf(file, extent))
        const expected = every
          .filter(([, key]) => {
            const at = Number(key.split(':')[1])
            return key.startsWith('0:') && at >= offset && at < offset + lengthBytes
          })
          .flatMap(([place, key]) =>
            every.filter(([other, otherKey]) => other === place && otherKey !== key).map(([, to]) => `${key}=${to}`),
          )
        const { ranges, complete } = otherPlaces(index, { file: 0, offset, lengthBytes }, 10_000)
        const found = ranges.flatMap(({ from, to }) =>
          Array.from({ length: from.lengthBytes }, (_, at) => `0:${from.offset + at}=${to.file}:${to.offset + at}`),
        )
        expect(complete).toBe(true)
        expect(found.sort()).toEqual(expected.sort())
        if (ranges.length > 1) {
          expect(otherPlaces(index, { file: 0, offset, lengthBytes }, 1)).toEqual({
            ranges: [ranges[0]],
            complete: false,
          })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('names who shares with it, and what deleting it would free', () => {
    fc.assert(
      fc.property(filesArbitrary, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (files, chosen) => {
        const map = madeUpMap(files, ['btrfs', 'xfs'])
        const { extents, intervals } = map
        const index = new PictureIndex(map)
        const isChosen = (file: number) => chosen[file] === true
        let atMost = 0
        let certain = 0
        let others = 0
        let kept = 0
        const sharing = new Set(files.flatMap((_, file) => (isChosen(file) ? [file] : [])))
        for (const { place, interval } of intervalUnits(map)) {
          const users = [...extents.files].filter(
            (_, extent) =>
              (extents.places[extent] ?? -1) >= 0 &&
              (extents.places[extent] ?? 0) <= place &&
              place < endOfExtent(map, extent),
          )
          if (!users.some(isChosen)) continue
          for (const user of users) sharing.add(user)
          const flags = intervals.flags[interval] ?? 0
          if (!users.every(isChosen)) kept++
          else if ((flags & intervalFlags.others) !== 0) others++
          else {
            atMost++
            if (flags === 0 && intervals.classes[interval] !== blockClass.unchecked) certain++
          }
        }
        expect(freedBytes(index, isChosen)).toEqual({
          ownBytes: atMost,
          certainBytes: certain,
          othersBytes: others,
          keptBytes: kept,
          uncheckedBytes: map.files.uncheckedBytes.reduce(
            (sum, bytes, file) => (isChosen(file) ? sum + bytes : sum),
            0,
          ),
          filesWithOtherNames: 0,
        })
        const marked = [...filesSharingWith(index, isChosen)].flatMap((is, file) => (is === 1 ? [file] : []))
        expect(marked).toEqual([...sharing].sort((a, b) => a - b))
      }),
      { numRuns: 300 },
    )
  })

  it('takes compressed extents as a whole', () => {
    const encoded = (offset: number, address: number, length: number) => ({
      offset,
      address,
      length,
      flags: extentFlags.encoded | extentFlags.shared,
    })
    const map = madeUpMap([
      { path: 'a', extents: [encoded(0, 100, 128)] },
      { path: 'b', extents: [encoded(0, 100, 60), encoded(64, 100, 64)] },
    ])
    const index = new PictureIndex(map)
    const { ranges } = otherPlaces(index, { file: 1, offset: 70, lengthBytes: 1 }, 10)
    expect(ranges.map(({ to, isCompressed }) => ({ ...to, isCompressed }))).toEqual([
      { file: 0, offset: 0, lengthBytes: 128, isCompressed: true },
      { file: 1, offset: 0, lengthBytes: 60, isCompressed: true },
    ])
    expect(addressAt(map.spaces, map.extents.places[2] ?? 0)).toBe(100)
    expect(
      pixelsOfCells(
        lanesPicture(index, [1], { widthPixels: 8, bytesPerPixel: 16, startByte: 0, leastPixels: 0 }),
        8,
        1,
      ),
    ).toEqual(naivePixels(laneOf(60, 4, 64), 16))
  })
})

function laneOf(...lengths: readonly number[]): number[] {
  return lengths.flatMap((length, at) => Array<number>(length).fill(at === 1 ? blockClass.hole : blockClass.sharedBy2))
}
