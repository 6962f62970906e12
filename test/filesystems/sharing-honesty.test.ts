/** What can't be known is said, and never drawn as something else. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import type { Ports } from '../../src/main/engine/ports.ts'
import { analyseSharing } from '../../src/main/engine/sharing/analyse.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { blockClass } from '../../src/shared/sharing/block-class.ts'
import { diskMapPicture, wholeDiskMap } from '../../src/shared/sharing/disk-map.ts'
import { lanesPicture, wholeLanes } from '../../src/shared/sharing/lanes.ts'
import { PictureIndex } from '../../src/shared/sharing/picture-index.ts'
import { freedBytes } from '../../src/shared/sharing/sharers.ts'
import { pathOfFile, type SharingMap } from '../../src/shared/sharing/sharing-map.ts'
import { changeVisibly, cloneFile, MIB, overwriteRandomly } from '../support/blocks.ts'
import { watchedJob } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'

async function mapOf(paths: readonly string[], ports: Ports = createPorts(), partial?: (map: SharingMap) => void) {
  const { job, problems } = watchedJob()
  const inputs = paths.map((path) => ({ path: textToByteString(path), role: 'other' as const }))
  const options = { limitGroups: 10, ...(partial === undefined ? {} : { partial }) }
  return { ...(await analyseSharing(ports, inputs, options, job)), reported: problems }
}

/** All classes that the picture of a map has, in the disk map and in the lanes. */
function drawnClasses(map: SharingMap): { disk: number[]; lanes: number[] } {
  const index = new PictureIndex(map)
  const files = map.files.names.map((_, file) => file)
  const unique = (codes: Uint8Array) => [...new Set(codes)].sort((a, b) => a - b)
  return {
    disk: unique(diskMapPicture(index, wholeDiskMap(index, 50, 4)).cells.classes),
    lanes: unique(lanesPicture(index, files, wholeLanes(index, files, 50)).classes),
  }
}

const reasonOf = (map: SharingMap, file: number) => {
  const reason = map.reasons[map.files.reasons[file] ?? -1]
  return reason === undefined ? undefined : inEnglish(reason)
}

describe('filesystems that don’t tell', () => {
  it('tmpfs: nothing on the disk map, unchecked lanes, the reason', async () => {
    using disk = mountImage('tmpfs')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    const { map } = await mapOf([disk.mountpoint])
    expect(map.totals).toMatchObject({ uncheckedBytes: MIB, onDiskBytes: 0, onlyHereBytes: 0, sharedBytes: 0 })
    expect(drawnClasses(map)).toEqual({ disk: [], lanes: [blockClass.unchecked] })
    expect(reasonOf(map, 0)).toBe('tmpfs keeps files in memory; it has no blocks to share')
  })

  it('overlayfs: nothing is told, also where the kernel passes the question on to the layer below', async () => {
    using disk = mountImage('btrfs')
    for (const name of ['lower', 'upper', 'work', 'merged']) mkdirSync(disk.path(name))
    writeFileSync(disk.path('lower/a'), randomBytes(MIB))
    cloneFile(disk.path('lower/a'), disk.path('lower/b'))
    const layers = `lowerdir=${disk.path('lower')},upperdir=${disk.path('upper')},workdir=${disk.path('work')}`
    execFileSync('mount', ['-t', 'overlay', '-o', layers, 'overlay', disk.path('merged')])
    const { map } = await mapOf([disk.path('merged'), disk.path('lower')])
    expect(map.totals).toMatchObject({ onlyHereBytes: 0, sharedBytes: MIB, onDiskBytes: MIB, uncheckedBytes: 2 * MIB })
    expect(reasonOf(map, 0)).toBe('overlayfs doesn’t tell where its files’ blocks are')
  })

  it('ext4: known, and never shared', async () => {
    using disk = mountImage('ext4')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    const { map } = await mapOf([disk.path('a')])
    expect(map.filesystems[0]).toMatchObject({ type: 'ext4', canShare: false })
    expect(drawnClasses(map)).toEqual({ disk: [blockClass.onlyHere], lanes: [blockClass.onlyHere] })
    expect(map.totals).toMatchObject({ onlyHereBytes: MIB, uncheckedBytes: 0 })
  })
})

describe('files that can’t be trusted', () => {
  it('one that can’t be opened is there, unchecked, with its size', async () => {
    using disk = mountImage('btrfs')
    writeFileSync(disk.path('open'), randomBytes(MIB))
    writeFileSync(disk.path('closed'), randomBytes(MIB))
    chmodSync(disk.path('closed'), 0)
    const ports = createPorts()
    // Root may open anything: the refusal comes from here, by the same code path as for others.
    const files = Object.assign(Object.create(ports.files), {
      openFile(...[directory, name]: Parameters<typeof ports.files.openFile>) {
        if (name === 'closed') ports.files.openFile(directory, textToByteString('closed/'))
        return ports.files.openFile(directory, name)
      },
    })
    const { map, problems, reported } = await mapOf([disk.mountpoint], { ...ports, files })
    expect(problems).toBe(1)
    expect(reported).toHaveLength(1)
    const closed = map.files.names.indexOf('closed')
    expect(map.files.uncheckedBytes[closed]).toBe(MIB)
    expect(reasonOf(map, closed)).toMatch(/^it can’t be opened/)
    expect(map.totals).toMatchObject({ files: 2, onlyHereBytes: MIB, uncheckedBytes: MIB })
  })

  it('one that changes whenever it is looked at is unchecked', async () => {
    using disk = mountImage('xfs')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    writeFileSync(disk.path('b'), randomBytes(MIB))
    const ports = createPorts()
    let looks = 0
    const extentMap: Ports['extentMap'] = {
      ...ports.extentMap,
      visitExtents(...args) {
        const found = ports.extentMap.visitExtents(...args)
        looks++
        if (looks <= 2) changeVisibly(disk.path('a'), looks * 8192, 4096)
        return found
      },
    }
    const { map } = await mapOf([disk.path('a'), disk.path('b')], { ...ports, extentMap })
    expect(reasonOf(map, 0)).toBe('it changed while it was looked at')
    expect(map.totals).toMatchObject({ uncheckedBytes: MIB, onlyHereBytes: MIB })
  })

  it('one that changes once is looked at again', async () => {
    using disk = mountImage('btrfs')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    const ports = createPorts()
    let looks = 0
    const extentMap: Ports['extentMap'] = {
      ...ports.extentMap,
      visitExtents(...args) {
        const found = ports.extentMap.visitExtents(...args)
        if (looks++ === 0) changeVisibly(disk.path('a'), 8192, 4096)
        return found
      },
    }
    const { map } = await mapOf([disk.path('a')], { ...ports, extentMap })
    expect(looks).toBe(2)
    expect(map.totals.uncheckedBytes).toBe(0)
    expect(map.extents.files).toHaveLength(3)
  })
})

it.each(['btrfs', 'xfs'] as const)('%s: what is only in memory yet doesn’t leave stale flags behind', async (type) => {
  using disk = mountImage(type)
  writeFileSync(disk.path('a'), randomBytes(MIB))
  cloneFile(disk.path('a'), disk.path('b'))
  // All of “b” is written again, which “a”, looked at first, hears of only when that is on disk.
  overwriteRandomly(disk.path('b'), [0], MIB)
  const { map } = await mapOf([disk.path('a'), disk.path('b')])
  expect(map.totals).toMatchObject({ onlyHereBytes: 2 * MIB, sharedBytes: 0, sharedWithOthersBytes: 0 })
})

describe('names', () => {
  it('a file given twice isn’t shared with itself', async () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/a'), randomBytes(MIB))
    const { map } = await mapOf([disk.path('in/a'), disk.path('in'), disk.path('in/a')])
    expect(map.totals).toMatchObject({ files: 1, onlyHereBytes: MIB, sharedBytes: 0 })
  })

  it('deleting one of several names frees nothing', async () => {
    using disk = mountImage('xfs')
    for (const folder of ['in', 'in/one', 'in/two']) mkdirSync(disk.path(folder))
    writeFileSync(disk.path('in/one/a'), randomBytes(MIB))
    linkSync(disk.path('in/one/a'), disk.path('in/two/a'))
    writeFileSync(disk.path('in/one/b'), randomBytes(MIB))
    linkSync(disk.path('in/one/b'), disk.path('outside'))
    const { map } = await mapOf([disk.path('in')])
    const folderOf = (name: string) => map.folders.names.indexOf(name)
    expect(map.folders.onlyHereBytes[folderOf('one')]).toBe(0)
    // Both names of “a” lie in “in”; of “b” one lies outside.
    expect(map.folders.onlyHereBytes[folderOf('in')]).toBe(MIB)
    expect(map.folders.onDiskBytes[folderOf('two')]).toBe(MIB)
    expect(freedBytes(new PictureIndex(map), () => true)).toMatchObject({ ownBytes: MIB, filesWithOtherNames: 1 })
  })
})

it('shows what it has so far, and ends with the same as without showing', async () => {
  using disk = mountImage('btrfs')
  for (let file = 0; file < 300; file++) writeFileSync(disk.path(`f${file}`), randomBytes(8192))
  const ports = createPorts()
  // A clock on which every look takes a while.
  let time = 0
  const clock = { ...ports.clock, now: () => (time += 5) }
  const partials: SharingMap[] = []
  const { map } = await mapOf([disk.mountpoint], { ...ports, clock }, (partial) => partials.push(partial))
  expect(partials.length).toBeGreaterThan(2)
  expect(partials.every(({ complete }) => !complete)).toBe(true)
  const counts = partials.map(({ totals }) => totals.files)
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
  expect(partials.at(-1)?.totals.onlyHereBytes).toBe((counts.at(-1) ?? 0) * 8192)
  const { map: alone } = await mapOf([disk.mountpoint])
  expect(map.complete).toBe(true)
  expect(map.totals).toEqual(alone.totals)
  expect(map.files.names.map((_, file) => pathOfFile(map, file))).toEqual(
    alone.files.names.map((_, file) => pathOfFile(alone, file)),
  )
})
