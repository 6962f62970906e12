/** Pure: file lanes. Each file is a lane from its first byte to its last, its extents in the colour of their sharing. */
import { blockClass, classCount } from './block-class.ts'
import { addPixel, CellList, type Cells } from './cells.ts'
import type { PictureIndex } from './picture-index.ts'
import { severalClasses } from './picture-index.ts'
import { continuesPiece, followsInFile } from './pieces.ts'
import { lastAtOrBelow } from './places.ts'
import { type FileRole, fileRoles, type SharingMap } from './sharing-map.ts'

export interface LanesView {
  readonly widthPixels: number
  /** A whole number. */
  readonly bytesPerPixel: number
  /** The offset at the left edge. */
  readonly startByte: number
  /** The least width of a lane that is seen from its first byte; what is smaller has a scale of its own. */
  readonly leastPixels: number
}

/** How one file's lane is drawn in a view: at the scale of all, or larger where it would be too narrow to be read. */
export function laneView(view: LanesView, laneBytes: number): LanesView {
  const { bytesPerPixel, leastPixels, startByte } = view
  if (startByte > 0 || leastPixels === 0 || laneBytes / bytesPerPixel >= leastPixels) return view
  return { ...view, bytesPerPixel: Math.max(1, Math.min(bytesPerPixel, Math.ceil(laneBytes / leastPixels))) }
}

/** How many times larger than all others a file's lane is drawn. */
export function enlargement(view: LanesView, laneBytes: number): number {
  return laneBytes === 0 ? 1 : view.bytesPerPixel / laneView(view, laneBytes).bytesPerPixel
}

/** The view that shows all of the longest of some files. */
export function wholeLanes(index: PictureIndex, files: ArrayLike<number>, widthPixels: number): LanesView {
  let longest = 0
  for (let at = 0; at < files.length; at++) longest = Math.max(longest, index.laneEnd(files[at] ?? 0))
  const bytesPerPixel = Math.max(1, Math.ceil(longest / Math.max(1, widthPixels)))
  return { widthPixels, bytesPerPixel, startByte: 0, leastPixels: 0 }
}

/** The lanes of some files, one row each in the order given. Takes time by pixels, not by extents. */
export function lanesPicture(index: PictureIndex, files: ArrayLike<number>, view: LanesView): Cells {
  const list = new CellList()
  for (let row = 0; row < files.length; row++) addLane(index, list, row, files[row] ?? 0, view)
  return list.cells()
}

function addLane(index: PictureIndex, list: CellList, row: number, file: number, view: LanesView): void {
  const laneEnd = index.laneEnd(file)
  const { bytesPerPixel, startByte, widthPixels } = laneView(view, laneEnd)
  const { extents, files } = index.map
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  const pixels = Math.min(widthPixels, Math.ceil((laneEnd - startByte) / bytesPerPixel))
  if (pixels <= 0) return
  const bytes = new Float64Array(classCount)
  const before = new Float64Array(classCount)
  const after = new Float64Array(classCount)
  /** Where `before` ends. */
  let summedTo = -1
  let extent = lastAtOrBelow(extents.offsets, first, end, startByte)
  /** The last extent that was asked whether it begins a piece: what is at the left edge isn't. */
  let asked = extent
  for (let x = 0; x < pixels; ) {
    const from = startByte + x * bytesPerPixel
    const run = runAt(index, extent, first, end, from, laneEnd)
    // Pixels that lie within one extent of one class, or within one hole, are all the same.
    const same =
      run.classCode === severalClasses ? 0 : Math.min(Math.floor((run.end - from) / bytesPerPixel), pixels - x)
    const covered = Math.max(1, same)
    const to = Math.min(laneEnd, from + covered * bytesPerPixel)
    let start: 0 | 1 = 0
    const lastAsked = Math.min(end - 1, asked + mostPieces)
    for (let at = asked + 1; start === 0 && at <= lastAsked && (extents.offsets[at] ?? 0) < to; at++) {
      if (at > first && followsInFile(extents, at) && !continuesPiece(extents, at)) start = 1
    }
    if (same >= 1) {
      list.add(row, x, same, run.classCode, 0, start)
      if (to === run.end) extent = extentAfter(extents.offsets, extent, end, to)
    } else {
      const next = addPieces(index, extent, first, end, from, to, laneEnd, bytes)
      if (next === undefined) {
        if (summedTo !== from) index.sumsOfFile(file, from, before)
        index.sumsOfFile(file, to, after)
        for (let code = 0; code < classCount; code++) bytes[code] = (after[code] ?? 0) - (before[code] ?? 0)
        before.set(after)
        summedTo = to
        extent = lastAtOrBelow(extents.offsets, first, end, to)
      } else extent = next
      addPixel(list, row, x, bytes, start)
    }
    asked = (extents.offsets[extent] ?? 0) < to ? extent : extent - 1
    x += covered
  }
}

/** Pieces of a pixel that are added up one by one; where there are more, sums made before are quicker. */
const mostPieces = 64

/**
 * Adds up a file's bytes by class from one offset to another, piece by piece, and returns the last extent that begins at
 * or before the end. Undefined where there are too many pieces, or one that has several classes.
 */
function addPieces(
  index: PictureIndex,
  extent: number,
  first: number,
  end: number,
  from: number,
  to: number,
  laneEnd: number,
  bytes: Float64Array,
): number | undefined {
  const { offsets, lengths } = index.map.extents
  const { extentClasses } = index
  if ((offsets[extent + mostPieces] ?? Number.POSITIVE_INFINITY) < to && extent + mostPieces < end) return undefined
  bytes.fill(0)
  let next = extent
  for (let at = from; at < to; ) {
    const extentEnd = next < first ? 0 : (offsets[next] ?? 0) + (lengths[next] ?? 0)
    const isHole = extentEnd <= at
    const classCode = isHole ? blockClass.hole : (extentClasses[next] ?? 0)
    if (classCode === severalClasses) return undefined
    const runEnd = isHole ? (next + 1 < end ? (offsets[next + 1] ?? 0) : laneEnd) : extentEnd
    const pieceEnd = Math.min(runEnd, to)
    bytes[classCode] = (bytes[classCode] ?? 0) + pieceEnd - at
    at = pieceEnd
    while (next + 1 < end && (offsets[next + 1] ?? 0) <= at) next++
  }
  return next
}

interface Run {
  classCode: number
  end: number
}

/** The same object each time: there are many. */
const sameRun: Run = { classCode: 0, end: 0 }

/** What a file has at an offset, given the last extent that begins at or before it. */
function runAt(index: PictureIndex, extent: number, first: number, end: number, at: number, laneEnd: number): Run {
  const { offsets, lengths } = index.map.extents
  const extentEnd = extent < first ? 0 : (offsets[extent] ?? 0) + (lengths[extent] ?? 0)
  const isHole = extentEnd <= at
  sameRun.classCode = isHole ? blockClass.hole : (index.extentClasses[extent] ?? 0)
  sameRun.end = isHole ? (extent + 1 < end ? (offsets[extent + 1] ?? 0) : laneEnd) : extentEnd
  return sameRun
}

/** The last extent that begins at or before an offset, from one that does. */
function extentAfter(offsets: Float64Array, extent: number, end: number, at: number): number {
  let next = extent
  while (next + 1 < end && (offsets[next + 1] ?? 0) <= at) next++
  return next
}

export interface LaneHit {
  readonly file: number
  /** The bytes of the file behind the pixel. */
  readonly fromByte: number
  readonly toByte: number
  /** The extent that has the pixel's first stored byte; undefined in a hole. */
  readonly extent: number | undefined
}

/** What is drawn at a pixel of a file's lane; undefined beyond its end. */
export function laneHit(index: PictureIndex, file: number, view: LanesView, x: number): LaneHit | undefined {
  const laneEnd = index.laneEnd(file)
  const { bytesPerPixel, startByte, widthPixels } = laneView(view, laneEnd)
  const fromByte = startByte + x * bytesPerPixel
  if (x < 0 || x >= widthPixels || fromByte >= laneEnd) return undefined
  const toByte = Math.min(laneEnd, fromByte + bytesPerPixel)
  const { extents, files } = index.map
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  const at = lastAtOrBelow(extents.offsets, first, end, fromByte)
  const isInside = at >= first && (extents.offsets[at] ?? 0) + (extents.lengths[at] ?? 0) > fromByte
  const next = isInside ? at : at + 1
  const isStored = next < end && (extents.offsets[next] ?? 0) < toByte
  return { file, fromByte, toByte, extent: isStored ? next : undefined }
}

/** The files of each role that occurs, in the order before → archive → after: the columns of lanes. */
export function laneColumns(map: Pick<SharingMap, 'files'>): { role: FileRole; files: Uint32Array }[] {
  return fileRoles.flatMap((role, code) => {
    const files: number[] = []
    map.files.roles.forEach((known, file) => {
      if (known === code) files.push(file)
    })
    return files.length === 0 ? [] : [{ role, files: Uint32Array.from(files) }]
  })
}
