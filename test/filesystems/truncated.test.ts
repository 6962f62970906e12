/** Archives cut off anywhere: what is complete comes back, what isn't is never made up, and nobody calls it whole. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Entry } from '../../src/main/engine/index.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { cloneFile, KIB } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { create, storedPaths, verify, withArchive } from '../support/creation.ts'
import { extractFrom } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

type Tree = ReturnType<typeof readTree>

/** Several checkpoints: a page holds 1,024 entries. */
function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in'))
  for (let i = 0; i < 3300; i++) {
    const name = disk.path('in', String(i).padStart(4, '0'))
    if (i % 800 === 5) writeFileSync(name, randomBytes(72 * KIB))
    else if (i % 800 === 10) cloneFile(disk.path('in', String(i - 5).padStart(4, '0')), name)
    else if (i % 40 === 0) writeFileSync(name, randomBytes(700))
    else writeFileSync(name, i % 7 === 0 ? `${i}` : '')
  }
}

/** The entries that open and list without a fault, or none where that isn't an archive any more. */
async function readableEntries(cut: string): Promise<readonly Entry[]> {
  try {
    return await withArchive(cut, (reader) => {
      expect(reader.info).toMatchObject({ complete: false, rootHash: undefined })
      expect(reader.info.notices).not.toEqual([])
      return [...reader.entries()]
    })
  } catch (error) {
    if (error instanceof ReftarError && ['not-an-archive', 'damaged'].includes(error.code)) return []
    throw error
  }
}

/** What a cut archive still gives: entries in order, their contents right, and the loss told. Returns how many there are. */
async function expectPrefix(cut: string, out: string, paths: readonly string[], tree: Tree): Promise<number> {
  const entries = await readableEntries(cut)
  expect(entries.map(({ path }) => path)).toEqual(paths.slice(0, entries.length))
  if (entries.length === 0) return 0
  mkdirSync(out)
  const { summary, problems } = await withArchive(cut, (reader) => extractFrom(reader, out))
  expect(problems).toEqual([])
  expect(summary).toMatchObject({ archiveComplete: false, entries: entries.length })
  const expected = new Map([...tree].filter(([path]) => paths.indexOf(`in${path && `/${path}`}`) < entries.length))
  // The folder's own entry comes first, so it is there with its time in any case.
  expect(compareTrees(expected, readTree(`${out}/in`))).toEqual([])
  rmSync(out, { recursive: true })
  return entries.length
}

it('cut at every 4 KiB', { timeout: 120_000 }, async () => {
  using disk = mountImage('xfs')
  using target = mountImage('tmpfs')
  fill(disk)
  const cut = target.path('cut.reftar')
  await create(disk.mountpoint, ['in'], cut)
  const paths = await storedPaths(cut)
  const tree = readTree(disk.path('in'))
  const found = new Set<number>()
  const counts: number[] = []
  for (let size = Math.floor((statSync(cut).size - 1) / 4096) * 4096; size > 0; size -= 4096) {
    truncateSync(cut, size)
    const { length } = await readableEntries(cut)
    counts.push(length)
    // Extraction of what is the same as one block before tells nothing new.
    if (found.has(length)) continue
    found.add(length)
    expect(await expectPrefix(cut, target.path('out'), paths, tree)).toBe(length)
  }
  // Less of the file never gives more entries, and all checkpoints were met.
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  expect([...found]).toEqual([3301, 3072, 2048, 1024, 0])
})

it('a small one cut at every byte', { timeout: 120_000 }, async () => {
  using disk = mountImage('tmpfs')
  mkdirSync(disk.path('in'))
  for (const size of [0, 10, 3000]) writeFileSync(disk.path('in', `${size}`), randomBytes(size))
  const cut = disk.path('cut.reftar')
  await create(disk.mountpoint, ['in'], cut)
  const paths = await storedPaths(cut)
  const tree = readTree(disk.path('in'))
  const seen = new Set<number>()
  for (let size = statSync(cut).size - 1; size >= 0; size--) {
    truncateSync(cut, size)
    const { length } = await readableEntries(cut)
    expect([0, paths.length]).toContain(length)
    if (size % 1000 === 0) expect(await expectPrefix(cut, disk.path('out'), paths, tree)).toBe(length)
    seen.add(length)
  }
  expect([...seen]).toEqual([paths.length, 0])
})

it('verify says so, and the command line’s exit code is not 0', async () => {
  using disk = mountImage('btrfs')
  fill(disk)
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  const whole = readFileSync(disk.path('a.reftar'))
  for (const [index, size] of [whole.length - 1, whole.length - 5000, whole.length >> 1, 4096, 100].entries()) {
    writeFileSync(disk.path('cut.reftar'), whole.subarray(0, size))
    const readable = (await readableEntries(disk.path('cut.reftar'))).length
    for (const command of [['list'], ['info'], ['verify'], ['extract', '-C', `out${index}`]]) {
      const { code, err } = runCli(disk.mountpoint, ...command, '-q', '-f', 'cut.reftar')
      expect({ command, size, code }).toEqual({ command, size, code: 3 })
      expect(err).toMatch(/^reftar: /m)
    }
    if (readable > 0) {
      expect((await verify(disk.path('cut.reftar'))).report.complete).toBe(false)
      expect(readdirSync(disk.path(`out${index}`, 'in'))).toHaveLength(readable - 1)
    }
  }
})

it('files of whole blocks: what is lost is the end, whether they are cloned or copied', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 1024 * 1024 * KIB })
  mkdirSync(disk.path('in'))
  const count = 150
  for (let i = 0; i < count; i++) {
    writeFileSync(disk.path('in', String(i).padStart(4, '0')), randomBytes(1024 * KIB + 100))
  }
  const cut = disk.path('cut.reftar')
  for (const clone of ['always', 'never'] as const) {
    await create(disk.mountpoint, ['in'], cut, { clone })
    truncateSync(cut, statSync(cut).size - 10 * 1024 * KIB)
    const entries = await readableEntries(cut)
    expect(entries.length).toBeGreaterThan(count - 80)
    expect((await verify(cut)).report.entriesChecked).toBe(entries.length)
  }
})

it('within a large file: what comes before it stays', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 1024 * 1024 * KIB })
  mkdirSync(disk.path('in'))
  const count = 36
  for (let i = 0; i < count; i++) writeFileSync(disk.path('in', `a${i}`), randomBytes(1024 * KIB + 100))
  writeFileSync(disk.path('in/b'), randomBytes(200 * 1024 * KIB))
  const cut = disk.path('cut.reftar')
  for (const clone of ['always', 'never'] as const) {
    await create(disk.mountpoint, ['in'], cut, { clone })
    truncateSync(cut, statSync(cut).size - 100 * 1024 * KIB)
    // All up to the checkpoint at 32 MiB, though the one large file behind it is cut.
    expect((await readableEntries(cut)).length).toBeGreaterThanOrEqual(32)
    rmSync(cut)
  }
})
