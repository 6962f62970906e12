import { describe, expect, it } from 'vitest'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import { type DiskMapView, diskMapPicture, wholeDiskMap, zoomedDiskMap } from './disk-map.ts'
import { extentFlags } from './extent-flags.ts'
import { type LanesView, lanesPicture, wholeLanes } from './lanes.ts'
import { PictureIndex } from './picture-index.ts'
import { freedBytes, otherPlaces } from './sharers.ts'

const fileCount = 100_000
const extentsAFile = 10
/** A whole window at 1920×1080. */
const window = { widthPixels: 1900, mapRows: 60, lanes: 40 }
/** What a frame may take. */
const longestFrameMilliseconds = 50

/** Half of the files are clones of the others, some of them overwritten in part; every extent lies somewhere else. */
function millionExtents() {
  const files = Array.from({ length: fileCount }, (_, file) => ({
    path: `${file % 300}/${file}`,
    extents: Array.from({ length: extentsAFile }, (__, part) => {
      const original = file % (fileCount / 2)
      const isOwn = part % 7 === original % 7 && file >= fileCount / 2
      const place = ((original * extentsAFile + part) * 7919) % (fileCount * extentsAFile)
      const address = (isOwn ? place + fileCount * extentsAFile : place) * 20_480
      return { offset: part * 16_384, address, length: 12_288, flags: isOwn ? 0 : extentFlags.shared }
    }),
  }))
  return madeUpMap(files, ['xfs'], 100)
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

/** Processor time: that of the wall is also other people's. */
function timed(act: () => void): number {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('a million extents', () => {
  const map = millionExtents()
  const before = process.memoryUsage()
  const index = new PictureIndex(map)
  const after = process.memoryUsage()

  it('take little memory', () => {
    const columns = [map.extents, map.intervals, map.files, map.folders].flatMap((part) => Object.values(part))
    const bytes = columns.reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0)
    expect(map.extents.files.length).toBe(fileCount * extentsAFile)
    expect(bytes).toBeLessThan(120e6)
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(120e6)
  })

  it('are drawn at every zoom in the time of a frame', () => {
    const mapTimes: number[] = []
    let view: DiskMapView = wholeDiskMap(index, window.widthPixels, window.mapRows)
    for (let frame = 0; frame < 5; frame++) diskMapPicture(index, view)
    for (; view.bytesPerPixel > 8; view = zoomedDiskMap(index, view, 0.7, 333, 20)) {
      mapTimes.push(timed(() => diskMapPicture(index, view)))
    }
    const laneTimes: number[] = []
    const lanes = Array.from({ length: window.lanes }, (_, row) => row * 2001)
    let laneView: LanesView = wholeLanes(index, lanes, window.widthPixels)
    for (; laneView.bytesPerPixel > 1; laneView = { ...laneView, bytesPerPixel: laneView.bytesPerPixel >> 1 }) {
      laneTimes.push(timed(() => lanesPicture(index, lanes, laneView)))
    }
    expect(median(mapTimes)).toBeLessThan(longestFrameMilliseconds)
    expect(median(laneTimes)).toBeLessThan(longestFrameMilliseconds)
    if (process.env['REFTAR_TIMES'] === '1') {
      console.log('disk map', mapTimes.map((time) => time.toFixed(1)).join(' '))
      console.log('lanes', laneTimes.map((time) => time.toFixed(1)).join(' '))
    }
  })

  it('in few files, each too dense for its pixels, still are drawn quickly', () => {
    const few = Array.from({ length: window.lanes }, (_, file) => ({
      path: `${file}`,
      extents: Array.from({ length: 25_000 }, (__, part) => ({
        offset: part * 8192,
        address: (((file * 25_000 + part) * 7919) % 1_000_000) * 8192,
        length: 4096,
        flags: part % 3 === 0 ? extentFlags.shared : 0,
      })),
    }))
    const fewIndex = new PictureIndex(madeUpMap(few, ['xfs']))
    const lanes = few.map((_, file) => file)
    const view = wholeLanes(fewIndex, lanes, window.widthPixels)
    for (let frame = 0; frame < 5; frame++) lanesPicture(fewIndex, lanes, view)
    const times = Array.from({ length: 5 }, () => timed(() => lanesPicture(fewIndex, lanes, view)))
    if (process.env['REFTAR_TIMES'] === '1') console.log('few files', times.map((time) => time.toFixed(1)).join(' '))
    expect(median(times)).toBeLessThan(5 * longestFrameMilliseconds)
  })

  it('answer to the pointer at once', () => {
    const times = Array.from({ length: 50 }, (_, step) =>
      timed(() => otherPlaces(index, { file: step * 997, offset: 0, lengthBytes: 163_840 }, 200)),
    )
    expect(median(times)).toBeLessThan(5)
    expect(freedBytes(index, (file) => file >= 50_000).certainBytes).toBeGreaterThan(0)
  })
})
