/** Round trips on real filesystems, judged by lstat, checksums and filefrag. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { archive, extract } from '../support/extraction.ts'
import { type FilesystemType, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges, dataRanges, filefrag } from '../support/oracle.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const MIB = 1 << 20
const withReflinks = ['btrfs', 'xfs'] as const satisfies FilesystemType[]
const cloneFile = (from: string, to: string) => execFileSync('cp', ['--reflink=always', from, to])

/** A bit of everything, below `folder`. */
function fillFolder(folder: string, canClone: boolean): void {
  mkdirSync(folder)
  for (const size of [0, 1, 4095, 4096, 4097, 200_000, 3 * MIB + 17]) {
    writeFileSync(`${folder}/size ${size}`, randomBytes(size), { mode: 0o640 })
  }
  mkdirSync(`${folder}/empty folder`, { mode: 0o701 })
  mkdirSync(`${folder}/closed`, { mode: 0o700 })
  writeFileSync(`${folder}/closed/inside`, 'text')
  execFileSync('chmod', ['0500', `${folder}/closed`])
  symlinkSync('../somewhere else', `${folder}/link`)
  symlinkSync('/', `${folder}/root link`)
  linkSync(`${folder}/size 200000`, `${folder}/second name`)
  execFileSync('mkfifo', [`${folder}/fifo`])
  execFileSync('mknod', [`${folder}/device`, 'c', '1', '3'])
  writeFileSync(Buffer.from(`${folder}/\xff\xfe not text`, 'latin1'), 'x')
  writeFileSync(`${folder}/setuid`, 'x')
  execFileSync('chown', ['1234:4321', `${folder}/setuid`])
  execFileSync('chmod', ['6751', `${folder}/setuid`])
  execFileSync('setfattr', ['-n', 'user.note', '-v', 'kept', `${folder}/size 1`])
  execFileSync('truncate', ['-s', '70M', `${folder}/sparse`])
  execFileSync('dd', [
    'if=/dev/urandom',
    `of=${folder}/sparse`,
    'bs=64K',
    'count=3',
    'seek=500',
    'conv=notrunc',
    'status=none',
  ])
  if (canClone) cloneFile(`${folder}/size ${3 * MIB + 17}`, `${folder}/clone`)
  utimesSync(`${folder}/size 1`, -1000.25, -2000.5)
  utimesSync(`${folder}/empty folder`, 1e9, 1.5e9)
  utimesSync(folder, 1e9, 1.25e9)
}

describe('a round trip', () => {
  const pairs = [
    ['btrfs', 'btrfs'],
    ['xfs', 'xfs'],
    ['ext4', 'ext4'],
    ['ext4', 'btrfs'],
    ['btrfs', 'xfs'],
    ['tmpfs', 'btrfs'],
    ['xfs', 'tmpfs'],
  ] as const
  it.each(pairs)('%s to %s: everything comes back', async (from, to) => {
    using source = mountImage(from)
    using other = from === to ? undefined : mountImage(to)
    const target = other ?? source
    fillFolder(source.path('in'), from === 'btrfs' || from === 'xfs')
    await archive(source.mountpoint, ['in'], source.path('a.reftar'))
    mkdirSync(target.path('out'))
    const { summary, problems } = await extract(source.path('a.reftar'), target.path('out'), { verifyContents: true })
    expect(problems).toEqual([])
    expect(compareTrees(readTree(source.path('in')), readTree(target.path('out', 'in')))).toEqual([])
    expect(readdirSync(target.path('out'))).toEqual(['in'])
    expect(lstatSync(target.path('out/in/second name')).ino).toBe(lstatSync(target.path('out/in/size 200000')).ino)
    const attribute = execFileSync('getfattr', ['--only-values', '-n', 'user.note', target.path('out/in/size 1')])
    expect(attribute.toString()).toBe('kept')
    const size = 70 * MIB
    expect(dataRanges(target.path('out/in/sparse'), size)).toEqual(dataRanges(source.path('in/sparse'), size))
    expect(summary.proof.disprovedBytes).toBe(0)
    expect(summary.contentsVerified).toBe(true)
    const cloned = summary.clonedBytes + summary.clonedFromFilesBytes
    if (to === 'ext4' || to === 'tmpfs') expect(cloned).toBe(0)
    else expect(summary.proof.withArchiveBytes + summary.proof.amongFilesBytes).toBe(cloned)
    if (from === to && from !== 'ext4') expect(summary.clonedBytes).toBeGreaterThanOrEqual(3 * MIB)
  })
})

describe.each(withReflinks)('%s: sharing comes back', (type) => {
  it('four reflinked files take no new space and share all blocks', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/0'), randomBytes(5 * MIB))
    for (const name of ['1', '2', '3']) cloneFile(disk.path('in/0'), disk.path('in', name))
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out'))
    const before = allocatedBytes(disk)
    const { summary } = await extract(disk.path('a.reftar'), disk.path('out'))
    expect(allocatedBytes(disk) - before).toBeLessThanOrEqual(256 * 1024)
    for (const name of ['0', '1', '2', '3']) {
      const [range, ...more] = commonRanges(disk.path('in/0'), disk.path('out/in', name))
      expect(range).toEqual({ aOffset: 0, bOffset: 0, length: 5 * MIB })
      expect(more).toEqual([])
      expect(filefrag(disk.path('out/in', name)).every(({ flags }) => flags.has('shared'))).toBe(true)
    }
    expect(summary.clonedBytes).toBe(20 * MIB)
    expect(summary.proof).toEqual({
      withArchiveBytes: 20 * MIB,
      amongFilesBytes: 0,
      uncheckedBytes: 0,
      disprovedBytes: 0,
    })
  })

  it('partial sharing comes back range for range, from an archive on another filesystem too', async () => {
    using disk = mountImage(type)
    using other = mountImage('ext4')
    mkdirSync(disk.path('in'))
    const [a, b, c] = [disk.path('in/a'), disk.path('in/b'), disk.path('in/c')] as const
    writeFileSync(a, randomBytes(2 * MIB))
    writeFileSync(b, randomBytes(3 * MIB))
    execFileSync('xfs_io', ['-c', `reflink ${a} 524288 1048576 1048576`, b])
    cloneFile(a, c)
    execFileSync('dd', ['if=/dev/urandom', `of=${c}`, 'bs=4096', 'count=1', 'seek=5', 'conv=notrunc', 'status=none'])
    execFileSync('xfs_io', ['-c', `reflink ${a} 0 1572864 65536`, a])
    execFileSync('sync')
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    writeFileSync(other.path('a.reftar'), readFileSync(disk.path('a.reftar')))
    for (const [from, to] of [
      [disk.path('a.reftar'), 'out'],
      [other.path('a.reftar'), 'elsewhere'],
    ] as const) {
      mkdirSync(disk.path(to))
      const { summary, problems } = await extract(from, disk.path(to))
      expect(problems).toEqual([])
      expect(compareTrees(readTree(disk.path('in')), readTree(disk.path(to, 'in')))).toEqual([])
      for (const [x, y] of [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
        ['a', 'a'],
      ] as const) {
        expect(commonRanges(disk.path(to, 'in', x), disk.path(to, 'in', y))).toEqual(
          commonRanges(disk.path('in', x), disk.path('in', y)),
        )
      }
      expect(summary.proof.disprovedBytes).toBe(0)
    }
  })
})

describe('btrfs only', () => {
  it('copy-on-write stays off, and on in a folder where it is off', async () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/off'), '')
    execFileSync('chattr', ['+C', disk.path('in/off')])
    writeFileSync(disk.path('in/off'), randomBytes(MIB))
    writeFileSync(disk.path('in/on'), randomBytes(MIB))
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out'))
    execFileSync('chattr', ['+C', disk.path('out')])
    const { summary, problems } = await extract(disk.path('a.reftar'), disk.path('out'))
    expect(problems).toEqual([])
    expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
    const flags = execFileSync('lsattr', [disk.path('out/in')], { encoding: 'utf8' })
    expect(flags).toMatch(/^-*C-* .*off$/m)
    expect(flags).toMatch(/^-+ .*on$/m)
    expect(summary.clonedBytes).toBe(MIB)
    expect(summary.copied).toEqual({ 'copy-on-write-off': MIB })
  })

  it('access control lists come back', async () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/file'), 'x', { mode: 0o640 })
    execFileSync('setfacl', ['-m', 'u:1234:rw,g:99:r', disk.path('in/file')])
    execFileSync('setfacl', ['-d', '-m', 'u:1234:rwx', disk.path('in')])
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out'))
    const { problems } = await extract(disk.path('a.reftar'), disk.path('out'))
    expect(problems).toEqual([])
    const lists = (folder: string) => execFileSync('getfacl', ['-Rn', '.'], { cwd: folder, encoding: 'utf8' })
    expect(lists(disk.path('out/in'))).toBe(lists(disk.path('in')))
  })

  it('a damaged run is found by verifying contents, and its file isn’t there', async () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/a'), randomBytes(MIB))
    writeFileSync(disk.path('in/b'), randomBytes(MIB))
    await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
    const damaged = readFileSync(disk.path('a.reftar'))
    const at = damaged.indexOf(readFileSync(disk.path('in/b')).subarray(8192, 8300))
    damaged[at] = (damaged[at] ?? 0) ^ 1
    writeFileSync(disk.path('a.reftar'), damaged)
    for (const options of [{ verifyContents: true }, { clone: 'never' }] as const) {
      mkdirSync(disk.path('out'), { recursive: true })
      const { problems } = await extract(disk.path('a.reftar'), disk.path('out'), options)
      expect(problems.map(({ entry, code }) => `${entry} ${code}`)).toEqual(['in/b damaged'])
      expect(readdirSync(disk.path('out/in'))).toEqual(['a'])
      execFileSync('rm', ['-r', disk.path('out')])
    }
  })
})
