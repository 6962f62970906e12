/** Equal content is stored once, never what only looks equal, and zeros not at all. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sampleKey } from '../../src/main/engine/dedup/sample-key.ts'
import { KIB, MIB } from '../support/blocks.ts'
import { runScript } from '../support/cli.ts'
import { withEqualCrc32 } from '../support/crc-collision.ts'
import { create, storedEntry, verify } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges, dataRanges } from '../support/oracle.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const BLOCK = 4 * KIB
const pipe = 'reftar create -f - in | tee a.reftar | reftar extract -f - -q -C out'

/** Archives `in` with everything on and extracts it to `out`, in-process or through a pipe; the contents must be equal. */
async function roundTrip(disk: MountedImage, way: 'file' | 'pipe'): Promise<void> {
  mkdirSync(disk.path('out'))
  if (way === 'pipe') expect(runScript(disk.mountpoint, pipe)).toMatchObject({ code: 0, err: '' })
  else {
    expect((await create(disk.mountpoint, ['in'], disk.path('a.reftar'))).problems).toEqual([])
    expect((await extract(disk.path('a.reftar'), disk.path('out'))).problems).toEqual([])
  }
  expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
  expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
}

function sampleOf({ buffer, byteOffset }: Buffer): number {
  return sampleKey(new DataView(buffer, byteOffset), 0, BLOCK)
}

/** A copy that differs in a byte that isn't looked at. */
function withEqualSample(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(5) ^ 0xff, 5)
  return copy
}

function fill(disk: MountedImage, contents: Readonly<Record<string, Buffer>>): void {
  mkdirSync(disk.path('in'))
  for (const [name, bytes] of Object.entries(contents)) writeFileSync(disk.path('in', name), bytes)
}

describe.each(['file', 'pipe'] as const)('into a %s', (way) => {
  it('equal blocks of unrelated files are stored once, at shifted positions too, in few runs', async () => {
    using disk = mountImage('ext4')
    const [common, a, b, c] = [randomBytes(2 * MIB), randomBytes(MIB), randomBytes(MIB), randomBytes(MIB)]
    fill(disk, {
      a: Buffer.concat([a, common, randomBytes(300)]),
      // The same at another block position, then once more, and in between what is new.
      b: Buffer.concat([b.subarray(0, 3 * BLOCK), common, b.subarray(3 * BLOCK), common.subarray(MIB)]),
      // A file that is nothing but a copy, with a tail of its own.
      c: Buffer.concat([common, randomBytes(77)]),
      // Another of which one block in 64 is changed.
      d: Buffer.from(common.map((byte, index) => ((index / BLOCK) % 64 === 0 ? byte ^ 1 : byte))),
      // Nothing in common with anything.
      e: c,
    })
    await roundTrip(disk, way)
    const unique = common.length + a.length + b.length + c.length + 8 * BLOCK
    expect(statSync(disk.path('a.reftar')).size).toBeLessThanOrEqual(unique + 64 * KIB)
    const segmentsOf = async (name: string) => (await storedEntry(disk.path('a.reftar'), `in/${name}`)).segments.length
    expect(await segmentsOf('b')).toBe(4)
    expect(await segmentsOf('c')).toBe(2)
    expect(await segmentsOf('d')).toBeLessThanOrEqual(16)
  })

  it.each([
    { equal: 'CRC-32', keyOf: crc32, collide: withEqualCrc32, isFoundAgain: true },
    { equal: 'samples', keyOf: sampleOf, collide: withEqualSample, isFoundAgain: way === 'pipe' },
  ])('different blocks with equal $equal stay different', async ({ keyOf, collide, isFoundAgain }) => {
    using disk = mountImage('ext4')
    const blocks = Array.from({ length: 64 }, () => randomBytes(BLOCK))
    const colliding = blocks.map((block, index) => collide(block, (index * 61) % (BLOCK - 5)))
    for (const [index, block] of blocks.entries()) {
      expect(keyOf(colliding[index] ?? Buffer.alloc(0))).toBe(keyOf(block))
      expect(block.equals(colliding[index] ?? block)).toBe(false)
    }
    const half = blocks.map((block, index) => (index < 32 ? block : (colliding[index] ?? block)))
    fill(disk, {
      a: Buffer.concat(blocks),
      b: Buffer.concat(colliding),
      c: Buffer.concat(half),
      // Small files are told apart by content too.
      'small a': Buffer.concat(blocks.slice(0, 3)),
      'small b': Buffer.concat(colliding.slice(0, 3)),
    })
    await roundTrip(disk, way)
    // Half of c is in a, half in b. Where a sample only proposes a place, it proposes the first: that in a.
    const blockCount = isFoundAgain ? 128 : 160
    expect(statSync(disk.path('a.reftar')).size).toBeGreaterThan(blockCount * BLOCK)
    expect(statSync(disk.path('a.reftar')).size).toBeLessThan(blockCount * BLOCK + 64 * KIB)
  })

  it('zeros become holes', async () => {
    using disk = mountImage('ext4')
    const data = randomBytes(128 * KIB)
    fill(disk, { zeros: Buffer.alloc(3 * MIB), mixed: Buffer.concat([data, Buffer.alloc(MIB), data]) })
    await roundTrip(disk, way)
    expect(statSync(disk.path('a.reftar')).size).toBeLessThan(128 * KIB + 64 * KIB)
    expect(dataRanges(disk.path('out/in/zeros'), 3 * MIB)).toEqual([])
    expect(dataRanges(disk.path('out/in/mixed'), MIB + 256 * KIB)).toEqual([
      { offset: 0, length: 128 * KIB },
      { offset: 128 * KIB + MIB, length: 128 * KIB },
    ])
    expect((await storedEntry(disk.path('a.reftar'), 'in/zeros')).segments).toEqual([
      { kind: 'zero', lengthBytes: 3 * MIB },
    ])
  })
})

it('what was equal on ext4 shares blocks on btrfs', async () => {
  using disk = mountImage('ext4')
  using target = mountImage('btrfs')
  const common = randomBytes(MIB)
  fill(disk, { a: Buffer.concat([randomBytes(256 * KIB), common]), b: Buffer.concat([common, randomBytes(MIB)]) })
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  await extract(disk.path('a.reftar'), target.mountpoint)
  expect(compareTrees(readTree(disk.path('in')), readTree(target.path('in')))).toEqual([])
  expect(commonRanges(target.path('in/a'), target.path('in/b'))).toEqual([
    { aOffset: 256 * KIB, bOffset: 0, length: MIB },
  ])
})

it('--no-dedup stores equal content as often as it occurs, and what shares blocks once', async () => {
  using disk = mountImage('btrfs')
  const common = randomBytes(MIB)
  fill(disk, { a: common, b: common })
  const apart = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), { deduplicate: false })
  expect(apart.summary).toMatchObject({ clonedBytes: 2 * MIB, duplicateBytes: 0, sharedBytes: 0 })
  const together = await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  expect(together.summary).toMatchObject({ clonedBytes: MIB, duplicateBytes: MIB, sharedBytes: 0 })
})
