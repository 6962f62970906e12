/** The judges and the disks they judge on, themselves put to the test. */

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FilesystemType, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges, dataRanges, filefrag } from '../support/oracle.ts'
import { loopDevicesBelow, mountsBelow, scratchFolder } from '../support/scratch.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const MIB = 1 << 20
const withReflinks = ['btrfs', 'xfs'] as const satisfies FilesystemType[]
const onDisk = [...withReflinks, 'ext4'] as const satisfies FilesystemType[]

const cloneFile = (from: string, to: string) => execFileSync('cp', ['--reflink=always', from, to])

describe('mountImage', () => {
  it.each([...onDisk, 'tmpfs'] as const)('%s: mounts a filesystem of that type and leaves nothing behind', (type) => {
    let mountpoint: string
    {
      using disk = mountImage(type)
      mountpoint = disk.mountpoint
      writeFileSync(disk.path('file'), 'text')
      expect(execFileSync('stat', ['--file-system', '--format=%T', mountpoint], { encoding: 'utf8' }).trim()).toBe(
        type === 'ext4' ? 'ext2/ext3' : type,
      )
    }
    expect(existsSync(mountpoint)).toBe(false)
    expect(mountsBelow(scratchFolder())).toEqual([])
    expect(loopDevicesBelow(scratchFolder())).toEqual([])
  })

  it('passes on size, mkfs and mount options', () => {
    using disk = mountImage('btrfs', {
      sizeBytes: 300 * MIB,
      mkfsOptions: ['-m', 'single'],
      mountOptions: 'compress=zstd',
    })
    expect(execFileSync('findmnt', ['-no', 'OPTIONS', disk.mountpoint], { encoding: 'utf8' })).toContain(
      'compress=zstd',
    )
    expect(execFileSync('btrfs', ['filesystem', 'df', disk.mountpoint], { encoding: 'utf8' })).toContain(
      'Metadata, single',
    )
  })

  it('unmounts when the test throws', () => {
    const failing = () => {
      using disk = mountImage('ext4')
      throw new Error(disk.mountpoint)
    }
    expect(failing).toThrow(scratchFolder())
    expect(mountsBelow(scratchFolder())).toEqual([])
  })

  it('says so when a file is still open, and detaches the disk all the same', () => {
    const disk = mountImage('ext4')
    const fd = openSync(disk.path('open'), 'w')
    expect(() => disk.unmount()).toThrow('still in use')
    closeSync(fd)
    expect(mountsBelow(scratchFolder())).toEqual([])
  })
})

describe.each(withReflinks)('on %s', (type) => {
  it('filefrag names shared extents, commonRanges where they lie', () => {
    using disk = mountImage(type)
    writeFileSync(disk.path('a'), randomBytes(4 * MIB))
    writeFileSync(disk.path('other'), randomBytes(MIB))
    expect(filefrag(disk.path('a')).some(({ flags }) => flags.has('shared'))).toBe(false)

    cloneFile(disk.path('a'), disk.path('b'))
    expect(filefrag(disk.path('a')).every(({ flags }) => flags.has('shared'))).toBe(true)
    expect(filefrag(disk.path('a')).reduce((sum, { length }) => sum + length, 0)).toBe(4 * MIB)
    expect(commonRanges(disk.path('a'), disk.path('b'))).toEqual([{ aOffset: 0, bOffset: 0, length: 4 * MIB }])
    expect(commonRanges(disk.path('a'), disk.path('other'))).toEqual([])
  })

  it('commonRanges sees a range at another offset and one that was overwritten', () => {
    using disk = mountImage(type)
    const [a, b, moved] = [disk.path('a'), disk.path('b'), disk.path('moved')]
    writeFileSync(a, randomBytes(4 * MIB))
    cloneFile(a, b)
    const fd = openSync(b, 'r+')
    writeSync(fd, randomBytes(4096), 0, 4096, MIB)
    closeSync(fd)
    expect(commonRanges(a, b)).toEqual([
      { aOffset: 0, bOffset: 0, length: MIB },
      { aOffset: MIB + 4096, bOffset: MIB + 4096, length: 3 * MIB - 4096 },
    ])

    execFileSync('xfs_io', ['-f', '-c', `reflink ${a} ${MIB} 65536 ${MIB}`, moved], { stdio: 'ignore' })
    expect(commonRanges(a, moved)).toEqual([{ aOffset: MIB, bOffset: 65536, length: MIB }])
  })

  it('allocatedBytes counts new data and not clones', () => {
    using disk = mountImage(type)
    const empty = allocatedBytes(disk)
    writeFileSync(disk.path('a'), randomBytes(8 * MIB))
    const one = allocatedBytes(disk)
    expect(one - empty).toBeGreaterThanOrEqual(8 * MIB)
    expect(one - empty).toBeLessThan(8 * MIB + 128 * 1024)
    cloneFile(disk.path('a'), disk.path('b'))
    expect(allocatedBytes(disk) - one).toBeLessThan(128 * 1024)
  })
})

describe.each(onDisk)('on %s', (type) => {
  it('dataRanges finds islands of data, and none in a hole or an empty file', () => {
    using disk = mountImage(type)
    const size = 16 * MIB
    for (const name of ['islands', 'hole', 'empty']) {
      const fd = openSync(disk.path(name), 'w')
      if (name !== 'empty') ftruncateSync(fd, size)
      if (name === 'islands') for (const at of [4 * MIB, 12 * MIB]) writeSync(fd, randomBytes(65536), 0, 65536, at)
      closeSync(fd)
    }
    execFileSync('sync', ['-f', disk.mountpoint])
    expect(dataRanges(disk.path('islands'), size)).toEqual([
      { offset: 4 * MIB, length: 65536 },
      { offset: 12 * MIB, length: 65536 },
    ])
    expect(filefrag(disk.path('islands')).map(({ logical }) => logical)).toEqual([4 * MIB, 12 * MIB])
    expect(dataRanges(disk.path('hole'), size)).toEqual([])
    expect(dataRanges(disk.path('empty'), 0)).toEqual([])
    expect(filefrag(disk.path('empty'))).toEqual([])
  })
})

describe('compareTrees', () => {
  it('finds nothing between equal trees and every kind of difference between others, with names of any bytes', () => {
    using disk = mountImage('ext4')
    const build = (root: string) => {
      mkdirSync(`${root}/folder`, { recursive: true })
      writeFileSync(Buffer.concat([Buffer.from(`${root}/folder/`), Buffer.from([0xff, 0xfe, 0x0a])]), 'bytes')
      writeFileSync(`${root}/file`, 'text', { mode: 0o640 })
      symlinkSync('target', `${root}/link`)
      execFileSync('mkfifo', [`${root}/fifo`])
      execFileSync('cp', ['--attributes-only', '--preserve=timestamps', '/etc/hostname', `${root}/file`])
    }
    const [a, b] = [disk.path('a'), disk.path('b')]
    build(a)
    execFileSync('cp', ['-a', a, b])
    expect([...readTree(a).keys()]).toEqual(['', 'fifo', 'file', 'folder', 'folder/\u00ff\u00fe\n', 'link'])
    expect(compareTrees(readTree(a), readTree(b))).toEqual([])

    const before = readTree(b)
    const { mtimeNs } = statSync(`${b}/file`, { bigint: true })
    writeFileSync(`${b}/file`, 'Text')
    execFileSync('touch', [
      '-d',
      `@${mtimeNs / 1_000_000_000n}.${String((mtimeNs % 1_000_000_000n) + 1n).padStart(9, '0')}`,
      `${b}/file`,
    ])
    execFileSync('chmod', ['600', `${b}/file`])
    execFileSync('rm', [`${b}/link`, `${b}/fifo`])
    execFileSync('ln', ['-s', 'elsewhere', `${b}/link`])
    writeFileSync(`${b}/new`, '')
    const found = compareTrees(before, readTree(b), ['owner']).map((line) => line.split(' is ')[0])
    expect(found).toEqual(
      expect.arrayContaining([
        '"file": mode',
        '"file": mtimeNs',
        '"file": sha256',
        '"link": target',
        '"fifo": missing',
        '"new": unexpected',
      ]),
    )
    expect(compareTrees(before, readTree(b), ['mtimeNs', 'mode']).join('\n')).not.toMatch(/mtimeNs|mode/)
  })
})
