/** --instant leaves hashes out and says so; seal adds them in place, and an interruption costs nothing but the sealing. */
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { type Ports, sealArchive } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { cloneFile, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { create, errorOf, seal, verify, withArchive } from '../support/creation.ts'
import { extract, watchedJob } from '../support/extraction.ts'
import { interruptOften } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

async function makeInstantArchive(disk: MountedImage, sizeBytes = 5 * MIB): Promise<string> {
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/a'), randomBytes(sizeBytes))
  cloneFile(disk.path('in/a'), disk.path('in/b'))
  overwriteRandomly(disk.path('in/b'), [64 * KIB, MIB], 8 * KIB)
  for (let i = 0; i < 20; i++) writeFileSync(disk.path('in', `small ${i}`), randomBytes(i * 100))
  const archive = disk.path('a.reftar')
  const { summary } = await create(disk.mountpoint, ['in'], archive, { instant: true })
  expect(summary).toMatchObject({ dataHashes: 'absent', clonedBytes: sizeBytes + 16 * KIB, copied: {} })
  return archive
}

async function expectSound(disk: MountedImage, archive: string): Promise<void> {
  expect((await verify(archive)).problems).toEqual([])
  mkdirSync(disk.path('out'))
  const { problems } = await extract(archive, disk.path('out'))
  expect(problems).toEqual([])
  expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
  rmSync(disk.path('out'), { recursive: true })
}

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  it('an instant archive has no hashes; a sealed one has all', async () => {
    using disk = mountImage(type)
    const archive = await makeInstantArchive(disk)
    await withArchive(archive, (reader) => {
      expect(reader.info).toMatchObject({ dataHashes: 'absent', complete: true })
      expect(reader.canCheckData).toBe(false)
    })
    const before = await verify(archive)
    expect(before.report).toMatchObject({ faults: 0, bytesWithoutHash: 5 * MIB + 16 * KIB })
    await expectSound(disk, archive)

    const sealed = await seal(archive)
    expect(sealed).toMatchObject({ hashedBytes: 5 * MIB + 16 * KIB, alreadySealed: false })
    await withArchive(archive, (reader) => {
      expect(reader.info).toMatchObject({ dataHashes: 'complete', complete: true, rootHash: sealed.rootHash })
      expect(reader.canCheckData).toBe(true)
    })
    expect((await verify(archive)).report).toMatchObject({ faults: 0, bytesWithoutHash: 0 })
    await expectSound(disk, archive)

    const size = statSync(archive).size
    expect(await seal(archive)).toMatchObject({ hashedBytes: 0, alreadySealed: true, rootHash: sealed.rootHash })
    expect(statSync(archive).size).toBe(size)
  })

  it('sealing cut off at every 4 KiB of what it writes', async () => {
    using disk = mountImage(type)
    const archive = await makeInstantArchive(disk)
    const before = statSync(archive).size
    const sealed = disk.path('sealed.reftar')
    copyFileSync(archive, sealed)
    await seal(sealed)
    const after = statSync(sealed).size
    expect(after).toBeGreaterThan(before + 8 * KIB)
    for (let size = after - 4 * KIB; size >= before; size -= 4 * KIB) {
      const cut = disk.path('cut.reftar')
      copyFileSync(sealed, cut)
      truncateSync(cut, size)
      await withArchive(cut, (reader) => {
        expect(reader.info).toMatchObject({ dataHashes: 'absent', complete: true })
      })
      await expectSound(disk, cut)
      expect(await seal(cut)).toMatchObject({ alreadySealed: false })
      expect(statSync(cut).size).toBe(after)
      expect((await verify(cut)).report).toMatchObject({ faults: 0, bytesWithoutHash: 0 })
    }
  })
})

it('cancelled: as it was', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const archive = await makeInstantArchive(disk, 96 * MIB)
  const before = statSync(archive).size
  const stop = new AbortController()
  const ports = createPorts()
  // In the middle of its data; a clock on which every look takes a while makes the next moment one at which it listens.
  let time = 0
  const clock = { ...ports.clock, now: () => (time += 20) }
  const read: Ports['files']['read'] = (...args) => {
    if (args[4] !== null && args[4] > 48 * MIB) stop.abort()
    return ports.files.read(...args)
  }
  const { job } = watchedJob(stop.signal)
  const sealing = sealArchive({ ...ports, clock, files: { ...ports.files, read } }, textToByteString(archive), job)
  expect((await errorOf(sealing)).code).toBe('cancelled')
  expect(statSync(archive).size).toBe(before)
  await expectSound(disk, archive)
})

it('killed: readable, and can be sealed', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const archive = await makeInstantArchive(disk, 64 * MIB)
  const instant = disk.path('instant.reftar')
  cloneFile(archive, instant)
  const prepare = () => {
    rmSync(archive)
    cloneFile(instant, archive)
  }
  await interruptOften(disk.mountpoint, ['seal', '-q', 'a.reftar'], 'SIGKILL', 12, prepare, async () => {
    expect((await verify(archive)).problems).toEqual([])
  })
  await seal(archive)
  expect((await verify(archive)).report).toMatchObject({ faults: 0, bytesWithoutHash: 0 })
})

it('one that was cut off isn’t sealed', async () => {
  using disk = mountImage('btrfs')
  const archive = await makeInstantArchive(disk)
  truncateSync(archive, statSync(archive).size - 4 * KIB)
  expect((await errorOf(seal(archive))).code).toBe('incomplete')
})
