/** Pure: file lanes. Each file is a lane from its first byte to its last, its extents in the colour of their sharing. */
import { blockClass, classCount } from './block-class.ts'
import { addPixel, CellList, type Cells } from './cells.ts'
import type { PictureIndex } from './picture-index.ts'
import { severalClasses } from './picture-index.ts'
import { lastAtOrBelow } from './places.ts'
import { type FileRole, fileRoles, type SharingMap } from './sharing-map.ts'

export interface LanesView {
  readonly widthPixels: number
  /** A whole number. */
  readonly bytesPerPixel: number
  /** The offset at the left edge. */
  readonly startByte: number
}

/** The view that shows all of the longest of some files. */
export function wholeLanes(index: PictureIndex, files: ArrayLike<number>, widthPixels: number): LanesView {
  let longest = 0
  for (let at = 0; at < files.length; at++) longest = Math.max(longest, index.laneEnd(files[at] ?? 0))
  return { widthPixels, bytesPerPixel: Math.max(1, Math.ceil(longest / Math.max(1, widthPixels))), startByte: 0 }
}

/** The lanes of some files, one row each in the order given. Takes time by pixels, not by extents. */
export function lanesPicture(index: PictureIndex, files: ArrayLike<number>, view: LanesView): Cells {
  const list = new CellList()
  for (let row = 0; row < files.length; row++) addLane(index, list, row, files[row] ?? 0, view)
  return list.cells()
}

function addLane(index: PictureIndex, list: CellList, row: number, file: number, view: LanesView): void {
  const { bytesPerPixel, startByte, widthPixels } = view
  const { extents, files } = index.map
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  const laneEnd = index.laneEnd(file)
  const pixels = Math.min(widthPixels, Math.ceil((laneEnd - startByte) / bytesPerPixel))
  if (pixels <= 0) return
  let before = new Float64Array(classCount)
  let after = new Float64Array(classCount)
  index.sumsOfFile(file, startByte, before)
  for (let x = 0; x < pixels; ) {
    const from = startByte + x * bytesPerPixel
    const at = lastAtOrBelow(extents.offsets, first, end, from)
    const extentEnd = at < first ? 0 : (extents.offsets[at] ?? 0) + (extents.lengths[at] ?? 0)
    const isHole = extentEnd <= from
    const sameEnd = isHole ? (at + 1 < end ? (extents.offsets[at + 1] ?? 0) : laneEnd) : extentEnd
    const classCode = isHole ? blockClass.hole : (index.extentClasses[at] ?? 0)
    // Pixels that lie within one extent of one class, or within one hole, are all the same.
    const same = classCode === severalClasses ? 0 : Math.min(Math.floor((sameEnd - from) / bytesPerPixel), pixels - x)
    const covered = Math.max(1, same)
    index.sumsOfFile(file, Math.min(laneEnd, from + covered * bytesPerPixel), after)
    if (same >= 1) list.add(row, x, same, classCode, 0)
    else addPixel(list, row, x, before, after, classCount)
    ;[before, after] = [after, before]
    x += covered
  }
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
  const fromByte = view.startByte + x * view.bytesPerPixel
  const laneEnd = index.laneEnd(file)
  if (x < 0 || x >= view.widthPixels || fromByte >= laneEnd) return undefined
  const toByte = Math.min(laneEnd, fromByte + view.bytesPerPixel)
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
