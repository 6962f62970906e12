/** What became of each file of an extraction, at its end and when asked again later. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { checkSharing } from '../../src/main/engine/extract/check-sharing.ts'
import { extractArchive } from '../../src/main/engine/extract/extract.ts'
import { analyseSharing } from '../../src/main/engine/sharing/analyse.ts'
import { archiveMarks, extractedMarks } from '../../src/main/engine/sharing/archive-marks.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import { blockClass } from '../../src/shared/sharing/block-class.ts'
import { pathOfFile } from '../../src/shared/sharing/sharing-map.ts'
import { type FileVerdict, verdictKind } from '../../src/shared/sharing/verdict.ts'
import { cloneFile, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { withArchive } from '../support/creation.ts'
import { archive, extractOptions, watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges } from '../support/oracle.ts'

/** Files of every kind of fate. */
function makeSource(disk: MountedImage): void {
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/big'), randomBytes(MIB + 100))
  cloneFile(disk.path('in/big'), disk.path('in/clone'))
  writeFileSync(disk.path('in/small'), randomBytes(5 * KIB))
  writeFileSync(disk.path('in/empty'), '')
}

async function extractWithVerdicts(archivePath: string, directory: string) {
  const verdicts: FileVerdict[] = []
  const { job, problems } = watchedJob()
  const summary = await withArchive(archivePath, (reader) =>
    extractArchive(createPorts(), reader, extractOptions(directory), {
      ...job,
      verdict: (verdict) => verdicts.push(verdict),
    }),
  )
  expect(problems).toEqual([])
  return { verdicts, summary }
}

async function checkAgain(archivePath: string, directory: string) {
  const verdicts: FileVerdict[] = []
  const { job, problems } = watchedJob()
  const options = { directory: textToByteString(directory), selection: [], exclude: [], stripComponents: 0 }
  const check = await withArchive(archivePath, (reader) =>
    checkSharing(createPorts(), reader, options, { ...job, verdict: (verdict) => verdicts.push(verdict) }),
  )
  return { verdicts, check, problems }
}

const kinds = (verdicts: readonly FileVerdict[]) =>
  Object.fromEntries(verdicts.map((verdict) => [verdict.path, verdictKind(verdict)]))

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  it('every file is told once, with what FIEMAP shows of it', async () => {
    using disk = mountImage(type)
    makeSource(disk)
    mkdirSync(disk.path('out'))
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    const { verdicts, summary } = await extractWithVerdicts(disk.path('a.reftar'), disk.path('out'))
    expect(kinds(verdicts)).toEqual({
      'in/big': 'cloned',
      'in/clone': 'cloned',
      'in/empty': 'empty',
      'in/small': 'packed',
    })
    expect(verdicts).toHaveLength(4)
    for (const verdict of verdicts) {
      const shared = commonRanges(disk.path('out', verdict.path), disk.path('a.reftar'))
      expect(verdict.withArchiveBytes).toBe(shared.reduce((sum, { length }) => sum + length, 0))
      const { withArchiveBytes, withFilesBytes, copiedBytes, holeBytes, uncheckedBytes, notSharedBytes } = verdict
      expect(withArchiveBytes + withFilesBytes + copiedBytes + holeBytes + uncheckedBytes + notSharedBytes).toBe(
        verdict.sizeBytes,
      )
    }
    expect(verdicts.reduce((sum, { withArchiveBytes }) => sum + withArchiveBytes, 0)).toBe(
      summary.proof.withArchiveBytes,
    )
  })

  it('asked again, it says what has been lost since, also what isn’t on disk yet', async () => {
    using disk = mountImage(type)
    makeSource(disk)
    mkdirSync(disk.path('out'))
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    await extractWithVerdicts(disk.path('a.reftar'), disk.path('out'))
    expect((await checkAgain(disk.path('a.reftar'), disk.path('out'))).check).toMatchObject({
      files: 4,
      missing: 0,
      withArchiveBytes: 2 * MIB,
      notSharedBytes: 0,
      uncheckedBytes: 0,
      packedBytes: 2 * 100 + 5 * KIB,
    })
    overwriteRandomly(disk.path('out/in/big'), [64 * KIB, 512 * KIB], 8 * KIB)
    rmSync(disk.path('out/in/clone'))
    const { check, verdicts, problems } = await checkAgain(disk.path('a.reftar'), disk.path('out'))
    expect(problems).toEqual([])
    expect(check).toMatchObject({ files: 3, missing: 1, withArchiveBytes: MIB - 16 * KIB, notSharedBytes: 16 * KIB })
    expect(kinds(verdicts)).toEqual({ 'in/big': 'not-shared', 'in/empty': 'empty', 'in/small': 'packed' })
  })

  it('the picture knows packs, and what could have been cloned', async () => {
    using disk = mountImage(type)
    makeSource(disk)
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    const classesOf = async (clone: 'auto' | 'never') => {
      mkdirSync(disk.path(clone))
      const { job } = watchedJob()
      const ports = createPorts()
      const prefix = disk.path(clone, '/')
      return await withArchive(disk.path('a.reftar'), async (reader) => {
        await extractArchive(ports, reader, extractOptions(disk.path(clone), { clone }), job)
        const packs = await archiveMarks(ports, reader, job)
        const entryPathOf = (path: ByteString) => path.slice(prefix.length) as ByteString
        const { map } = await analyseSharing(
          ports,
          [
            { path: textToByteString(disk.path('a.reftar')), role: 'archive', marksOf: () => packs },
            {
              path: textToByteString(disk.path(clone)),
              role: 'extracted',
              marksOf: extractedMarks(ports, reader, entryPathOf),
            },
          ],
          { limitGroups: 0 },
          job,
        )
        const bytes = new Map<number, number>()
        map.intervals.classes.forEach((code, at) => {
          bytes.set(code, (bytes.get(code) ?? 0) + (map.intervals.lengths[at] ?? 0))
        })
        expect(pathOfFile(map, 0)).toBe(disk.path('a.reftar'))
        return bytes
      })
    }
    const cloned = await classesOf('auto')
    expect(cloned.get(blockClass.sharedBy3To4)).toBe(MIB)
    expect(cloned.get(blockClass.copied)).toBe(undefined)
    expect(cloned.get(blockClass.packed)).toBeGreaterThan(16 * KIB)
    const copied = await classesOf('never')
    expect(copied.get(blockClass.copied)).toBe(2 * MIB)
  })
})

it('on another filesystem it was copied, and why', async () => {
  using disk = mountImage('xfs')
  using other = mountImage('ext4')
  makeSource(disk)
  await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
  const { verdicts } = await extractWithVerdicts(disk.path('a.reftar'), other.mountpoint)
  expect(kinds(verdicts)).toMatchObject({ 'in/big': 'copied', 'in/small': 'packed' })
  expect(verdicts.find(({ path }) => path === 'in/big')?.copyReason).toBe('no-reflinks')
  const again = await checkAgain(disk.path('a.reftar'), other.mountpoint)
  expect(kinds(again.verdicts)).toMatchObject({ 'in/big': 'copied' })
  expect(again.check.withArchiveBytes).toBe(0)
})
