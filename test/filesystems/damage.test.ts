/** A flipped byte anywhere: found, named, and never handed out as somebody's contents. */
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ReftarError } from '../../src/shared/errors.ts'
import type { ExtractOptions } from '../../src/shared/jobs.ts'
import { cloneFile, KIB, MIB, overwrite, readRange } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { create, seal, storedEntry, verify } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges } from '../support/oracle.ts'

function flip(path: string, offset: number): void {
  overwrite(path, offset, Buffer.from([255 - (readRange(path, offset, 1)[0] ?? 0)]))
}

/** Two files that share a run, and others that don't: `shared` and `clone` have the damaged run in common. */
async function makeArchive(disk: MountedImage, options: object = {}): Promise<string> {
  mkdirSync(disk.path('in'))
  for (const name of ['other', 'shared']) writeFileSync(disk.path('in', name), randomBytes(3 * MIB))
  cloneFile(disk.path('in/shared'), disk.path('in/clone'))
  for (let i = 0; i < 10; i++) writeFileSync(disk.path('in', `small ${i}`), randomBytes(1000))
  const archive = disk.path('a.reftar')
  await create(disk.mountpoint, ['in'], archive, options)
  return archive
}

/** Flips a byte in the middle of a file's data. */
async function damageData(archive: string, path: string): Promise<void> {
  const [first] = (await storedEntry(archive, path)).segments
  if (first?.kind !== 'data') throw new Error('it has no data')
  flip(archive, first.archiveOffset + MIB + 12_345)
}

const names = (problems: readonly { readonly entry?: string }[]) => problems.map(({ entry }) => entry).sort()

describe('in a data run', () => {
  it('verify names every entry that it hurts', async () => {
    using disk = mountImage('btrfs')
    const archive = await makeArchive(disk)
    await damageData(archive, 'in/shared')
    const { report, problems } = await verify(archive)
    expect(report.faults).toBeGreaterThan(0)
    const told = problems.map((problem) => JSON.stringify(problem)).join('\n')
    for (const name of ['in/shared', 'in/clone']) expect(told).toContain(name)
    expect(told).not.toContain('in/other')
    expect(told).not.toContain('in/small')
    const run = runCli(disk.mountpoint, 'verify', 'a.reftar')
    expect(run.code).toBe(3)
    expect(run.err).toContain('in/shared')
  })

  it('hurts only the file it is in, however small', async () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in'))
    const files = ['big1', 'big2', 'big3', 'big4'].map((name) => `in/${name}`)
    for (const name of files) writeFileSync(disk.path(name), randomBytes(200_000))
    const [created, instant, converted] = ['a', 'b', 'c'].map((name) => disk.path(`${name}.reftar`)) as [
      string,
      string,
      string,
    ]
    await create(disk.mountpoint, ['in'], created)
    await create(disk.mountpoint, ['in'], instant, { instant: true })
    await seal(instant)
    await create(disk.mountpoint, ['in'], disk.path('old.reftar'), { format: 1 })
    expect(runCli(disk.mountpoint, 'convert', 'old.reftar', converted).code).toBe(0)
    for (const [index, archive] of [created, instant, converted].entries()) {
      const victim = files[index] ?? ''
      const [first] = (await storedEntry(archive, victim)).segments
      if (first?.kind !== 'data') throw new Error('it has no data')
      flip(archive, first.archiveOffset + 5000)
      const told = (await verify(archive)).problems.filter(({ entry }) => entry !== undefined)
      expect(names(told)).toEqual([victim])
      const out = disk.path(`out${index}`)
      mkdirSync(out)
      expect(names((await extract(archive, out, { verifyContents: true })).problems)).toEqual([victim])
    }
  })

  const ways: readonly (readonly [string, Partial<ExtractOptions>, 'btrfs' | 'ext4'])[] = [
    ['cloning with --verify-contents', { verifyContents: true }, 'btrfs'],
    ['copying', { clone: 'never' }, 'btrfs'],
    ['to another filesystem', {}, 'ext4'],
  ]
  it.each(ways)('extraction refuses it when %s', async (_, options, targetType) => {
    using disk = mountImage('btrfs')
    using other = mountImage(targetType)
    const target = targetType === 'btrfs' ? disk : other
    const archive = await makeArchive(disk)
    await damageData(archive, 'in/shared')
    mkdirSync(target.path('out'))
    const { problems } = await extract(archive, target.path('out'), options)
    expect(names(problems)).toEqual(['in/clone', 'in/shared'])
    expect(problems.every(({ code }) => code === 'damaged')).toBe(true)
    for (const name of ['shared', 'clone']) expect(existsSync(target.path('out/in', name))).toBe(false)
    expect(readFileSync(target.path('out/in/other')).equals(readFileSync(disk.path('in/other')))).toBe(true)
  })

  it('cloning alone doesn’t read it, and doesn’t claim to have', async () => {
    using disk = mountImage('btrfs')
    const archive = await makeArchive(disk)
    await damageData(archive, 'in/shared')
    mkdirSync(disk.path('out'))
    const { summary, problems } = await extract(archive, disk.path('out'))
    expect(problems).toEqual([])
    expect(summary.contentsVerified).toBe(false)
    // It is what the archive holds; the source kept its own blocks.
    const differing = commonRanges(disk.path('in/shared'), disk.path('out/in/shared'))
    expect(differing.reduce((sum, { length }) => sum + length, 0)).toBe(3 * MIB - 4 * KIB)
  })

  it('in a sealed archive too', async () => {
    using disk = mountImage('xfs')
    const archive = await makeArchive(disk, { instant: true })
    await seal(archive)
    await damageData(archive, 'in/shared')
    expect((await verify(archive)).report.faults).toBeGreaterThan(0)
    mkdirSync(disk.path('out'))
    const { problems } = await extract(archive, disk.path('out'), { verifyContents: true })
    expect(names(problems)).toEqual(['in/clone', 'in/shared'])
  })
})

it('in packs, pages, hashes, directory, trailer and superblock: never unnoticed', async () => {
  using disk = mountImage('btrfs')
  const archive = await makeArchive(disk)
  const [first] = (await storedEntry(archive, 'in/other')).segments
  if (first?.kind !== 'data') throw new Error('it has no data')
  const size = statSync(archive).size
  const good = new Map(
    ['small 3', 'small 9', 'other', 'clone', 'shared'].map((name) => [name, readFileSync(disk.path('in', name))]),
  )
  const metadata = [...range(0, 4 * KIB, 131), ...range(4 * KIB + 6 * MIB, size, 487)]
  expect(metadata.length).toBeGreaterThan(80)
  mkdirSync(disk.path('out'))
  for (const offset of metadata) {
    const hurt = disk.path('hurt.reftar')
    copyFileSync(archive, hurt)
    flip(hurt, offset)
    let told = true
    try {
      const { report } = await verify(hurt)
      // Without directory or trailer it is like one that was cut off.
      told = report.faults > 0 || !report.complete
    } catch (error) {
      if (!(error instanceof ReftarError)) throw error
      expect(['damaged', 'not-an-archive', 'unsupported-version']).toContain(error.code)
    }
    expect({ offset, told }).toEqual({ offset, told: true })
    await expectNothingWrong(hurt, disk, good)
  }
})

function* range(start: number, end: number, step: number): Generator<number> {
  for (let at = start; at < end; at += step) yield at
}

/** What a damaged archive still gives is right. */
async function expectNothingWrong(
  archive: string,
  disk: MountedImage,
  good: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const out = disk.path('out/one')
  mkdirSync(out)
  try {
    const { problems } = await extract(archive, out)
    for (const [name, bytes] of good) {
      const path = `${out}/in/${name}`
      if (existsSync(path)) expect(readFileSync(path).equals(bytes)).toBe(true)
      else if (problems.length > 0) expect(JSON.stringify(problems)).toContain('in/')
    }
  } catch (error) {
    if (!(error instanceof ReftarError)) throw error
    expect(['damaged', 'not-an-archive', 'unsupported-version']).toContain(error.code)
  }
  rmSync(out, { recursive: true })
}
