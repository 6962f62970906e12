/** What both implementations promise, checked against node:fs as the other side. */

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Handle, NodeKind } from '../src/main/engine/ports.ts'
import { type ByteString, textToByteString } from '../src/shared/byte-string.ts'
import { ReftarError } from '../src/shared/errors.ts'
import type { Timestamp } from '../src/shared/timestamp.ts'
import { createPorts } from './index.ts'

const bytes = (text: string): ByteString => text as ByteString

function codeOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof ReftarError) return error.code
    throw error
  }
  return 'nothing thrown'
}

describe.each([
  ['Linux', false],
  ['portable', true],
])('%s ports', (_name, portable) => {
  const { files, cloner, extentMap, accounts, clock, randomBytes } = createPorts({ portable })
  let folder = ''
  let root: Handle

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'reftar-native-'))
    root = files.openDirectoryPath(textToByteString(folder))
  })
  afterEach(() => {
    files.close(root)
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const at = (...names: string[]): string => path.join(folder, ...names)
  const put = (name: string, content = ''): void => fs.writeFileSync(at(name), content)

  function withHandle<Result>(handle: Handle, use: (handle: Handle) => Result): Result {
    try {
      return use(handle)
    } finally {
      files.close(handle)
    }
  }

  test('names of any bytes come back as they went in', () => {
    const all = Array.from({ length: 255 }, (_, i) => String.fromCharCode(i + 1))
    const names = [
      ...all.filter((name) => name !== '/' && name !== '.'),
      all
        .filter((name) => name !== '/')
        .join('')
        .slice(0, 200),
    ]
    for (const name of names) files.close(files.createFile(root, bytes(name), 0o600))
    expect(new Set(files.readDirectory(root).map(({ name }) => name))).toEqual(new Set(names))
    for (const name of names) expect(files.statusAt(root, bytes(name))?.kind).toBe('file')
    for (const name of names) files.unlink(root, bytes(name))
    expect(files.readDirectory(root)).toEqual([])
  })

  test.each([
    ['', 'unsafe-path'],
    ['.', 'unsafe-path'],
    ['..', 'unsafe-path'],
    ['a/b', 'unsafe-path'],
    ['/etc', 'unsafe-path'],
    ['a\0b', 'invalid-argument'],
    ['x'.repeat(256), 'name-too-long'],
    ['x'.repeat(5000), 'name-too-long'],
  ])('the name %j is refused', (name, code) => {
    expect(codeOf(() => files.createFile(root, bytes(name), 0o600))).toBe(code)
    expect(codeOf(() => files.makeDirectory(root, bytes(name), 0o700))).toBe(code)
    expect(codeOf(() => files.makeSymlink(root, bytes(name), bytes('t')))).toBe(code)
    expect(codeOf(() => files.unlink(root, bytes(name)))).toBe(code)
    expect(codeOf(() => files.openFile(root, bytes(name)))).toBe(code)
    put('a')
    expect(codeOf(() => files.rename(root, bytes('a'), root, bytes(name), 'replace'))).toBe(code)
    expect(fs.readdirSync(folder)).toEqual(['a'])
  })

  test('reading and writing at positions, and at the stream’s own', () => {
    withHandle(files.createFile(root, bytes('f'), 0o600), (handle) => {
      const buffer = Buffer.from('..hello..')
      expect(files.write(handle, buffer, 2, 5, 10)).toBe(5)
      expect(files.write(handle, Buffer.from('ab'), 0, 2, null)).toBe(2)
      expect(files.status(handle).sizeBytes).toBe(15)
      const target = Buffer.alloc(9, '-')
      expect(files.read(handle, target, 1, 5, 10)).toBe(5)
      expect(target.toString()).toBe('-hello---')
      expect(files.read(handle, target, 0, 4, null)).toBe(4)
      expect(target.subarray(0, 4)).toEqual(Buffer.alloc(4))
      expect(files.read(handle, target, 0, 4, 15)).toBe(0)
      files.truncate(handle, 3)
      files.sync(handle)
    })
    files.sync(root)
    expect(fs.readFileSync(at('f'))).toEqual(Buffer.from('ab\0'))
    expect(() => withHandle(files.openFile(root, bytes('f')), (h) => files.read(h, Buffer.alloc(4), 2, 5, 0))).toThrow()
  })

  test('a new file has its mode whatever the umask, and takes no name that is in use', () => {
    for (const mode of [0o600, 0o666, 0o777, 0o4755, 0o000]) {
      files.close(files.createFile(root, bytes(`m${mode}`), mode))
      expect(fs.statSync(at(`m${mode}`)).mode & 0o7777).toBe(mode)
    }
    for (const mode of [0o700, 0o777, 0o1777, 0o2755]) {
      files.makeDirectory(root, bytes(`d${mode}`), mode)
      expect(fs.statSync(at(`d${mode}`)).mode & 0o7777).toBe(mode)
    }
    put('taken', 'x')
    fs.symlinkSync('nowhere', at('dangling'))
    for (const name of ['taken', 'dangling']) {
      expect(codeOf(() => files.createFile(root, bytes(name), 0o600))).toBe('already-exists')
      expect(codeOf(() => files.makeDirectory(root, bytes(name), 0o700))).toBe('already-exists')
    }
    expect(fs.existsSync(at('nowhere'))).toBe(false)
    expect(fs.readFileSync(at('taken'), 'utf8')).toBe('x')
  })

  test('an unnamed file leaves no name and no space', () => {
    withHandle(files.createUnnamedFile(root), (handle) => {
      files.write(handle, Buffer.from('secret'), 0, 6, 0)
      expect(files.status(handle)).toMatchObject({ linkCount: 0, sizeBytes: 6, kind: 'file' })
      const back = Buffer.alloc(6)
      files.read(handle, back, 0, 6, 0)
      expect(back.toString()).toBe('secret')
      expect(fs.readdirSync(folder)).toEqual([])
    })
    expect(fs.readdirSync(folder)).toEqual([])
  })

  test('folders below are reached without following links', () => {
    fs.mkdirSync(at('a', 'b', 'c'), { recursive: true })
    fs.mkdirSync(at('outside'))
    fs.symlinkSync('b', at('a', 'link'))
    fs.symlinkSync('/', at('a', 'root'))
    put('file')
    withHandle(files.openDirectoryBelow(root, bytes('a/b')), (handle) => {
      expect(files.readDirectory(handle)).toEqual([{ name: 'c', kind: 'directory' }])
    })
    withHandle(files.openDirectoryBelow(root, bytes('')), (handle) => {
      expect(files.status(handle).inode).toBe(files.status(root).inode)
    })
    const answers = Object.entries({
      'a/link': 'symbolic-link',
      'a/link/c': 'symbolic-link',
      'a/root': 'symbolic-link',
      'a/root/etc': 'symbolic-link',
      'a/../outside': 'unsafe-path',
      '..': 'unsafe-path',
      '/etc': 'unsafe-path',
      'a//b': 'unsafe-path',
      'a/': 'unsafe-path',
      './a': 'unsafe-path',
      file: 'not-a-directory',
      'file/x': 'not-a-directory',
      missing: 'not-found',
      'a\0': 'invalid-argument',
    })
    expect(answers.map(([name]) => [name, codeOf(() => files.openDirectoryBelow(root, bytes(name)))])).toEqual(answers)
  })

  test('a file is opened for reading, a link is not, and a FIFO does not hang', () => {
    put('f', 'content')
    fs.symlinkSync('f', at('link'))
    withHandle(files.openFile(root, bytes('f')), (handle) => expect(files.status(handle).sizeBytes).toBe(7))
    expect(codeOf(() => files.openFile(root, bytes('link')))).toBe('symbolic-link')
    expect(codeOf(() => files.openFile(root, bytes('missing')))).toBe('not-found')
    const linux = createPorts()
    const folderHandle = linux.files.openDirectoryPath(textToByteString(folder))
    linux.files.makeNode(folderHandle, bytes('fifo'), 'fifo', 0o644, 0, 0)
    linux.files.close(folderHandle)
    withHandle(files.openFile(root, bytes('fifo')), (handle) => expect(files.status(handle).kind).toBe('fifo'))
  })

  test('paths the user names: links followed, relative ones and errors with the path', () => {
    fs.mkdirSync(at('real'))
    fs.symlinkSync('real', at('link'))
    put('real/f', 'x')
    withHandle(files.openDirectoryPath(textToByteString(at('link'))), (handle) => {
      expect(files.readDirectory(handle)).toEqual([{ name: 'f', kind: 'file' }])
    })
    withHandle(files.openDirectoryPath(bytes('')), (handle) => {
      expect(files.status(handle).inode).toBe(fs.statSync('.', { bigint: true }).ino)
    })
    withHandle(files.openFilePath(textToByteString(at('link', 'f')), 'read-write'), (handle) => {
      expect(files.write(handle, Buffer.from('yz'), 0, 2, 0)).toBe(2)
    })
    expect(fs.readFileSync(at('real', 'f'), 'utf8')).toBe('yz')
    expect(() => files.openFilePath(textToByteString(at('nö')), 'read')).toThrow(
      expect.objectContaining({
        code: 'not-found',
        context: expect.objectContaining({ path: at('nö'), errno: 'ENOENT' }),
      }),
    )
    expect(codeOf(() => files.openDirectoryPath(textToByteString(at('real', 'f'))))).toBe('not-a-directory')
    expect(codeOf(() => files.openDirectoryPath(bytes('a\0b')))).toBe('invalid-argument')
  })

  test('what a folder holds: kinds, any number of names, more than once', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `${i}-${'n'.repeat(i % 50)}`)
    fs.mkdirSync(at('big'))
    for (const name of names) fs.writeFileSync(at('big', name), '')
    withHandle(files.openDirectoryBelow(root, bytes('big')), (handle) => {
      for (let round = 0; round < 2; round++)
        expect(new Set(files.readDirectory(handle).map(({ name }) => name))).toEqual(new Set(names))
    })
    fs.symlinkSync('x', at('l'))
    put('f')
    const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
    expect(files.readDirectory(root).sort(byName)).toEqual([
      { name: 'big', kind: 'directory' },
      { name: 'f', kind: 'file' },
      { name: 'l', kind: 'symlink' },
    ])
  })

  test('status says what node:fs says', () => {
    put('f', 'x'.repeat(5000))
    fs.linkSync(at('f'), at('g'))
    const stats = fs.statSync(at('f'), { bigint: true })
    const status = files.statusAt(root, bytes('g'))
    expect(status).toMatchObject({
      kind: 'file',
      mode: Number(stats.mode) & 0o7777,
      uid: Number(stats.uid),
      gid: Number(stats.gid),
      linkCount: 2,
      inode: stats.ino,
      deviceMajor: 0,
      deviceMinor: 0,
      sizeBytes: 5000,
      allocatedBytes: Number(stats.blocks) * 512,
    })
    const inNanoseconds = (time: Timestamp): bigint => BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanoseconds)
    expect(status && inNanoseconds(status.modifyTime)).toBe(stats.mtimeNs)
    expect(status && inNanoseconds(status.changeTime)).toBe(stats.ctimeNs)
    withHandle(files.openFile(root, bytes('f')), (handle) => expect(files.status(handle)).toEqual(status))
    expect(files.statusAt(root, bytes('missing'))).toBeUndefined()
    expect(files.status(root).kind).toBe('directory')
    withHandle(files.openDirectoryPath(bytes('/dev')), (dev) => {
      expect(files.statusAt(dev, bytes('null'))).toMatchObject({
        kind: 'character-device',
        deviceMajor: 1,
        deviceMinor: 3,
      })
    })
  })

  test('links: targets of any bytes, hard links to links themselves', () => {
    const target = bytes('../\xff\xfe anything\n')
    files.makeSymlink(root, bytes('l'), target)
    expect(files.readLink(root, bytes('l'))).toBe(target)
    expect(files.statusAt(root, bytes('l'))?.kind).toBe('symlink')
    files.makeHardLink(root, bytes('l'), root, bytes('m'))
    expect(files.statusAt(root, bytes('m'))?.kind).toBe('symlink')
    put('f')
    expect(codeOf(() => files.readLink(root, bytes('f')))).toBe('invalid-argument')
    expect(codeOf(() => files.makeHardLink(root, bytes('f'), root, bytes('l')))).toBe('already-exists')
    expect(codeOf(() => files.makeSymlink(root, bytes('n'), bytes('a\0')))).toBe('invalid-argument')
    const longest = bytes('t'.repeat(4000))
    files.makeSymlink(root, bytes('long'), longest)
    expect(files.readLink(root, bytes('long'))).toBe(longest)
  })

  test('renaming keeps what exists unless told to replace it', () => {
    put('a', 'A')
    put('b', 'B')
    fs.mkdirSync(at('d'))
    fs.mkdirSync(at('e', 'full'), { recursive: true })
    expect(codeOf(() => files.rename(root, bytes('a'), root, bytes('b'), 'fail-if-exists'))).toBe('already-exists')
    expect(codeOf(() => files.rename(root, bytes('d'), root, bytes('e'), 'fail-if-exists'))).toBe('already-exists')
    expect(fs.readFileSync(at('b'), 'utf8')).toBe('B')
    files.rename(root, bytes('a'), root, bytes('c'), 'fail-if-exists')
    files.rename(root, bytes('d'), root, bytes('f'), 'fail-if-exists')
    files.rename(root, bytes('c'), root, bytes('b'), 'replace')
    expect(fs.readFileSync(at('b'), 'utf8')).toBe('A')
    expect(codeOf(() => files.rename(root, bytes('e'), root, bytes('b'), 'replace'))).toBe('not-a-directory')
    expect(codeOf(() => files.rename(root, bytes('gone'), root, bytes('x'), 'fail-if-exists'))).toBe('not-found')
    expect(fs.readdirSync(folder).sort()).toEqual(['b', 'e', 'f'])
  })

  test('removing: a file by unlink, a folder only when empty', () => {
    put('f')
    fs.mkdirSync(at('d', 'e'), { recursive: true })
    files.unlink(root, bytes('f'))
    expect(codeOf(() => files.unlink(root, bytes('f')))).toBe('not-found')
    expect(codeOf(() => files.removeDirectory(root, bytes('d')))).toBe('directory-not-empty')
    expect(['is-a-directory', 'not-permitted']).toContain(codeOf(() => files.unlink(root, bytes('d'))))
    withHandle(files.openDirectoryBelow(root, bytes('d')), (d) => files.removeDirectory(d, bytes('e')))
    files.removeDirectory(root, bytes('d'))
    expect(fs.readdirSync(folder)).toEqual([])
  })

  // node:fs takes times as floating point.
  const tolerance = portable ? 1000 : 0
  test.each([
    [{ seconds: 1_700_000_000, nanoseconds: 123_456_789 }],
    [{ seconds: 0, nanoseconds: 0 }],
    [{ seconds: -1, nanoseconds: 999_999_999 }],
    [{ seconds: -86_400, nanoseconds: 500_000_001 }],
    [{ seconds: 4_294_967_296, nanoseconds: 7 }],
  ])('times %j on files, folders and links', (time) => {
    put('f')
    fs.mkdirSync(at('d'))
    fs.symlinkSync('nowhere', at('l'))
    withHandle(files.openFile(root, bytes('f')), (handle) => files.setTimes(handle, time, time))
    withHandle(files.openDirectoryBelow(root, bytes('d')), (handle) => files.setTimes(handle, time, time))
    files.setTimesAt(root, bytes('l'), time, time)
    for (const name of ['f', 'd', 'l']) {
      const status = files.statusAt(root, bytes(name))
      for (const got of [status?.accessTime, status?.modifyTime]) {
        const difference = ((got?.seconds ?? 0) - time.seconds) * 1e9 + (got?.nanoseconds ?? 0) - time.nanoseconds
        expect(Math.abs(difference), name).toBeLessThanOrEqual(tolerance)
      }
    }
    for (const nanoseconds of [-1, 1_000_000_000, 0x3fff_ffff, Number.NaN])
      expect(codeOf(() => files.setTimesAt(root, bytes('l'), time, { seconds: 0, nanoseconds }))).toBe(
        'invalid-argument',
      )
  })

  test('modes by handle and by name; a link has none of its own', () => {
    put('f')
    put('target')
    fs.chmodSync(at('target'), 0o640)
    fs.mkdirSync(at('d'))
    fs.symlinkSync('target', at('l'))
    withHandle(files.openFile(root, bytes('f')), (handle) => files.setMode(handle, 0o6711))
    withHandle(files.openDirectoryBelow(root, bytes('d')), (handle) => files.setMode(handle, 0o3750))
    expect(files.statusAt(root, bytes('f'))?.mode).toBe(0o6711)
    expect(files.statusAt(root, bytes('d'))?.mode).toBe(0o3750)
    files.setModeAt(root, bytes('f'), 0o444)
    expect(files.statusAt(root, bytes('f'))?.mode).toBe(0o444)
    expect(codeOf(() => files.setModeAt(root, bytes('l'), 0o777))).toBe('not-supported')
    expect(fs.statSync(at('target')).mode & 0o7777).toBe(0o640)
  })

  test.runIf(accounts.effectiveUserId === 0)('owners by handle and by name, links not followed', () => {
    put('f')
    fs.symlinkSync('f', at('l'))
    withHandle(files.openFile(root, bytes('f')), (handle) => files.setOwner(handle, 1234, 5678))
    files.setOwnerAt(root, bytes('l'), 4_000_000_000, 17)
    expect(files.statusAt(root, bytes('f'))).toMatchObject({ uid: 1234, gid: 5678 })
    expect(files.statusAt(root, bytes('l'))).toMatchObject({ uid: 4_000_000_000, gid: 17 })
  })

  test('the filesystem, its space, and what it can’t do', () => {
    const info = files.filesystemInfo(root)
    const expected = fs.statfsSync(folder)
    expect(info.blockSizeBytes).toBe(expected.bsize)
    expect(info.totalBytes).toBe(expected.blocks * expected.bsize)
    expect(info.type).not.toBe('')
    expect(info.id).toMatch(/^[0-9a-f]{16}$/)
    withHandle(files.openDirectoryPath(bytes('/proc')), (proc) => {
      expect(files.filesystemInfo(proc).type).toBe('proc')
      expect(cloner.canClone(proc)).toMatchObject({ possible: false, reason: expect.any(String) })
    })
  })

  test('holes and extents never claim more than is known', () => {
    put('f', 'x'.repeat(100))
    withHandle(files.openFilePath(textToByteString(at('f')), 'read-write'), (handle) => {
      expect(files.seekData(handle, 0)).toBe(0)
      expect(files.seekHole(handle, 0)).toBe(100)
      expect(files.seekData(handle, 100)).toBe(-1)
      expect(files.seekHole(handle, 200)).toBe(200)
      const extents = extentMap.extents(handle, 0, 100, true)
      expect(extents === undefined || extents.length > 0).toBe(true)
      expect(files.readAttributes(handle)).toEqual([])
      expect(codeOf(() => cloner.cloneRange(handle, 0, 0, handle, 0))).toBe(
        portable ? 'not-supported' : 'invalid-argument',
      )
    })
  })

  test('users, time and chance', () => {
    expect(accounts.effectiveUserId).toBe(process.geteuid?.())
    expect(accounts.userName(os.userInfo().uid)).toBe(os.userInfo().username)
    expect(accounts.userId(bytes(os.userInfo().username))).toBe(os.userInfo().uid)
    expect(accounts.userName(4_111_222_333)).toBeUndefined()
    expect(accounts.userId(bytes('no such user'))).toBeUndefined()
    expect(clock.now()).toBeLessThanOrEqual(clock.now())
    expect(Math.abs(clock.wallTime().seconds - Date.now() / 1000)).toBeLessThan(10)
    expect(randomBytes(16)).toHaveLength(16)
    expect(randomBytes(16)).not.toEqual(randomBytes(16))
  })

  test('nodes', () => {
    const kinds: NodeKind[] = ['fifo', 'socket', 'file']
    if (portable) {
      expect(codeOf(() => files.makeNode(root, bytes('n'), 'fifo', 0o644, 0, 0))).toBe('not-supported')
      return
    }
    for (const kind of kinds) {
      files.makeNode(root, bytes(kind), kind, 0o666, 0, 0)
      expect(files.statusAt(root, bytes(kind))).toMatchObject({ kind, mode: 0o666 })
    }
    expect(codeOf(() => files.makeNode(root, bytes('d'), 'directory', 0o755, 0, 0))).toBe('invalid-argument')
  })

  test('a lock is for one handle, and gone with it', () => {
    put('f')
    const ask = (handle: Handle): string => files.tryLock(handle)
    const first = files.openFile(root, bytes('f'))
    withHandle(files.openFile(root, bytes('f')), (second) => {
      expect([ask(first), ask(first), ask(second)]).toEqual(
        portable ? ['unknown', 'unknown', 'unknown'] : ['locked', 'locked', 'in-use'],
      )
      files.close(first)
      expect(ask(second)).toBe(portable ? 'unknown' : 'locked')
    })
    fs.mkdirSync(at('d'))
    withHandle(files.openDirectoryBelow(root, bytes('d')), (folderHandle) => {
      expect(ask(folderHandle)).toBe(portable ? 'unknown' : 'locked')
    })
  })

  test('a file and a folder exchange their names', () => {
    put('f', 'content')
    fs.mkdirSync(at('d'))
    const exchange = (): string => codeOf(() => files.rename(root, bytes('f'), root, bytes('d'), 'exchange'))
    expect(exchange()).toBe(portable ? 'not-supported' : 'nothing thrown')
    const [file, empty] = portable ? ['f', 'd'] : ['d', 'f']
    expect(fs.readFileSync(at(file), 'utf8')).toBe('content')
    expect(fs.readdirSync(at(empty))).toEqual([])
  })
})
