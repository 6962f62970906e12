/** What a filesystem or the system doesn't take: counted by kind and named, while everything else comes back. */
import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { runCli } from '../support/cli.ts'
import { archive, extract, extractFrom } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'
import { madeUp, madeUpReader, packed } from '../support/made-up-reader.ts'
import { runTool } from '../support/system.ts'

const text = Buffer.from('abcdefghijklmnopqrstuvwxyz')
const none = textToByteString('')

it('attributes that the target is too small for, or has no place for, don’t end the extraction', async () => {
  using source = mountImage('btrfs')
  using target = mountImage('ext4')
  mkdirSync(source.path('in'))
  for (const name of ['a', 'b', 'c']) writeFileSync(source.path('in', name), name)
  const large = Buffer.alloc(12_000, 'ab').toString('hex')
  for (const name of ['a', 'b']) runTool('setfattr', ['-n', 'user.large', '-v', `0x${large}`, source.path('in', name)])
  runTool('setfattr', ['-n', 'user.small', '-v', 'kept', source.path('in/b')])
  runTool('setfattr', ['-n', 'btrfs.compression', '-v', 'zstd', source.path('in/c')])
  await archive(source.mountpoint, ['in'], source.path('a.reftar'))
  mkdirSync(target.path('out'))
  const { summary, problems } = await extract(source.path('a.reftar'), target.path('out'))
  // Whether ext4 takes the flag +c depends on the kernel; it has no use for it.
  const refused = summary.notRestored.filter(({ what }) => inEnglish(what).startsWith('the attribute'))
  expect(refused.map(({ what, entries, firstEntry }) => [inEnglish(what), entries, firstEntry])).toEqual([
    ['the attribute user.large', 2, 'in/a'],
    ['the attribute btrfs.compression', 1, 'in/c'],
  ])
  expect(problems).toHaveLength(summary.notRestored.length)
  expect(problems[0] && inEnglish(problems[0].message)).toMatch(
    /^the attribute user\.large couldn’t be restored \(and for 1 more\): it is too large for this filesystem$/,
  )
  expect(readFileSync(target.path('out/in/c'), 'latin1')).toBe('c')
  expect(runTool('getfattr', ['--only-values', '-n', 'user.small', target.path('out/in/b')])).toBe('kept')
})

it('hostile metadata: a thousand kinds of refusals are a hundred problems, and no times, owners or modes hurt', async () => {
  using disk = mountImage('ext4')
  writeFileSync(disk.path('archive'), 'x')
  mkdirSync(disk.path('out'))
  const ports = createPorts()
  const attributes = Array.from({ length: 1000 }, (_, i) => ({
    name: textToByteString(i % 2 ? `nonsense.${i}` : `system.${'x'.repeat(i)}`),
    value: new Uint8Array(i),
  }))
  const far = { seconds: 2 ** 51 - 1, nanoseconds: 999_999_999 }
  const reader = madeUpReader(ports, { archivePath: disk.path('archive'), packs: [text] }, [
    packed('attributes', 0, 3, { attributes }),
    packed('far', 3, 3, { modifyTime: far, accessTime: { seconds: -far.seconds, nanoseconds: 0 } }),
    madeUp('far link', { kind: 'symlink', linkTarget: textToByteString('x'), modifyTime: far }),
    packed('owner', 0, 3, {
      owner: { uid: 0xffff_fffe, gid: 0xffff_fffe, userName: none, groupName: none },
      mode: 0o6755,
    }),
    madeUp('device', { kind: 'block-device', deviceMajor: 0xffff_ffff, deviceMinor: 0xffff_ffff }),
    packed('flags', 0, 3, { inodeFlags: 0xffff_ffff & ~0x30 }),
  ])
  try {
    const { summary, problems } = await extractFrom(reader, disk.path('out'), {}, ports)
    expect(summary.files).toBe(4)
    expect(problems.length).toBeLessThanOrEqual(102)
    expect(summary.notRestored.at(-1)?.what).toBe('anything else')
    expect(problems.some(({ entry, code }) => entry === 'device' && code === 'invalid-argument')).toBe(true)
    expect(lstatSync(disk.path('out/owner')).uid).toBe(0xffff_fffe)
    expect(lstatSync(disk.path('out/owner')).mode & 0o7777).toBe(0o6755)
    for (const name of ['attributes', 'far', 'owner', 'flags']) {
      expect(readFileSync(disk.path('out', name))).toHaveLength(3)
    }
  } finally {
    reader.close()
  }
})

it('setuid files whose owner isn’t wanted lose the bit, and that is said', () => {
  using disk = mountImage('ext4')
  for (const [name, owner] of [
    ['theirs', '1234:4321'],
    ['ours', '0:0'],
  ] as const) {
    writeFileSync(disk.path(name), 'x')
    runTool('chown', [owner, disk.path(name)])
    runTool('chmod', ['6755', disk.path(name)])
  }
  expect(runCli(disk.mountpoint, 'create', '-q', '-f', 'a', 'theirs', 'ours').code).toBe(0)
  const run = runCli(disk.mountpoint, 'extract', '--no-same-owner', 'a', '-C', 'out')
  expect(run.code).toBe(1)
  expect(run.err).toContain('reftar: theirs: setuid or setgid couldn’t be restored: its owner is another one')
  expect(run.out).toContain('Not restored: setuid or setgid of 1 entry (its owner is another one).')
  expect(lstatSync(disk.path('out/theirs')).mode & 0o7777).toBe(0o755)
  expect(lstatSync(disk.path('out/ours')).mode & 0o7777).toBe(0o6755)
})

it('access times are restored, and neither creating nor comparing nor files of equal content change them', async () => {
  using disk = mountImage('btrfs', { mountOptions: 'strictatime' })
  mkdirSync(disk.path('in'))
  // Equal and larger than a block: the second is cloned from the first, which is read for that.
  for (const name of ['a', 'b']) {
    writeFileSync(disk.path('in', name), Buffer.alloc(20_000, 'equal'))
    utimesSync(disk.path('in', name), 1000, 2000)
  }
  const accessed = (folder: string) => ['a', 'b'].map((name) => lstatSync(disk.path(folder, name)).atimeMs)
  await archive(disk.mountpoint, ['in'], disk.path('a.reftar'))
  expect(accessed('in')).toEqual([1_000_000, 1_000_000])
  mkdirSync(disk.path('out'))
  const { summary } = await extract(disk.path('a.reftar'), disk.path('out'))
  expect(summary.clonedFromFilesBytes).toBe(20_000)
  expect(
    runCli(disk.mountpoint, 'compare', '-q', '--access-times', '--ignore', 'kind', 'a.reftar', 'out', 'in/a', 'in/b'),
  ).toEqual({
    code: 0,
    out: '',
    err: '',
  })
  expect(accessed('out/in')).toEqual([1_000_000, 1_000_000])
  execFileSync('cat', [disk.path('out/in/a')])
  expect(accessed('out/in')[0]).toBeGreaterThan(1_000_000)
})
