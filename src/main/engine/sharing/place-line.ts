/**
 * Pure: gives every extent a place on one line, on which filesystems lie one after the other.
 *
 * The address of a compressed (encoded) extent names it as a whole, while its length is that of the part of the
 * uncompressed data that a file uses, so that addresses alone make extents beside each other seem to overlap, and
 * different parts of one seem the same. What they do tell is that files with the same address use the same extent, which is
 * one piece on disk. Compressed extents therefore get a stretch of the line to themselves, each as long as its longest
 * use that was seen, and whoever uses a part of one uses it all.
 */
import type { AddressSpace } from '../../../shared/sharing/sharing-map.ts'
import { extentFlags } from '../ports.ts'
import type { ExtentTable } from './extent-table.ts'
import { orderByKey } from './radix-order.ts'

/** Between filesystems, so that their ranges never touch. */
const marginBytes = 1 << 20

export interface PlaceLine {
  readonly spaces: readonly AddressSpace[]
  /** Of each extent; -1 where it has no address. */
  readonly places: Float64Array
  /** How far each reaches from there. */
  readonly spans: Float64Array
  /** What compressed extents with several uses of equal length would take more without sharing, and those of unequal length don't tell. */
  readonly unequalEncodedBytes: number
}

/** `filesystemOf` is a file's filesystem, of `filesystems` many. */
export function layOut(extents: ExtentTable, filesystemOf: Uint16Array, filesystems: number): PlaceLine {
  const { files, addresses, lengths, flags } = extents
  const ends = new Float64Array(filesystems)
  const encodedCounts = new Uint32Array(filesystems)
  for (let index = 0; index < files.length; index++) {
    const address = addresses[index] ?? -1
    const filesystem = filesystemOf[files[index] ?? 0] ?? 0
    if (address < 0) continue
    if (isEncoded(flags[index])) encodedCounts[filesystem] = (encodedCounts[filesystem] ?? 0) + 1
    else ends[filesystem] = Math.max(ends[filesystem] ?? 0, address + (lengths[index] ?? 0))
  }
  const spaces: AddressSpace[] = []
  const bases = new Float64Array(filesystems)
  let next = 0
  for (let filesystem = 0; filesystem < filesystems; filesystem++) {
    const endPlace = next + (ends[filesystem] ?? 0)
    if (endPlace > next) spaces.push({ kind: 'blocks', filesystem, placeOfAddress0: next, endPlace })
    bases[filesystem] = next
    next = endPlace + marginBytes
  }
  const places = new Float64Array(files.length)
  for (let index = 0; index < files.length; index++) {
    const address = addresses[index] ?? -1
    const filesystem = filesystemOf[files[index] ?? 0] ?? 0
    places[index] = address < 0 ? -1 : address + (bases[filesystem] ?? 0)
  }
  const spans = encodedCounts.some((count) => count > 0) ? lengths.slice() : lengths
  let unequalEncodedBytes = 0
  for (let filesystem = 0; filesystem < filesystems; filesystem++) {
    const count = encodedCounts[filesystem] ?? 0
    if (count === 0) continue
    const chosen = new Uint32Array(count)
    let filled = 0
    for (let index = 0; index < files.length; index++) {
      const isIts = isEncoded(flags[index]) && filesystemOf[files[index] ?? 0] === filesystem
      if (isIts && (addresses[index] ?? -1) >= 0) chosen[filled++] = index
    }
    const units = layOutUnits(orderByKey(chosen, addresses), addresses, lengths, next, places, spans)
    spaces.push({
      kind: 'compressed',
      filesystem,
      startPlace: next,
      endPlace: units.endPlace,
      unitPlaces: Float64Array.from(units.places),
      unitAddresses: Float64Array.from(units.addresses),
    })
    unequalEncodedBytes += units.unequalBytes
    next = units.endPlace + marginBytes
  }
  return { spaces, places, spans, unequalEncodedBytes }
}

function isEncoded(flags: number | undefined): boolean {
  return ((flags ?? 0) & extentFlags.encoded) !== 0
}

function layOutUnits(
  order: Uint32Array,
  addresses: Float64Array,
  lengths: Float64Array,
  startPlace: number,
  places: Float64Array,
  spans: Float64Array,
) {
  const units = { places: [] as number[], addresses: [] as number[], endPlace: startPlace, unequalBytes: 0 }
  for (let start = 0; start < order.length; ) {
    const address = addresses[order[start] ?? 0] ?? 0
    let longest = 0
    let total = 0
    let isUniform = true
    let end = start
    for (; end < order.length && addresses[order[end] ?? 0] === address; end++) {
      const length = lengths[order[end] ?? 0] ?? 0
      if (end > start && length !== longest) isUniform = false
      longest = Math.max(longest, length)
      total += length
    }
    for (const index of order.subarray(start, end)) {
      places[index] = units.endPlace
      spans[index] = longest
    }
    if (!isUniform) units.unequalBytes += total - longest
    units.places.push(units.endPlace)
    units.addresses.push(address)
    units.endPlace += longest
    start = end
  }
  return units
}
