/**
 * Random layouts against an oracle: every number, every verdict, and every pixel of the picture has to be what counting
 * blocks in the output of the system's own tools gives.
 */
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { analyseSharing } from '../../src/main/engine/sharing/analyse.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { blockClass } from '../../src/shared/sharing/block-class.ts'
import { diskMapPicture } from '../../src/shared/sharing/disk-map.ts'
import { lanesPicture } from '../../src/shared/sharing/lanes.ts'
import { PictureIndex } from '../../src/shared/sharing/picture-index.ts'
import { type FileRange, filesSharingWith, freedBytes, otherPlaces } from '../../src/shared/sharing/sharers.ts'
import { pathOfFile, pathOfFolder, type SharingMap } from '../../src/shared/sharing/sharing-map.ts'
import { sharingReport, sharingVerdict } from '../../src/shared/sharing/sharing-report.ts'
import { partsOfRange } from '../../src/shared/sharing/users.ts'
import { Random } from '../fuzz/random.ts'
import { watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { naivePixels, pixelsOfCells } from '../support/naive-picture.ts'
import { makeRandomLayout, type RandomLayout } from '../support/random-layout.ts'
import {
  blockBytes,
  btrfsDiskUse,
  factsOf,
  hasNoPlace,
  type OracleFile,
  type OracleUnit,
  oracleFile,
  unitsOf,
} from '../support/sharing-oracle.ts'
import { runTool } from '../support/system.ts'

const seed = 20_260

const filesystems = [
  { name: 'btrfs', type: 'btrfs', layouts: 70, mountOptions: 'noatime' },
  { name: 'btrfs that compresses', type: 'btrfs', layouts: 50, mountOptions: 'noatime,compress-force=zstd' },
  { name: 'xfs', type: 'xfs', layouts: 80, mountOptions: 'noatime' },
] as const

/** All of a layout that is compared. */
interface Case {
  readonly map: SharingMap
  readonly layout: RandomLayout
  readonly files: readonly OracleFile[]
  readonly units: readonly OracleUnit[]
  readonly random: Random
}

describe.each(filesystems)('$name', ({ type, layouts, mountOptions, name }) => {
  it(`${layouts} layouts: numbers, verdicts and picture`, async () => {
    using disk = mountImage(type, { mountOptions })
    const made = Array.from({ length: layouts }, (_, number) => {
      const random = new Random(seed + number)
      return { random, layout: makeRandomLayout(makeParent(disk, number), random, name.includes('compresses')) }
    })
    runTool('sync', ['--file-system', disk.mountpoint])
    let sharedBytes = 0
    let othersBytes = 0
    let encodedBytes = 0
    for (const [number, { layout, random }] of made.entries()) {
      const files = layout.paths.map((path) => oracleFile(path, type))
      const { job, problems } = watchedJob()
      const inputs = [{ path: textToByteString(layout.folder), role: 'other' as const }]
      const { map } = await analyseSharing(createPorts(), inputs, { limitGroups: 1000 }, job)
      const one: Case = { map, layout, files, units: unitsOf(files), random }
      try {
        expect(problems).toEqual([])
        compareNumbers(one)
        compareFolders(one)
        compareSelections(one)
        comparePicture(one)
        if (type === 'btrfs') compareDiskUse(one)
      } catch (error) {
        throw new Error(`layout ${number} (seed ${seed + number})`, { cause: error })
      }
      sharedBytes += map.totals.sharedBytes
      othersBytes += map.totals.sharedWithOthersBytes
      encodedBytes += map.totals.encodedBytes
    }
    // There was something to disagree about.
    expect(sharedBytes).toBeGreaterThan(layouts * 4 * blockBytes)
    expect(othersBytes).toBeGreaterThan(0)
    expect(encodedBytes > 0).toBe(name.includes('compresses'))
  })
})

function makeParent(disk: MountedImage, number: number): string {
  const parent = disk.path(`layout-${number}`)
  mkdirSync(parent)
  return parent
}

const sumOf = <Item>(items: Iterable<Item>, bytes: (item: Item) => number): number =>
  Array.from(items, bytes).reduce((sum, count) => sum + count, 0)

function compareNumbers({ map, files, units }: Case): void {
  const ofKind = (kind: string, path?: string) =>
    sumOf(units, (unit) => {
      const facts = factsOf(unit)
      return facts.kind === kind && (path === undefined || facts.files.includes(path)) ? unit.bytes : 0
    })
  const { totals } = map
  const onlyHere = ofKind('only-here')
  const shared = ofKind('shared')
  const others = ofKind('others')
  expect({ ...totals }).toMatchObject({
    files: files.length,
    logicalBytes: sumOf(files, ({ sizeBytes }) => sizeBytes),
    onDiskBytes: onlyHere + shared + others,
    onlyHereBytes: onlyHere,
    sharedBytes: shared,
    sharedWithOthersBytes: others,
    uncheckedBytes: 0,
    encodedBytes: sumOf(units, ({ isCompressed, bytes }) => (isCompressed ? bytes : 0)),
    inlineBytes: sumOf(files, (file) => within(file, (flags) => flags.has('inline'))),
    holeBytes: sumOf(files, (file) => file.sizeBytes - within(file, () => true)),
    unwrittenBytes: sumOf(files, ({ extents }) => lengthOf(extents.filter(({ flags }) => flags.has('unwritten')))),
    compressedFiles: files.filter(({ extents }) => extents.some(({ flags }) => flags.has('encoded'))).length,
  })
  const report = sharingReport(map, true, 0, 0)
  const saved = sumOf(units, (unit) => savedBy(unit, files))
  expect(report.savedBytes).toBe(saved)
  const verdict = shared > 0 || saved > 0 ? 'shared' : others > 0 ? 'shared-with-others' : 'not-shared'
  expect(sharingVerdict(report)).toBe(verdict)
  expect([...report.perFile].sort(byPath)).toEqual(
    files
      .map(({ path, sizeBytes }) => ({
        path,
        sizeBytes,
        onDiskBytes: ofKind('only-here', path) + ofKind('shared', path) + ofKind('others', path),
        exclusiveBytes: ofKind('only-here', path),
        sharedBytes: ofKind('shared', path),
        sharedWithOthersBytes: ofKind('others', path),
        uncheckedReason: undefined,
      }))
      .sort(byPath),
  )
  const groups = new Map<string, number>()
  for (const unit of units) {
    const key = factsOf(unit).files.join()
    if (unit.uses.length > 1) groups.set(key, (groups.get(key) ?? 0) + unit.bytes)
  }
  expect(new Map(report.groups.map(({ files: group, bytes }) => [group.join(), bytes]))).toEqual(groups)
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }) => (a.path < b.path ? -1 : 1)
const lengthOf = (extents: OracleFile['extents']) => sumOf(extents, ({ length }) => length)

/** Bytes of extents within the file's size. */
function within({ extents, sizeBytes }: OracleFile, is: (flags: ReadonlySet<string>) => boolean): number {
  return sumOf(extents, ({ logical, length, flags }) =>
    is(flags) ? Math.max(0, Math.min(length, sizeBytes - logical)) : 0,
  )
}

/** Of compressed extents only uses of equal length tell what they save. */
function savedBy(unit: OracleUnit, files: readonly OracleFile[]): number {
  if (!unit.isCompressed) return (unit.uses.length - 1) * unit.bytes
  const address = unit.order - 2 ** 50
  const lengths = files.flatMap(({ extents }) =>
    extents.filter(({ flags, physical }) => flags.has('encoded') && physical === address).map(({ length }) => length),
  )
  return lengths.every((length) => length === unit.bytes) ? (lengths.length - 1) * unit.bytes : 0
}

function compareFolders({ map, units, files, layout }: Case): void {
  for (let folder = 0; folder < map.folders.names.length; folder++) {
    const path = pathOfFolder(map.folders, folder)
    const isIn = (file: string) => path === '' || file.startsWith(path.endsWith('/') ? path : `${path}/`)
    const used = units.filter(({ uses }) => uses.some(isIn))
    const own = used.filter((unit) => unit.uses.every(isIn) && factsOf(unit).kind !== 'others')
    expect({
      path: relative(layout.folder, path),
      files: map.folders.files[folder],
      onDisk: map.folders.onDiskBytes[folder],
      onlyHere: map.folders.onlyHereBytes[folder],
      certain: map.folders.certainBytes[folder],
    }).toEqual({
      path: relative(layout.folder, path),
      files: files.filter((file) => isIn(file.path)).length,
      onDisk: sumOf(used, ({ bytes }) => bytes),
      onlyHere: sumOf(own, ({ bytes }) => bytes),
      certain: sumOf(own, ({ bytes, isFlagged }) => (isFlagged ? 0 : bytes)),
    })
  }
}

function compareSelections({ map, units, files, random }: Case): void {
  const index = new PictureIndex(map)
  const numbers = new Map(files.map((_, file) => [pathOfFile(map, file), file]))
  const chosen = new Set(files.flatMap(({ path }) => (random.chance(0.5) ? [path] : [])))
  const isChosen = (file: number) => chosen.has(pathOfFile(map, file))
  const used = units.filter(({ uses }) => uses.some((path) => chosen.has(path)))
  const own = used.filter((unit) => unit.uses.every((path) => chosen.has(path)))
  const freed = own.filter((unit) => factsOf(unit).kind !== 'others')
  const bytesOf = (some: readonly OracleUnit[]) => sumOf(some, ({ bytes }) => bytes)
  expect(freedBytes(index, isChosen)).toEqual({
    ownBytes: bytesOf(freed),
    certainBytes: sumOf(freed, ({ bytes, isFlagged }) => (isFlagged ? 0 : bytes)),
    othersBytes: bytesOf(own) - bytesOf(freed),
    keptBytes: bytesOf(used) - bytesOf(own),
    uncheckedBytes: 0,
    filesWithOtherNames: 0,
  })
  const partners = new Set([...used.flatMap(({ uses }) => uses), ...chosen])
  const marked = filesSharingWith(index, isChosen)
  expect(new Set(files.flatMap(({ path }) => (marked[numbers.get(path) ?? -1] === 1 ? [path] : [])))).toEqual(partners)
  for (const file of files) {
    const range = { file: numbers.get(file.path) ?? -1, offset: random.below(40) * 512, lengthBytes: 60 * 1024 }
    const { ranges, complete } = otherPlaces(index, range, 100_000)
    expect(complete).toBe(true)
    const found = ranges.flatMap(({ from, to, isCompressed }) =>
      isCompressed
        ? []
        : Array.from({ length: from.lengthBytes / 512 }, (_, at) =>
            [from.offset + at * 512, pathOfFile(map, to.file), to.offset + at * 512].join(),
          ),
    )
    expect(found.sort()).toEqual(otherSectors(files, file, range.offset, range.lengthBytes).sort())
    if (file.extents.some(({ flags }) => flags.has('encoded'))) continue
    const whole = { file: range.file, offset: 0, lengthBytes: index.laneEnd(range.file) }
    expect(usersOfRange(index, whole)).toEqual(usersOfFile(units, file.path))
  }
}

/** Bytes of a range by the files that use them. */
function usersOfRange(index: PictureIndex, range: FileRange): Map<string, number> {
  const { parts, restBytes } = partsOfRange(index, range)
  expect(sumOf(parts, ({ bytes }) => bytes) + restBytes).toBe(range.lengthBytes)
  const users = new Map<string, number>()
  for (const { bytes, files, classCode } of parts) {
    if (classCode === blockClass.hole || classCode === blockClass.inline) continue
    const key = files
      .map((file) => pathOfFile(index.map, file))
      .sort()
      .join()
    users.set(key, (users.get(key) ?? 0) + bytes)
  }
  return users
}

function usersOfFile(units: readonly OracleUnit[], path: string): Map<string, number> {
  const users = new Map<string, number>()
  for (const { uses, bytes } of units) {
    const ofFile = uses.filter((use) => use === path).length
    const key = [...new Set(uses)].sort().join()
    if (ofFile > 0) users.set(key, (users.get(key) ?? 0) + ofFile * bytes)
  }
  return users
}

/** Every other place of the sectors of a range, uncompressed ones. */
function otherSectors(files: readonly OracleFile[], file: OracleFile, offset: number, lengthBytes: number): string[] {
  const sectorsOf = ({ path, extents }: OracleFile) =>
    extents
      .filter(({ flags }) => !hasNoPlace(flags) && !flags.has('encoded'))
      .flatMap(({ logical, physical, length }) =>
        Array.from({ length: length / 512 }, (_, at) => ({
          path,
          logical: logical + at * 512,
          physical: physical + at * 512,
        })),
      )
  const byAddress = new Map<number, { path: string; logical: number }[]>()
  for (const { physical, ...place } of files.flatMap(sectorsOf)) {
    byAddress.set(physical, [...(byAddress.get(physical) ?? []), place])
  }
  return sectorsOf(file)
    .filter(({ logical }) => logical >= offset && logical < offset + lengthBytes)
    .flatMap(({ logical, physical }) =>
      (byAddress.get(physical) ?? [])
        .filter((other) => other.path !== file.path || other.logical !== logical)
        .map((other) => [logical, other.path, other.logical].join()),
    )
}

function comparePicture({ map, units, files, random }: Case): void {
  const index = new PictureIndex(map)
  const sectors = units.flatMap((unit) => new Array<number>(unit.bytes / 512).fill(factsOf(unit).classCode))
  const widthPixels = 7 + random.below(40)
  const rows = 1 + random.below(12)
  const sectorsPerPixel = 1 + random.below(60)
  const start = random.below(sectors.length)
  const view = { widthPixels, rows, bytesPerPixel: sectorsPerPixel * 512, startByte: start * 512 }
  const expected = naivePixels(sectors.slice(start), sectorsPerPixel).slice(0, widthPixels * rows)
  const drawn = pixelsOfCells(diskMapPicture(index, view).cells, widthPixels, rows)
  expect(drawn.filter((pixel) => pixel !== undefined)).toEqual(expected)
  const lanes = { widthPixels, bytesPerPixel: view.bytesPerPixel, startByte: random.below(20) * 512, leastPixels: 0 }
  const classOf = new Map(units.map((unit) => [`${unit.isCompressed}${unit.order}`, factsOf(unit).classCode]))
  for (let file = 0; file < files.length; file++) {
    const judged = files.find(({ path }) => path === pathOfFile(map, file))
    if (judged === undefined) throw new Error('a file that nobody made')
    const lane = laneSectors(judged, classOf).slice(lanes.startByte / 512)
    const pixels = pixelsOfCells(lanesPicture(index, [file], lanes), widthPixels, 1)
    expect(pixels.filter((pixel) => pixel !== undefined)).toEqual(
      naivePixels(lane, sectorsPerPixel).slice(0, widthPixels),
    )
  }
}

function laneSectors({ extents, sizeBytes }: OracleFile, classOf: ReadonlyMap<string, number>): number[] {
  const sectors = new Array<number>(sizeBytes / 512).fill(blockClass.hole)
  for (const { logical, physical, length, flags } of extents) {
    for (let at = 0; at < length; at += 512) {
      const sector = (logical + at) / 512
      const key = flags.has('encoded')
        ? `true${2 ** 50 + physical}`
        : `false${physical + Math.floor(at / blockBytes) * blockBytes}`
      if (!flags.has('inline')) sectors[sector] = classOf.get(key) ?? -1
      else if (logical + at < sizeBytes) sectors[sector] = blockClass.inline
    }
  }
  for (let sector = 0; sector < sectors.length; sector++) sectors[sector] ??= blockClass.hole
  return sectors
}

/** The filesystem's own accountant knows files by the flag alone, and the set's shared blocks where none is compressed. */
function compareDiskUse({ map, layout, files, units }: Case): void {
  const use = btrfsDiskUse(layout.folder)
  for (let file = 0; file < files.length; file++) {
    const path = pathOfFile(map, file)
    const theirs = use.files.get(path) ?? use.files.get(join(layout.folder, path))
    let total = 0
    let exclusive = 0
    for (let extent = map.files.firstExtents[file] ?? 0; extent < (map.files.firstExtents[file + 1] ?? 0); extent++) {
      if ((map.extents.places[extent] ?? -1) < 0) continue
      const length = map.extents.lengths[extent] ?? 0
      total += length
      if (((map.extents.flags[extent] ?? 0) & 0x2000) === 0) exclusive += length
    }
    expect({ path, totalBytes: total, exclusiveBytes: exclusive }).toEqual({ path, ...theirs })
    const isRepeated = units.some((unit) => unit.uses.filter((user) => user === path).length > 1)
    if (!isRepeated && map.totals.encodedBytes === 0) expect(map.files.onlyHereBytes[file]).toBe(theirs?.exclusiveBytes)
  }
  if (map.totals.encodedBytes > 0) return
  expect(sumOf(units, ({ isFlagged, bytes }) => (isFlagged ? bytes : 0))).toBe(use.setSharedBytes)
}
