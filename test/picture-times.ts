/**
 * `npm run bench:picture`: what drawing the sharing picture of a million extents takes at every zoom, in a window of
 * 1920 × 1080, and how long the pointer waits. Processor time: that of the wall is also other people's.
 */
import { type DiskMapView, diskMapPicture, wholeDiskMap, zoomedDiskMap } from '../src/shared/sharing/disk-map.ts'
import { type LanesView, lanesPicture, wholeLanes } from '../src/shared/sharing/lanes.ts'
import { PictureIndex } from '../src/shared/sharing/picture-index.ts'
import { otherPlaces } from '../src/shared/sharing/sharers.ts'
import { denseFiles, millionExtents } from './support/million-extents.ts'

const window = { widthPixels: 1900, mapRows: 60, lanes: 40 }
const warmUps = 5

function processorMilliseconds(act: () => void): number {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1)
  console.log(`${what}: median ${at(0.5)} ms, longest ${at(1)} ms of processor time, ${times.length} frames`)
}

const index = new PictureIndex(millionExtents())
const mapTimes: number[] = []
let view: DiskMapView = wholeDiskMap(index, window.widthPixels, window.mapRows)
for (let frame = 0; frame < warmUps; frame++) diskMapPicture(index, view)
for (; view.bytesPerPixel > 8; view = zoomedDiskMap(index, view, 0.7, 333, 20)) {
  mapTimes.push(processorMilliseconds(() => diskMapPicture(index, view)))
}
report('disk map, 100,000 files', mapTimes)

const lanes = Array.from({ length: window.lanes }, (_, row) => row * 2001)
const laneTimes: number[] = []
let laneView: LanesView = wholeLanes(index, lanes, window.widthPixels)
for (; laneView.bytesPerPixel > 1; laneView = { ...laneView, bytesPerPixel: laneView.bytesPerPixel >> 1 }) {
  laneTimes.push(processorMilliseconds(() => lanesPicture(index, lanes, laneView)))
}
report('lanes, 100,000 files', laneTimes)

const dense = new PictureIndex(denseFiles(window.lanes))
const denseLanes = Array.from({ length: window.lanes }, (_, file) => file)
const denseView = wholeLanes(dense, denseLanes, window.widthPixels)
for (let frame = 0; frame < warmUps; frame++) lanesPicture(dense, denseLanes, denseView)
report(
  `lanes, ${window.lanes} files`,
  Array.from({ length: 20 }, () => processorMilliseconds(() => lanesPicture(dense, denseLanes, denseView))),
)

const pointerTimes = Array.from({ length: 50 }, (_, step) =>
  processorMilliseconds(() => otherPlaces(index, { file: step * 997, offset: 0, lengthBytes: 163_840 }, 200)),
)
report('pointer', pointerTimes)
