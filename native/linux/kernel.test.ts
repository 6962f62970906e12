/** What only the Linux implementation does, against the running kernel: fallbacks, long paths, attributes, holes. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Handle } from '../../src/main/engine/ports.ts'
import { isTemporaryName } from '../../src/main/engine/staging.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import { createPorts } from '../index.ts'
import { temporaryName } from '../names.ts'
import { renameByLinking } from './nodes.ts'
import { createAndUnlink, walkBelow } from './open.ts'

const { files, accounts } = createPorts({ portable: false })
const bytes = (text: string): ByteString => text as ByteString
const throwing = (code: string): object => expect.objectContaining({ code })
let folder = ''
let root: Handle

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'reftar-linux-'))
  root = files.openDirectoryPath(textToByteString(folder))
})
afterEach(() => {
  files.close(root)
  // node:fs can't remove paths longer than PATH_MAX.
  execFileSync('rm', ['-rf', folder])
})
const at = (name: string): string => path.join(folder, name)

test('without openat2 folders are walked as safely', () => {
  fs.mkdirSync(at('a/b'), { recursive: true })
  fs.symlinkSync('b', at('a/link'))
  fs.writeFileSync(at('f'), '')
  files.close(walkBelow(root, [bytes('a'), bytes('b')]))
  expect(() => walkBelow(root, [bytes('a'), bytes('link')])).toThrow(throwing('symbolic-link'))
  expect(() => walkBelow(root, [bytes('a'), bytes('link'), bytes('x')])).toThrow(throwing('symbolic-link'))
  expect(() => walkBelow(root, [bytes('f')])).toThrow(throwing('not-a-directory'))
  expect(() => walkBelow(root, [bytes('f'), bytes('x')])).toThrow(throwing('not-a-directory'))
  expect(() => walkBelow(root, [bytes('a'), bytes('..')])).toThrow(throwing('unsafe-path'))
  expect(() => walkBelow(root, [bytes('a'), bytes('no')])).toThrow(throwing('not-found'))
})

test('a FIFO opens at once, and says whether there is something to read', () => {
  files.makeNode(root, bytes('fifo'), 'fifo', 0o600, 0, 0)
  const path = textToByteString(at('fifo'))
  const reader = files.openFilePath(path, 'read')
  const writer = files.openFilePath(path, 'read-write')
  try {
    expect(files.status(reader).kind).toBe('fifo')
    expect(files.waitForInput(reader, 1)).toBe(false)
    files.write(writer, Uint8Array.of(7), 0, 1, null)
    expect(files.waitForInput(reader, 1)).toBe(true)
    const got = new Uint8Array(2)
    expect(files.read(reader, got, 0, 2, null)).toBe(1)
    expect(files.waitForInput(reader, 1)).toBe(false)
  } finally {
    files.close(writer)
  }
  // Its end can be read, too.
  expect(files.waitForInput(reader, 1)).toBe(true)
  files.close(reader)
})

test('paths longer than PATH_MAX', () => {
  const name = bytes('n'.repeat(250))
  let handle = files.openDirectoryBelow(root, bytes(''))
  for (let depth = 0; depth < 40; depth++) {
    files.makeDirectory(handle, name, 0o700)
    const next = files.openDirectoryBelow(handle, name)
    files.close(handle)
    handle = next
  }
  files.close(files.createFile(handle, bytes('leaf'), 0o600))
  files.close(handle)
  const below = Array.from({ length: 40 }, () => name).join('/')
  const absolute = `${textToByteString(folder)}/${below}`
  for (const open of [
    () => files.openDirectoryBelow(root, bytes(below)),
    () => files.openDirectoryPath(bytes(absolute)),
    () => files.openDirectoryPath(bytes(`${absolute}//`)),
    () => files.openDirectoryPath(bytes(absolute.replaceAll('/', '///'))),
  ]) {
    const opened = open()
    expect(files.readDirectory(opened)).toEqual([{ name: 'leaf', kind: 'file' }])
    files.close(opened)
  }
  files.close(files.openFilePath(bytes(`${absolute}/leaf`), 'read-write'))
  expect(() => files.openFilePath(bytes(`${absolute}/no`), 'read')).toThrow(throwing('not-found'))
  expect(() => files.openFilePath(bytes('x'.repeat(5000)), 'read')).toThrow(throwing('name-too-long'))
})

test('descriptors are all closed again', () => {
  const count = (): number => fs.readdirSync('/proc/self/fd').length
  const before = count()
  for (let i = 0; i < 50; i++) {
    files.close(files.createUnnamedFile(root))
    files.makeDirectory(root, bytes(`d${i}`), 0o2777)
    expect(() => walkBelow(root, [bytes(`d${i}`), bytes('x'), bytes('y')])).toThrow()
    expect(() => files.setModeAt(root, bytes('missing'), 0o600)).toThrow()
  }
  expect(count()).toBe(before)
})

test('without RENAME_NOREPLACE an existing target survives too', () => {
  fs.writeFileSync(at('a'), 'A')
  fs.writeFileSync(at('b'), 'B')
  fs.mkdirSync(at('d/x'), { recursive: true })
  fs.mkdirSync(at('e'))
  expect(() => renameByLinking(root, bytes('a'), root, bytes('b'))).toThrow(throwing('already-exists'))
  expect(() => renameByLinking(root, bytes('d'), root, bytes('e'))).toThrow(throwing('already-exists'))
  expect(() => renameByLinking(root, bytes('no'), root, bytes('c'))).toThrow(throwing('not-found'))
  renameByLinking(root, bytes('a'), root, bytes('c'))
  renameByLinking(root, bytes('d'), root, bytes('f'))
  expect(fs.readdirSync(folder).sort()).toEqual(['b', 'c', 'e', 'f'])
  expect(fs.readFileSync(at('c'), 'utf8')).toBe('A')
  expect(fs.readdirSync(at('f'))).toEqual(['x'])
  files.makeDirectory(root, bytes('g'), 0o700)
  const inside = files.openDirectoryBelow(root, bytes('g'))
  expect(() => files.rename(root, bytes('g'), inside, bytes('h'), 'fail-if-exists')).toThrow(
    throwing('invalid-argument'),
  )
  expect(files.readDirectory(inside)).toEqual([])
  files.close(inside)
})

test('without O_TMPFILE the name is gone at once, and known should it be left', () => {
  expect(isTemporaryName(temporaryName())).toBe(true)
  const handle = createAndUnlink(root)
  expect(files.status(handle).linkCount).toBe(0)
  expect(fs.readdirSync(folder)).toEqual([])
  files.close(handle)
})

test('holes of a sparse file, punched and sought', () => {
  const handle = files.createFile(root, bytes('sparse'), 0o600)
  const block = Buffer.alloc(65_536, 1)
  files.truncate(handle, 2 ** 33)
  files.write(handle, block, 0, block.length, 1 << 20)
  files.write(handle, block, 0, block.length, 2 ** 32)
  expect(files.seekData(handle, 0)).toBe(1 << 20)
  expect(files.seekHole(handle, 1 << 20)).toBe((1 << 20) + 65_536)
  expect(files.seekData(handle, (1 << 20) + 65_536)).toBe(2 ** 32)
  expect(files.seekData(handle, 2 ** 32 + 65_536)).toBe(-1)
  expect(files.punchHole(handle, 1 << 20, 65_536)).toBe(true)
  expect(files.seekData(handle, 0)).toBe(2 ** 32)
  expect(files.status(handle).sizeBytes).toBe(2 ** 33)
  files.close(handle)
})

test('copy_file_range copies, and says 0 where it can’t', () => {
  fs.writeFileSync(at('a'), 'x'.repeat(10_000))
  const source = files.openFile(root, bytes('a'))
  const target = files.createFile(root, bytes('b'), 0o600)
  expect(files.copyRange(source, 1_000, target, 5, 4_000)).toBe(4_000)
  expect(files.status(target).sizeBytes).toBe(4_005)
  expect(files.copyRange(source, 10_000, target, 0, 1)).toBe(0)
  const proc = files.openFilePath(bytes('/proc/self/stat'), 'read')
  expect(files.copyRange(proc, 0, target, 0, 100)).toBe(0)
  for (const handle of [source, target, proc]) files.close(handle)
})

test('extended attributes by handle and by name, of any bytes and sizes', () => {
  const attributes = [
    { name: bytes('user.empty'), value: new Uint8Array(0) },
    { name: bytes('user.\xff\x01'), value: Uint8Array.from({ length: 256 }, (_, i) => i) },
    { name: bytes('user.large'), value: new Uint8Array(2_000).fill(7) },
  ]
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
  attributes.sort(byName)
  const handle = files.createFile(root, bytes('f'), 0o600)
  for (const attribute of attributes) files.writeAttribute(handle, attribute)
  expect(files.readAttributes(handle).sort(byName)).toEqual(attributes)
  files.makeDirectory(root, bytes('d\n'), 0o700)
  for (const attribute of attributes) files.writeAttributeAt(root, bytes('d\n'), attribute)
  expect(files.readAttributesAt(root, bytes('d\n')).sort(byName)).toEqual(attributes)
  expect(() => files.writeAttribute(handle, { name: bytes('user.a\0b'), value: new Uint8Array(1) })).toThrow(
    throwing('invalid-argument'),
  )
  expect(() => files.writeAttribute(handle, { name: bytes('nonsense'), value: new Uint8Array(1) })).toThrow(
    throwing('not-supported'),
  )
  expect(() => files.readAttributesAt(root, bytes('missing'))).toThrow(throwing('not-found'))
  // user.* on a link is refused by the kernel, and must not land on its target.
  fs.symlinkSync('f', at('l'))
  expect(() => files.writeAttributeAt(root, bytes('l'), { name: bytes('user.x'), value: new Uint8Array(1) })).toThrow()
  expect(files.readAttributesAt(root, bytes('l'))).toEqual([])
  expect(files.readAttributes(handle)).toHaveLength(3)
  files.close(handle)
})

test.runIf(accounts.effectiveUserId === 0)('devices keep their numbers', () => {
  files.makeNode(root, bytes('c'), 'character-device', 0o620, 0xabc, 0x12345)
  files.makeNode(root, bytes('b'), 'block-device', 0o660, 7, 300)
  expect(files.statusAt(root, bytes('c'))).toMatchObject({
    kind: 'character-device',
    mode: 0o620,
    deviceMajor: 0xabc,
    deviceMinor: 0x12345,
  })
  expect(files.statusAt(root, bytes('b'))).toMatchObject({ kind: 'block-device', deviceMajor: 7, deviceMinor: 300 })
})

test('groups and users by name and number', () => {
  const [line] = fs.readFileSync('/etc/group', 'latin1').split('\n')
  const [name = '', , id] = line?.split(':') ?? []
  expect(accounts.groupId(bytes(name))).toBe(Number(id))
  expect(accounts.groupName(Number(id))).toBe(name)
  expect(accounts.groupName(4_111_222_333)).toBeUndefined()
  expect(accounts.userId(bytes('root'))).toBe(0)
})
