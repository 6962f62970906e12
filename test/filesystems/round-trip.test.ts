/** Everything about a name comes back: bytes of the name, kind, mode, times, attributes, holes, hard links. */
import { randomBytes } from 'node:crypto'
import { linkSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KIB, MIB, makeSparse, readRange } from '../support/blocks.ts'
import { create, verify } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { attributesBelow, dataMapsBelow, hardLinkGroups } from '../support/node-details.ts'
import { dataRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

/** Archives `in`, extracts it, and compares all there is to compare. */
async function expectRoundTrip(disk: MountedImage): Promise<void> {
  const before = readTree(disk.path('in'))
  const created = await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  expect(created.problems).toEqual([])
  expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
  mkdirSync(disk.path('out'))
  const { problems } = await extract(disk.path('a.reftar'), disk.path('out'))
  expect(problems).toEqual([])
  expect(readdirSync(disk.path('out'))).toEqual(['in'])
  expect(compareTrees(before, readTree(disk.path('out/in')))).toEqual([])
  expect(attributesBelow(disk.path('out/in'))).toBe(attributesBelow(disk.path('in')))
  expect(hardLinkGroups(disk.path('out/in'))).toEqual(hardLinkGroups(disk.path('in')))
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('an empty folder alone', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'), { mode: 0o750 })
    await expectRoundTrip(disk)
  })

  it('names of any bytes', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    const bytes = Array.from({ length: 255 }, (_, index) => index + 1).filter((byte) => byte !== 0x2f && byte !== 0x2e)
    for (const byte of bytes) {
      const name = Buffer.concat([Buffer.from(`${disk.path('in')}/`), Buffer.from([byte])])
      if (byte % 3 === 0) mkdirSync(name)
      else writeFileSync(name, name)
      symlinkSync(Buffer.from([byte, byte]), Buffer.concat([name, Buffer.from(' link')]))
    }
    const long = (fill: number) => Buffer.concat([Buffer.from(`${disk.path('in')}/`), Buffer.alloc(255, fill)])
    for (const byte of [0x61, 0xff, 0x0a]) writeFileSync(long(byte), 'x')
    writeFileSync(disk.path('in/..a'), '')
    writeFileSync(disk.path('in/...'), '')
    await expectRoundTrip(disk)
    expect(readdirSync(disk.path('out/in'))).toHaveLength(bytes.length * 2 + 5)
  })

  it('sizes around the block, and holes anywhere', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    const path = (name: string) => disk.path('in', name)
    for (const size of [0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, MIB + 1]) {
      writeFileSync(path(`${size}`), randomBytes(size))
    }
    makeSparse(path('only a hole'), 10 * MIB + 3, [])
    makeSparse(path('hole at the end'), 256 * KIB, [[0, 128 * KIB]])
    makeSparse(path('hole at the start'), 256 * KIB + 10, [[128 * KIB, 128 * KIB + 10]])
    makeSparse(path('small with a hole'), 24 * KIB, [[16 * KIB, 4 * KIB]])
    makeSparse(path('small and empty'), 3000, [])
    makeSparse(
      path('comb'),
      4 * MIB,
      Array.from({ length: 128 }, (_, index) => [index * 32 * KIB, 8 * KIB] as const),
    )
    await expectRoundTrip(disk)
    expect(dataMapsBelow(disk.path('out/in'))).toEqual(dataMapsBelow(disk.path('in')))
  })

  it('a file of 2^32 + 1 bytes', async () => {
    using disk = mountImage(type)
    const islands = [
      [0, 4 * KIB],
      [2 ** 31 - 64 * KIB, 128 * KIB],
      [2 ** 32, 1],
    ] as const
    makeSparse(disk.path('in'), 2 ** 32 + 1, islands)
    expect((await create(disk.mountpoint, ['in'], disk.path('a.reftar'))).problems).toEqual([])
    mkdirSync(disk.path('out'))
    await extract(disk.path('a.reftar'), disk.path('out'))
    // Outside of the data there is nothing but zeros, says the kernel, so only the data needs to be read.
    const ranges = dataRanges(disk.path('in'), 2 ** 32 + 1)
    expect(ranges).toHaveLength(3)
    expect(dataRanges(disk.path('out/in'), 2 ** 32 + 1)).toEqual(ranges)
    expect(lstatSync(disk.path('out/in')).size).toBe(2 ** 32 + 1)
    for (const { offset, length } of ranges) {
      expect(readRange(disk.path('out/in'), offset, length).equals(readRange(disk.path('in'), offset, length))).toBe(
        true,
      )
    }
  })

  it('modes, owners, times in nanoseconds and before 1970', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in'))
    for (const mode of [0, 0o1, 0o400, 0o644, 0o777, 0o1777, 0o2755, 0o4711, 0o7777]) {
      writeFileSync(disk.path('in', `file ${mode}`), 'x')
      mkdirSync(disk.path('in', `folder ${mode}`))
      for (const kind of ['file', 'folder']) runTool('chmod', [mode.toString(8), disk.path('in', `${kind} ${mode}`)])
    }
    writeFileSync(disk.path('in/owned'), 'x')
    runTool('chown', ['54321:65534', disk.path('in/owned')])
    symlinkSync('nowhere', disk.path('in/link'))
    runTool('chown', ['-h', '12:34', disk.path('in/link')])
    // All three hold these; ext4 needs inodes of 256 bytes for them, which is what it makes.
    const times = ['1901-12-14 00:00:00.000000001', '1969-12-31 23:59:59.999999999', '2001-02-03 04:05:06.123456789']
    for (const [index, time] of [...times, '2106-02-07 06:28:15.5'].entries()) {
      writeFileSync(disk.path('in', `time ${index}`), 'x')
      mkdirSync(disk.path('in', `time folder ${index}`))
      writeFileSync(disk.path('in', `time folder ${index}`, 'inside'), 'x')
      runTool('touch', ['-d', `${time} UTC`, disk.path('in', `time ${index}`), disk.path('in', `time folder ${index}`)])
      runTool('touch', ['-h', '-d', `${time} UTC`, disk.path('in/link')])
    }
    runTool('touch', ['-a', '-d', '1999-09-09 09:09:09.987654321 UTC', disk.path('in/owned')])
    await expectRoundTrip(disk)
    const { mtimeNs } = lstatSync(disk.path('out/in/time 1'), { bigint: true })
    expect(mtimeNs).toBe(-1n)
    expect(lstatSync(disk.path('out/in/time folder 2'), { bigint: true }).mtimeNs % 1_000_000_000n).toBe(123_456_789n)
  })

  it('links, FIFOs, devices, attributes and ACLs', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('in/b'), { recursive: true })
    const path = (name: string) => disk.path('in', name)
    writeFileSync(path('first'), randomBytes(100 * KIB))
    writeFileSync(path('empty'), '')
    for (const name of ['0 earlier', 'b/later', 'z']) linkSync(path('first'), path(name))
    linkSync(path('empty'), path('b/empty too'))
    for (const [name, target] of [
      ['up', '../..'],
      ['absolute', '/etc/passwd'],
      ['long', 'x/'.repeat(500)],
    ] as const)
      symlinkSync(target, path(name))
    runTool('mkfifo', ['-m', '0621', path('fifo')])
    runTool('mknod', ['-m', '0660', path('character'), 'c', '5', '259'])
    runTool('mknod', [path('block'), 'b', '500', '1'])
    for (const name of ['first', 'b', 'empty']) {
      runTool('setfattr', ['-n', 'user.text', '-v', 'value', path(name)])
      runTool('setfattr', ['-n', 'user.\u00e4 \n', '-v', `0x00ff${'ab'.repeat(400)}`, path(name)])
      runTool('setfattr', ['-n', 'trusted.none', path(name)])
      runTool('setfacl', ['-m', 'u:1234:rw,g:4321:r', path(name)])
    }
    runTool('setfacl', ['-d', '-m', 'u:77:rwx', path('b')])
    runTool('setfattr', ['-h', '-n', 'trusted.link', '-v', 'x', path('up')])
    runTool('setfattr', ['-n', 'trusted.fifo', '-v', 'x', path('fifo')])
    await expectRoundTrip(disk)
    expect(hardLinkGroups(disk.path('out/in'))).toEqual([
      ['0 earlier', 'b/later', 'first', 'z'],
      ['b/empty too', 'empty'],
    ])
  })
})
