/** The sharing report on real filesystems, against filefrag. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { analyseSharing } from '../../src/main/engine/sharing/analyse.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { sharingReport } from '../../src/shared/sharing/sharing-report.ts'
import { watchedJob } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'
import { commonRanges } from '../support/oracle.ts'

const MIB = 1 << 20
const cloneFile = (from: string, to: string) => execFileSync('cp', ['--reflink=always', from, to])
const overwrite = (path: string, block: number) =>
  execFileSync('dd', [
    'if=/dev/urandom',
    `of=${path}`,
    'bs=4096',
    'count=1',
    `seek=${block}`,
    'conv=notrunc',
    'status=none',
  ])

async function analyse(...paths: string[]) {
  const { job, problems } = watchedJob()
  const inputs = paths.map((path) => ({ path: textToByteString(path), role: 'other' as const }))
  const { map, ...counts } = await analyseSharing(createPorts(), inputs, { limitGroups: 20 }, job)
  return { map, report: sharingReport(map, true, counts.problems, counts.elapsedMilliseconds), problems }
}

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  it('finds who shares how much', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => disk.path('in', name)) as [string, string, string, string]
    writeFileSync(a, randomBytes(4 * MIB))
    cloneFile(a, b)
    overwrite(b, 100)
    writeFileSync(c, randomBytes(1 * MIB))
    cloneFile(c, disk.path('outside'))
    writeFileSync(d, randomBytes(1 * MIB))
    execFileSync('truncate', ['-s', '10M', disk.path('in/hole')])
    linkSync(a, disk.path('in/second name of a'))
    symlinkSync('/', disk.path('in/link'))
    execFileSync('mkfifo', [disk.path('in/fifo')])
    execFileSync('sync')
    const { report, problems } = await analyse(disk.path('in'))
    expect(problems).toEqual([])
    expect(report.files).toBe(5)
    const common = commonRanges(a, b).reduce((sum, { length }) => sum + length, 0)
    expect(common).toBe(4 * MIB - 4096)
    expect(report.groups).toEqual([{ files: [a, b], fileCount: 2, bytes: common }])
    expect(report.sharedBytes).toBe(common)
    expect(report.savedBytes).toBe(common)
    // On btrfs an extent of which another file has a part is flagged as a whole, and freed as a whole.
    const held = type === 'btrfs' ? 4096 : 0
    expect(report.exclusiveBytes).toBe(2 * 4096 + MIB - held)
    expect(report.sharedWithOthersBytes).toBe(1 * MIB + held)
    expect(report.onDiskBytes).toBe(6 * MIB + 4096)
    expect(report.holeBytes).toBe(10 * MIB)
    expect(report.uncheckedBytes).toBe(0)
    expect(report.perFile.find(({ path }) => path === b)).toMatchObject({ onDiskBytes: 4 * MIB, exclusiveBytes: 4096 })
  })
})

describe('btrfs only', () => {
  it('finds what subvolumes share', async () => {
    using disk = mountImage('btrfs')
    execFileSync('btrfs', ['-q', 'subvolume', 'create', disk.path('one')])
    writeFileSync(disk.path('one/file'), randomBytes(MIB))
    execFileSync('sync')
    execFileSync('btrfs', ['-q', 'subvolume', 'snapshot', disk.path('one'), disk.path('two')])
    const { report } = await analyse(disk.mountpoint)
    expect(report.groups).toEqual([{ files: [disk.path('one/file'), disk.path('two/file')], fileCount: 2, bytes: MIB }])
  })

  it('counts compressed and inline data as such', async () => {
    using disk = mountImage('btrfs', { mountOptions: 'compress-force=zstd' })
    writeFileSync(disk.path('text'), 'all work and no play '.repeat(50_000))
    cloneFile(disk.path('text'), disk.path('clone'))
    writeFileSync(disk.path('small'), 'x'.repeat(100))
    const { report } = await analyse(disk.mountpoint)
    expect(report.encodedBytes).toBeGreaterThanOrEqual(1_000_000)
    // The last block doesn’t get smaller, so btrfs stores it as it is.
    expect(report.sharedBytes - report.encodedBytes).toBeLessThanOrEqual(4096)
    expect(report.inlineBytes).toBe(100)
    expect(report.uncheckedBytes).toBe(0)
  })
})

describe('filesystems without sharing', () => {
  it('ext4: everything is exclusive', async () => {
    using disk = mountImage('ext4')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    execFileSync('cp', [disk.path('a'), disk.path('b')])
    const { report } = await analyse(disk.path('a'), disk.path('b'))
    expect(report).toMatchObject({ sharedBytes: 0, exclusiveBytes: 2 * MIB, uncheckedBytes: 0, groups: [] })
  })

  it('tmpfs: can’t be checked, with the reason', async () => {
    using disk = mountImage('tmpfs')
    writeFileSync(disk.path('a'), randomBytes(MIB))
    const { report } = await analyse(disk.path('a'))
    expect(report).toMatchObject({ uncheckedBytes: MIB, onDiskBytes: 0 })
    expect(report.perFile[0]?.uncheckedReason).toMatchObject({
      sentence: '{filesystem} keeps files in memory; it has no blocks to share',
      values: { filesystem: { verbatim: 'tmpfs' } },
    })
  })

  it('a missing path is a problem, and the rest is analysed', async () => {
    using disk = mountImage('ext4')
    writeFileSync(disk.path('a'), 'x')
    const { report, problems } = await analyse(disk.path('missing'), disk.path('a'))
    expect(report.files).toBe(1)
    expect(problems.map(({ code }) => code)).toEqual(['not-found'])
  })
})
