/** What shares blocks before archiving shares exactly the same blocks afterwards; filefrag and the disk's own books say so. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloneFile, cloneRange, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { create } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'
import { allocatedBytes, type CommonRange, commonRanges, filefrag } from '../support/oracle.ts'
import { compareTrees, readTree } from '../support/tree.ts'

/** What every two files of a folder share, and each with itself. */
function sharingIn(folder: string, names: readonly string[]): Record<string, readonly CommonRange[]> {
  const pairs = names.flatMap((a, index) => names.slice(index).map((b) => [a, b] as const))
  return Object.fromEntries(pairs.map(([a, b]) => [`${a} and ${b}`, commonRanges(`${folder}/${a}`, `${folder}/${b}`)]))
}

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  it.each([{ instant: false }, { instant: true }])(
    '4 × 5 MiB reflinked: no new space either way, %o',
    async (options) => {
      using disk = mountImage(type)
      const names = ['0', '1', '2', '3']
      mkdirSync(disk.path('in'))
      writeFileSync(disk.path('in/0'), randomBytes(5 * MIB))
      for (const name of names.slice(1)) cloneFile(disk.path('in/0'), disk.path('in', name))

      const before = allocatedBytes(disk)
      const { summary, problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), options)
      const between = allocatedBytes(disk)
      expect(between - before).toBeLessThanOrEqual(256 * KIB)
      expect(problems).toEqual([])
      expect(summary).toMatchObject({ clonedBytes: 5 * MIB, sharedBytes: 15 * MIB, copied: {} })
      expect(statSync(disk.path('a.reftar')).size).toBeLessThanOrEqual(5.1 * MIB)

      mkdirSync(disk.path('out'))
      await extract(disk.path('a.reftar'), disk.path('out'))
      expect(allocatedBytes(disk) - between).toBeLessThanOrEqual(256 * KIB)
      expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
      const whole = [{ aOffset: 0, bOffset: 0, length: 5 * MIB }]
      for (const name of names) {
        expect(commonRanges(disk.path('out/in/0'), disk.path('out/in', name))).toEqual(whole)
        const extents = filefrag(disk.path('out/in', name))
        expect(extents.reduce((sum, { length }) => sum + length, 0)).toBe(5 * MIB)
        expect(extents.every(({ flags }) => flags.has('shared'))).toBe(true)
      }
    },
  )

  it('the extracted files share among themselves when archive and source are gone', async () => {
    using disk = mountImage(type)
    using elsewhere = mountImage('ext4')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/a'), randomBytes(3 * MIB + 5))
    cloneFile(disk.path('in/a'), disk.path('in/b'))
    await create(disk.mountpoint, ['in'], elsewhere.path('a.reftar'))
    mkdirSync(disk.path('out'))
    const before = allocatedBytes(disk)
    const { summary } = await extract(elsewhere.path('a.reftar'), disk.path('out'))
    expect(allocatedBytes(disk) - before).toBeLessThanOrEqual(3 * MIB + 256 * KIB)
    expect(commonRanges(disk.path('out/in/a'), disk.path('out/in/b'))).toContainEqual({
      aOffset: 0,
      bOffset: 0,
      length: 3 * MIB,
    })
    expect(summary.proof.disprovedBytes).toBe(0)
  })

  it('exactly the same ranges: other offsets, itself, partly overwritten', async () => {
    using disk = mountImage(type)
    const source = disk.path('in')
    mkdirSync(source)
    const path = (name: string) => `${source}/${name}`
    for (const [name, size] of [
      ['a', 3 * MIB],
      ['b', 4 * MIB + 7],
      ['itself', 2 * MIB],
    ] as const)
      writeFileSync(path(name), randomBytes(size))
    // 1 MiB at different offsets; within one file once apart and once adjoining; then a copy with 200 changed places.
    cloneRange(path('a'), 512 * KIB, path('b'), 2 * MIB + 64 * KIB, MIB)
    cloneRange(path('itself'), 0, path('itself'), MIB, 256 * KIB)
    cloneRange(path('itself'), 256 * KIB, path('itself'), 512 * KIB, 256 * KIB)
    cloneFile(path('a'), path('changed'))
    overwriteRandomly(
      path('changed'),
      Array.from({ length: 200 }, (_, index) => index * 12 * KIB + 100),
      50,
    )
    // A single shared block, and one file that is a part of another.
    writeFileSync(path('one block'), randomBytes(128 * KIB))
    cloneRange(path('b'), 4 * MIB - 4 * KIB, path('one block'), 60 * KIB, 4 * KIB)
    writeFileSync(path('part'), '')
    cloneRange(path('a'), 128 * KIB, path('part'), 0, 256 * KIB)
    const names = ['a', 'b', 'itself', 'changed', 'one block', 'part']
    const expected = sharingIn(source, names)
    expect(Object.values(expected).flat().length).toBeGreaterThan(200)

    for (const options of [{}, { instant: true }, { deduplicate: false }]) {
      const folder = disk.path(`out ${JSON.stringify(options)}`)
      const { problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), options)
      expect(problems).toEqual([])
      mkdirSync(folder)
      const { summary } = await extract(disk.path('a.reftar'), folder)
      expect(compareTrees(readTree(source), readTree(`${folder}/in`))).toEqual([])
      expect(sharingIn(`${folder}/in`, names)).toEqual(expected)
      expect(summary.proof.disprovedBytes).toBe(0)
    }
  })
})
