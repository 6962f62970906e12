/** `--keep-damaged`: what a damaged archive still has of a file comes back, what it hasn't is zeros and is told. */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExtractOptions } from '../../src/shared/jobs.ts'
import { cloneFile, MIB, overwrite, readRange } from '../support/blocks.ts'
import { runScript } from '../support/cli.ts'
import { create, storedEntry } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'

const flip = (path: string, offset: number): void =>
  overwrite(path, offset, Buffer.from([255 - (readRange(path, offset, 1)[0] ?? 0)]))

/** Where `in/big` has a hole, and where it is damaged. */
const hole = { start: MIB, end: 1.25 * MIB }
const damageAt = 2.5 * MIB

/** `in/big` of 5 MiB and a tail; `in/fine`, and `in/small`, which share a pack with that tail. */
async function damagedArchive(disk: MountedImage, format: 1 | 2 = 2): Promise<{ archive: string; big: Buffer }> {
  mkdirSync(disk.path('in'))
  const big = randomBytes(5 * MIB + 777).fill(0, hole.start, hole.end)
  writeFileSync(disk.path('in/big'), big)
  runTool('fallocate', ['--punch-hole', '-o', `${hole.start}`, '-l', `${hole.end - hole.start}`, disk.path('in/big')])
  writeFileSync(disk.path('in/fine'), randomBytes(300_000))
  writeFileSync(disk.path('in/small'), randomBytes(900))
  const archive = disk.path('a.reftar')
  await create(disk.mountpoint, ['in'], archive, { format })
  const segment = [...(await storedEntry(archive, 'in/big')).segments].filter(({ kind }) => kind === 'data')[1]
  if (segment?.kind !== 'data') throw new Error('it has no data after the hole')
  flip(archive, segment.archiveOffset + damageAt - hole.end)
  return { archive, big }
}

const options = { verifyContents: true, keepDamaged: true } as const

/** Bytes that differ, which have to be zeros. */
function lostBytes(path: string, original: Buffer): { first: number; count: number } {
  const found = readFileSync(path)
  expect(found.length).toBe(original.length)
  const ranges: number[] = []
  for (let at = 0; at < found.length; at += 512) {
    const length = Math.min(512, found.length - at)
    if (found.compare(original, at, at + length, at, at + length) === 0) continue
    expect(found.subarray(at, at + length).every((byte) => byte === 0)).toBe(true)
    ranges.push(at)
  }
  return { first: ranges[0] ?? -1, count: ranges.length * 512 }
}

describe('a damaged file is kept without its damaged range', () => {
  const ways: readonly (readonly [string, Partial<ExtractOptions>, 'btrfs' | 'xfs' | 'ext4'])[] = [
    ['cloned on btrfs', {}, 'btrfs'],
    ['cloned on XFS', {}, 'xfs'],
    ['copied', { clone: 'never' }, 'btrfs'],
    ['to another filesystem', {}, 'ext4'],
  ]
  it.each(ways)('%s', async (_, more, type) => {
    using disk = mountImage(type === 'xfs' ? 'xfs' : 'btrfs')
    using other = mountImage('ext4')
    const target = type === 'ext4' ? other : disk
    const { archive, big } = await damagedArchive(disk)
    mkdirSync(target.path('out'))
    const { summary, problems } = await extract(archive, target.path('out'), { ...options, ...more })
    expect(problems).toMatchObject([{ code: 'kept-damaged', entry: 'in/big' }])
    const { first, count } = lostBytes(target.path('out/in/big'), big)
    // No more than what is hashed as one.
    expect(first).toBeLessThanOrEqual(damageAt)
    expect(first + count).toBeGreaterThan(damageAt)
    expect(count).toBeLessThanOrEqual(MIB)
    expect(JSON.stringify(problems)).toContain(`${first}–${first + count - 1}`)
    for (const name of ['fine', 'small']) {
      expect(readFileSync(target.path('out/in', name)).equals(readFileSync(disk.path('in', name)))).toBe(true)
    }
    expect(summary).toMatchObject({ files: 3, lostBytes: count })
    expect(summary.proof.disprovedBytes + summary.proof.uncheckedBytes).toBe(0)
    expect(statSync(target.path('out/in/big')).mtimeMs).toBe(statSync(disk.path('in/big')).mtimeMs)
    if (target !== disk) return
    // What is whole are the source's own blocks again, as filefrag sees them.
    const shared = commonRanges(disk.path('in/big'), disk.path('out/in/big'))
    const sharedBytes = shared.reduce((sum, { length }) => sum + length, 0)
    expect(sharedBytes).toBe(more.clone === 'never' ? 0 : 5 * MIB - (hole.end - hole.start) - count)
  })
})

it('of format 1 and from a pipe too, and the exit code says so', async () => {
  using disk = mountImage('btrfs')
  const { big } = await damagedArchive(disk, 1)
  const without = runScript(disk.mountpoint, 'reftar extract -C without --verify-contents -f a.reftar')
  expect(without.err).toMatch(/in\/big: [^\n]*checksum[^\n]*\n.*--keep-damaged/)
  expect(existsSync(disk.path('without/in/big'))).toBe(false)
  for (const [name, from] of [
    ['file', '-f a.reftar'],
    ['pipe', '-f - < a.reftar'],
  ] as const) {
    const run = runScript(disk.mountpoint, `mkdir ${name}; reftar extract -C ${name} --keep-damaged ${from}`)
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/in\/big: .*kept, but 3.9 MB of it are damaged/)
    // One checksum for all that follows the hole.
    expect(lostBytes(disk.path(name, 'in/big'), big).first).toBe(hole.end)
    expect(statSync(disk.path(name, 'in/big')).mtimeMs).toBe(
      Math.trunc(statSync(disk.path('in/big')).mtimeMs / 1000) * 1000,
    )
  }
})

it('its other names are told, too, and take the place of nothing', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  const bytes = randomBytes(3 * MIB)
  writeFileSync(disk.path('in/a'), bytes)
  for (const name of ['b', 'c']) linkSync(disk.path('in/a'), disk.path('in', name))
  const archive = disk.path('a.reftar')
  await create(disk.mountpoint, ['in'], archive)
  const [segment] = (await storedEntry(archive, 'in/a')).segments
  if (segment?.kind !== 'data') throw new Error('it has no data')
  flip(archive, segment.archiveOffset + 1.5 * MIB)
  mkdirSync(disk.path('out/in'), { recursive: true })
  writeFileSync(disk.path('out/in/b'), 'mine')
  utimesSync(disk.path('out/in/b'), 0, 0)
  for (const onConflict of ['overwrite', 'newer'] as const) {
    const { problems } = await extract(archive, disk.path('out'), { ...options, onConflict })
    const told = Object.fromEntries(problems.map(({ entry, code }) => [entry, code]))
    expect(told).toMatchObject({ 'in/b': 'damaged' })
    if (onConflict === 'overwrite') expect(told).toMatchObject({ 'in/a': 'kept-damaged', 'in/c': 'kept-damaged' })
    expect(readFileSync(disk.path('out/in/b'), 'utf8')).toBe('mine')
  }
  expect(statSync(disk.path('out/in/c')).ino).toBe(statSync(disk.path('out/in/a')).ino)
  expect(lostBytes(disk.path('out/in/c'), bytes).count).toBe(MIB)
})

it('copies of it share what is left on another filesystem', async () => {
  using disk = mountImage('btrfs')
  using other = mountImage('xfs')
  mkdirSync(disk.path('in'))
  const bytes = randomBytes(20 * MIB)
  writeFileSync(disk.path('in/0'), bytes)
  for (let copy = 1; copy < 6; copy++) cloneFile(disk.path('in/0'), disk.path('in', `${copy}`))
  const archive = disk.path('a.reftar')
  await create(disk.mountpoint, ['in'], archive)
  const [segment] = (await storedEntry(archive, 'in/0')).segments
  if (segment?.kind !== 'data') throw new Error('it has no data')
  flip(archive, segment.archiveOffset + 10.5 * MIB)
  mkdirSync(other.path('out'))
  const before = allocatedBytes(other)
  const { problems } = await extract(archive, other.path('out'), options)
  expect(problems.map(({ code }) => code)).toEqual(Array(6).fill('kept-damaged'))
  for (let copy = 0; copy < 6; copy++) expect(lostBytes(other.path('out/in', `${copy}`), bytes).count).toBe(MIB)
  expect(allocatedBytes(other) - before).toBeLessThan(21 * MIB)
})

it('never takes the place of an existing file', async () => {
  using disk = mountImage('btrfs')
  const { archive } = await damagedArchive(disk)
  mkdirSync(disk.path('out/in'), { recursive: true })
  writeFileSync(disk.path('out/in/big'), 'mine')
  const { problems } = await extract(archive, disk.path('out'), { ...options, onConflict: 'overwrite' })
  expect(problems).toMatchObject([{ code: 'damaged', entry: 'in/big' }])
  expect(readFileSync(disk.path('out/in/big'), 'utf8')).toBe('mine')
})

it('a damaged pack costs tails and small files; of a small one nothing is left to keep', async () => {
  using disk = mountImage('btrfs')
  const { archive, big } = await damagedArchive(disk)
  const ends = await Promise.all(
    ['in/big', 'in/fine'].map(async (path) =>
      Math.max(
        ...[...(await storedEntry(archive, path)).segments].map((segment) =>
          segment.kind === 'data' ? segment.archiveOffset + segment.lengthBytes : 0,
        ),
      ),
    ),
  )
  // Past the data comes the pack, whose header is shorter than that.
  flip(archive, Math.max(...ends) + 1000)
  mkdirSync(disk.path('out'))
  const { summary, problems } = await extract(archive, disk.path('out'), options)
  expect(problems.map(({ entry }) => entry).sort()).toEqual(['in/big', 'in/fine', 'in/small'])
  expect(summary.files).toBe(2)
  expect(existsSync(disk.path('out/in/small'))).toBe(false)
  expect(readFileSync(disk.path('out/in/fine')).subarray(0, 290_000)).toEqual(
    readFileSync(disk.path('in/fine')).subarray(0, 290_000),
  )
  expect(lostBytes(disk.path('out/in/big'), big).count).toBeGreaterThan(777)
  expect(readFileSync(disk.path('out/in/big')).subarray(5 * MIB)).toEqual(Buffer.alloc(777))
})
