import { describe, expect, it } from 'vitest'
import { CellList } from '../../../../shared/sharing/cells.ts'
import { isWhole, lanesView, mapView, panMap, spotInLane, stepCell, zoomLanes, zoomMap } from './places.ts'

const map = { usedBytes: 1_000_000 }

describe('moving in the disk map', () => {
  const whole = mapView(map, 100, 10, undefined)

  it('shows everything unless zoomed', () => {
    expect(whole).toMatchObject({ bytesPerPixel: 1000, startByte: 0 })
  })

  it('knows whether it shows everything', () => {
    expect(isWhole(map, whole)).toBe(true)
    expect(isWhole(map, mapView(map, 100, 10, zoomMap(map, whole, 0.5, { x: 0, row: 0 })))).toBe(false)
    expect(isWhole({ usedBytes: 1_000_001 }, whole)).toBe(false)
  })

  it('keeps the byte at the pointer where it is', () => {
    const at = { x: 30, row: 4 }
    const byteAt = ({ startByte, bytesPerPixel }: { startByte: number; bytesPerPixel: number }): number =>
      startByte + (at.row * 100 + at.x) * bytesPerPixel
    const zoomed = mapView(map, 100, 10, zoomMap(map, whole, 0.5, at))
    expect(zoomed.bytesPerPixel).toBe(500)
    expect(byteAt(zoomed)).toBe(byteAt(whole))
  })

  it('doesn’t leave what there is', () => {
    const zoomed = mapView(map, 100, 10, zoomMap(map, whole, 0.5, { x: 0, row: 0 }))
    expect(panMap(map, zoomed, 0, -5)).toMatchObject({ startByte: 0 })
    expect(panMap(map, zoomed, 2 ** 40, 0)).toMatchObject({ startByte: 500_000 })
  })
})

describe('moving in lanes', () => {
  it('zooms around a pixel and stays within the longest lane', () => {
    const view = lanesView(10_000, 100, 8, undefined)
    expect(view).toEqual({ widthPixels: 100, bytesPerPixel: 100, startByte: 0, leastPixels: 8 })
    expect(lanesView(10_000, 100, 8, zoomLanes(view, 0.5, 50))).toMatchObject({ bytesPerPixel: 50, startByte: 2500 })
    expect(lanesView(10_000, 100, 8, { bytesPerPixel: 50, startByte: 9999 })).toMatchObject({ startByte: 5000 })
  })

  it('finds a range in its lane, also in one that is drawn larger', () => {
    const view = lanesView(10_000, 100, 8, undefined)
    const spot = (laneBytes: number, offset: number, lengthBytes: number) =>
      spotInLane(view, laneBytes, { file: 0, offset, lengthBytes })
    expect(spot(10_000, 1000, 250)).toEqual({ x: 10, width: 3 })
    expect(spot(80, 40, 20)).toEqual({ x: 4, width: 2 })
    expect(spot(80, 0, 80)).toEqual({ x: 0, width: 8 })
    const zoomed = lanesView(10_000, 100, 8, { bytesPerPixel: 50, startByte: 5000 })
    expect(spotInLane(zoomed, 80, { file: 0, offset: 0, lengthBytes: 80 })).toBeUndefined()
  })
})

describe('the keys', () => {
  const list = new CellList()
  list.add(0, 0, 10, 0, 0)
  list.add(0, 10, 20, 1, 0)
  list.add(1, 0, 5, 2, 0)
  const cells = list.cells()

  it('go from piece to piece, and end where the picture does', () => {
    const first = stepCell(cells, undefined, 'right')
    expect(first).toEqual({ x: 5, row: 0 })
    const second = stepCell(cells, first, 'right')
    expect(second).toEqual({ x: 20, row: 0 })
    expect(stepCell(cells, second, 'right')).toEqual({ x: 2, row: 1 })
    expect(stepCell(cells, first, 'left')).toBeUndefined()
    expect(stepCell(cells, { x: 2, row: 1 }, 'down')).toBeUndefined()
  })

  it('go up and down to the piece at the same place', () => {
    expect(stepCell(cells, { x: 2, row: 1 }, 'up')).toEqual({ x: 2, row: 0 })
    expect(stepCell(cells, { x: 2, row: 0 }, 'down')).toEqual({ x: 2, row: 1 })
  })
})
