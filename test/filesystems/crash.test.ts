/** Ctrl-C and kill -9 at random moments, 50 times each: what has a final name is whole, what was there before is untouched. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloneFile, KIB, MIB } from '../support/blocks.ts'
import { create, verify, withArchive } from '../support/creation.ts'
import { interruptOften, stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const timesEach = 25

/** Enough for some hundred milliseconds of work. */
function fill(disk: MountedImage): void {
  for (const folder of ['in/a', 'in/b', 'more']) mkdirSync(disk.path(folder), { recursive: true })
  for (let i = 0; i < 4; i++) writeFileSync(disk.path('in/a', `large ${i}`), randomBytes(4 * MIB + i))
  if (disk.type === 'btrfs') cloneFile(disk.path('in/a/large 0'), disk.path('in/b/clone'))
  for (let i = 0; i < 700; i++) writeFileSync(disk.path(i % 2 ? 'in/b' : 'more', `${i}`), randomBytes(KIB))
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe.each([
  ['SIGINT', 'btrfs'],
  ['SIGKILL', 'btrfs'],
  ['SIGINT', 'ext4'],
  ['SIGKILL', 'ext4'],
] as const)('%s on %s', (signal, type) => {
  const times = Math.ceil(timesEach / 2)

  it('while creating', async () => {
    using disk = mountImage(type)
    fill(disk)
    mkdirSync(disk.path('shelf'))
    const old = randomBytes(100 * KIB)
    const oldHash = createHash('sha256').update(old).digest('hex')
    const archive = disk.path('shelf/a.reftar')
    let untouched = 0
    const args = ['create', '-q', '-f', archive, 'in', 'more']
    await interruptOften(
      disk.mountpoint,
      args,
      signal,
      times,
      () => {
        rmSync(disk.path('shelf'), { recursive: true })
        mkdirSync(disk.path('shelf'))
        writeFileSync(archive, old)
      },
      async ({ code, err }) => {
        const names = readdirSync(disk.path('shelf')).filter((name) => name !== 'a.reftar')
        if (signal === 'SIGINT') expect(names).toEqual([])
        else expect(names.map((name) => disk.path('shelf', name))).toEqual(stagedNames(disk.path('shelf')))
        if (sha256(archive) === oldHash) {
          untouched++
          expect(code).not.toBe(0)
          if (code !== null) expect(code).toBe(130)
          return
        }
        // Only a whole one may take its place.
        expect(err).toBe('')
        expect(await withArchive(archive, ({ info }) => info.complete)).toBe(true)
        expect((await verify(archive)).problems).toEqual([])
      },
    )
    expect(untouched).toBeGreaterThan(times / 2)
  })

  it('while extracting', async () => {
    using disk = mountImage(type, { sizeBytes: 512 * MIB })
    fill(disk)
    await create(disk.mountpoint, ['in', 'more'], disk.path('a.reftar'))
    const archiveHash = sha256(disk.path('a.reftar'))
    const expected = { in: readTree(disk.path('in')), more: readTree(disk.path('more')) }
    mkdirSync(disk.path('out'))
    let unfinished = 0
    await interruptOften(
      disk.mountpoint,
      ['extract', '-q', '-f', 'a.reftar', '-C', 'out'],
      signal,
      times,
      () => {
        rmSync(disk.path('out'), { recursive: true })
        mkdirSync(disk.path('out'))
        writeFileSync(disk.path('out/kept'), 'as it was')
      },
      ({ code }) => {
        expect(readFileSync(disk.path('out/kept'), 'utf8')).toBe('as it was')
        const staged = stagedNames(disk.path('out'))
        if (signal === 'SIGINT') expect(staged).toEqual([])
        for (const name of readdirSync(disk.path('out'))) {
          if (name === 'kept' || staged.includes(disk.path('out', name))) continue
          if (name !== 'in' && name !== 'more') throw new Error(`unexpected: ${name}`)
          expect(compareTrees(expected[name], readTree(disk.path('out', name)))).toEqual([])
        }
        const isWhole = ['in', 'more'].every((name) => readdirSync(disk.path('out')).includes(name))
        if (code === 0) expect(isWhole).toBe(true)
        else unfinished++
        if (code !== null && code !== 0) expect(code).toBe(130)
      },
    )
    expect(unfinished).toBeGreaterThan(times / 2)
    expect(sha256(disk.path('a.reftar'))).toBe(archiveHash)
  })
})
