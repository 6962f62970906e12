/** Trees that are large, deep or long: a source tree in small, 100,000 files, nesting of 500, paths of 4,000 bytes. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KIB, MIB } from '../support/blocks.ts'
import { create, storedPaths } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

async function roundTrip(disk: MountedImage): Promise<void> {
  expect((await create(disk.mountpoint, ['in'], disk.path('a.reftar'))).problems).toEqual([])
  mkdirSync(disk.path('out'))
  expect((await extract(disk.path('a.reftar'), disk.path('out'))).problems).toEqual([])
}

/**
 * Names, kinds, modes, owners, sizes, times and link targets, by find: quick, and of paths of any length. A folder's own
 * size depends on how its names came into it.
 */
function listing(folder: string): string {
  const script = `cd "$1"; find . -printf '%P %M %U %G %T@ %l' \\( -type d -o -printf ' %s' \\) -printf '\\n' | sort`
  return runTool('bash', ['-c', script, 'bash', folder])
}

/** Sizes as in the kernel's source: most of a few KiB, some large; words that compress. */
function makeSourceTree(root: string, files: number): void {
  const words = randomBytes(64 * KIB)
    .toString('base64')
    .repeat(6)
  const number = (seed: string) => createHash('sha1').update(seed).digest().readUInt32LE(0)
  mkdirSync(root)
  for (let i = 0; i < files; i++) {
    const folder = `${root}/${number(`a${i}`) % 20}/${number(`b${i}`) % 12}`
    const size = number(`s${i}`) % 50 === 0 ? number(`l${i}`) % (300 * KIB) : number(`t${i}`) % (12 * KIB)
    const start = number(`o${i}`) % (words.length / 6)
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/file ${i}.c`, `${i}${words.slice(start, start + size)}`, {
      mode: i % 30 === 0 ? 0o755 : 0o644,
    })
  }
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('a source tree of 5,000 files, smaller than its tar', async () => {
    using disk = mountImage(type, { sizeBytes: 512 * MIB })
    makeSourceTree(disk.path('in'), 5000)
    await roundTrip(disk)
    expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
    runTool('tar', ['-C', disk.mountpoint, '-cf', disk.path('in.tar'), 'in'])
    expect(statSync(disk.path('a.reftar')).size).toBeLessThan(0.65 * statSync(disk.path('in.tar')).size)
  })

  it('nesting of 500', async () => {
    using disk = mountImage(type)
    const path = `in/${'d/'.repeat(499)}`
    mkdirSync(disk.path(path), { recursive: true })
    writeFileSync(disk.path(path, 'deepest'), 'x')
    writeFileSync(disk.path('in/d/d/d/z'), 'y')
    await roundTrip(disk)
    expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
  })

  it('a path of 4,000 bytes', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    // Longer than the kernel takes at once, so made and compared step by step.
    const script = `set -e; cd "$1"; for i in $(seq 15); do n=$(printf "%0255d" $i); mkdir -m 0$((700 + i % 8)) $n; cd $n; done
      head -c 100000 /dev/urandom > $(printf 'f%.0s' $(seq 156)); ln -s x y`
    runTool('bash', ['-c', script, 'bash', disk.path('in')])
    await roundTrip(disk)
    const stored = await storedPaths(disk.path('a.reftar'))
    expect(Math.max(...stored.map(({ length }) => length))).toBe('in'.length + 15 * 256 + 1 + 156)
    expect(listing(disk.path('out/in'))).toBe(listing(disk.path('in')))
    const summed = (folder: string) =>
      runTool('bash', ['-c', 'cd "$1"; find . -type f -execdir sha256sum {} +', 'bash', disk.path(folder)])
    expect(summed('out/in')).toBe(summed('in'))
  })
})

it.each(['btrfs', 'xfs'] as const)('100,000 empty files on %s', { timeout: 600_000 }, async (type) => {
  using disk = mountImage(type, { sizeBytes: 1024 * MIB })
  // A process that makes them all is quicker than a call for each.
  const script = 'for d in $(seq 0 9); do mkdir -p "$1/$d"; cd "$1/$d"; seq 0 9999 | xargs touch; done'
  runTool('bash', ['-c', script, 'bash', disk.path('in')])
  await roundTrip(disk)
  // Compared by the line, so that a failure doesn’t print 100,000.
  expect(listing(disk.path('out/in')) === listing(disk.path('in'))).toBe(true)
  expect(readdirSync(disk.path('out/in/9'))).toHaveLength(10_000)
  expect(statSync(disk.path('a.reftar')).size).toBeLessThan(4 * MIB)
})

it.each(['btrfs', 'xfs'] as const)('what every Debian has: /usr/share on %s', { timeout: 900_000 }, async (type) => {
  const kibibytes = Number.parseInt(runTool('du', ['-sk', '/usr/share']), 10)
  using disk = mountImage(type, { sizeBytes: 512 * MIB + 4 * kibibytes * KIB })
  runTool('cp', ['-a', '/usr/share', disk.path('in')])
  await roundTrip(disk)
  expect(listing(disk.path('out/in')) === listing(disk.path('in'))).toBe(true)
  const summed = (folder: string) =>
    runTool('bash', ['-c', 'cd "$1"; find . -type f -print0 | sort -z | xargs -0 sha256sum', 'bash', disk.path(folder)])
  expect(summed('out/in') === summed('in')).toBe(true)
})
