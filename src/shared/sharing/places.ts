/** Pure: from places on the line back to filesystems and their addresses. */
import { extentFlags } from './extent-flags.ts'
import type { AddressSpace, SharingMap } from './sharing-map.ts'

/** The last index of [from, to) of ascending values that is at most `value`; from - 1 when there is none. */
export function lastAtOrBelow(values: Float64Array, from: number, to: number, value: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where a space begins; beyond everything where there is none. */
export function startOfSpace(space: AddressSpace | undefined): number {
  if (space === undefined) return Number.POSITIVE_INFINITY
  return space.kind === 'blocks' ? space.placeOfAddress0 : space.startPlace
}

/** The space that a place belongs to. */
export function spaceAt(spaces: readonly AddressSpace[], place: number): AddressSpace | undefined {
  return spaces.findLast((space) => startOfSpace(space) <= place)
}

/** The filesystem's own address of a place; that of a compressed extent is the same for all of it. */
export function addressAt(spaces: readonly AddressSpace[], place: number): number | undefined {
  const space = spaceAt(spaces, place)
  if (space === undefined) return undefined
  if (space.kind === 'blocks') return place - space.placeOfAddress0
  return space.unitAddresses[lastAtOrBelow(space.unitPlaces, 0, space.unitPlaces.length, place)]
}

/** Where an extent that has a place ends on the line: a compressed one is used as a whole. */
export function endOfExtent(map: Pick<SharingMap, 'extents' | 'spaces'>, extent: number): number {
  const { places, lengths, flags } = map.extents
  const place = places[extent] ?? 0
  const space = ((flags[extent] ?? 0) & extentFlags.encoded) === 0 ? undefined : spaceAt(map.spaces, place)
  if (space?.kind !== 'compressed') return place + (lengths[extent] ?? 0)
  const unit = lastAtOrBelow(space.unitPlaces, 0, space.unitPlaces.length, place)
  return space.unitPlaces[unit + 1] ?? space.endPlace
}
