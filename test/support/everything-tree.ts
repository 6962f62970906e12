/** A tree with one of everything that a name can be and have, made by the system's tools as root. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { cloneFile, cloneRange, KIB, MIB, makeSparse, overwrite } from './blocks.ts'
import type { FilesystemType } from './loopback.ts'
import { runTool } from './system.ts'

const earlier = '1901-12-14 00:00:00.000000001 UTC'
const justBefore1970 = '1969-12-31 23:59:59.999999999 UTC'
const later = '2105-02-07 06:28:15.123456789 UTC'

/** The chattr flags that each filesystem keeps. */
const flagsOf = { btrfs: 'AdSDCc', xfs: 'AdS', ext4: 'AdSD', tmpfs: '' } as const

/** Fills `folder`, which must not exist. */
export function makeEverything(folder: string, type: FilesystemType): void {
  mkdirSync(folder)
  const path = (name: string) => `${folder}/${name}`
  makeFiles(path)
  if (type === 'btrfs' || type === 'xfs') makeShared(path)
  makeLinks(path)
  makeNodes(path)
  makeNames(folder)
  makeAttributes(path)
  makeFlags(path, flagsOf[type])
  // Whatever is made in a folder changes its times, so those come last, and closed folders too.
  makeOwners(path)
  makeFolders(path)
  runTool('touch', ['-d', justBefore1970, folder])
  runTool('touch', ['-a', '-d', later, folder])
}

function makeFiles(path: (name: string) => string): void {
  for (const size of [0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, MIB + 17]) {
    writeFileSync(path(`size-${size}`), randomBytes(size))
  }
  writeFileSync(path('equal content'), Buffer.alloc(300 * KIB, 'equal'))
  writeFileSync(path('equal content too'), Buffer.alloc(300 * KIB, 'equal'))
  writeFileSync(path('stored zeros'), Buffer.alloc(256 * KIB))
  const islands = [
    [64 * KIB, 8 * KIB],
    [512 * KIB, 100 * KIB],
  ] as const
  makeSparse(path('sparse'), MIB + 5, islands)
  makeSparse(path('only a hole'), 3 * MIB, [])
  makeSparse(path('small with a hole'), 24 * KIB, [[16 * KIB, 4 * KIB]])
}

function makeShared(path: (name: string) => string): void {
  cloneFile(path(`size-${MIB + 17}`), path('clone'))
  cloneFile(path(`size-${MIB + 17}`), path('clone with a change'))
  overwrite(path('clone with a change'), 128 * KIB, randomBytes(4 * KIB))
  writeFileSync(path('partly-shared'), randomBytes(256 * KIB))
  cloneRange(path(`size-${MIB + 17}`), 64 * KIB, path('partly-shared'), 128 * KIB, 64 * KIB)
}

function makeLinks(path: (name: string) => string): void {
  mkdirSync(path('links'))
  linkSync(path('size-4097'), path('links/small'))
  linkSync(path('size-65537'), path('links/large'))
  linkSync(path('size-65537'), path('another name'))
  linkSync(path('size-0'), path('links/empty'))
  for (const [name, target] of [
    ['up', '../..'],
    ['absolute', '/etc/passwd'],
    ['long', 'x/'.repeat(500)],
  ] as const) {
    symlinkSync(target, path(`links/${name}`))
  }
  symlinkSync(Buffer.from([0xff, 0x0a, 0x5c]), path('links/bytes'))
  runTool('chown', ['-h', '12:34', path('links/up')])
  runTool('touch', ['-h', '-d', earlier, path('links/up')])
  runTool('touch', ['-h', '-a', '-d', justBefore1970, path('links/absolute')])
  runTool('setfattr', ['-h', '-n', 'trusted.link', '-v', 'x', path('links/long')])
  linkSync(path('links/up'), path('links/up again'))
}

function makeNodes(path: (name: string) => string): void {
  mkdirSync(path('nodes'))
  runTool('mkfifo', ['-m', '0621', path('nodes/fifo')])
  runTool('mknod', ['-m', '0660', path('nodes/character'), 'c', '5', '259'])
  runTool('mknod', [path('nodes/block'), 'b', '500', '131071'])
  runTool('chmod', ['7777', path('nodes/block')])
  for (const name of ['fifo', 'character', 'block']) {
    runTool('setfattr', ['-n', `trusted.${name}`, '-v', 'x', path(`nodes/${name}`)])
    runTool('touch', ['-d', later, path(`nodes/${name}`)])
  }
  runTool('chown', ['77:88', path('nodes/fifo')])
  runTool('setfacl', ['-m', 'u:1234:r', path('nodes/fifo')])
}

function makeNames(folder: string): void {
  for (const name of [
    '-rf',
    ' ',
    'a\\b',
    '\u{202e}gnp.exe',
    'e\u0301',
    '\u00e9',
    'CASE',
    'case',
    '...',
    'n'.repeat(255),
  ]) {
    writeFileSync(`${folder}/${name}`, name)
  }
  writeFileSync(Buffer.from(`${folder}/\xff\xfe no text`, 'latin1'), 'x')
}

function makeAttributes(path: (name: string) => string): void {
  mkdirSync(path('attributes'))
  const set = (name: string, attribute: string, value: string) =>
    runTool('setfattr', ['-n', attribute, '-v', value, path(name)])
  for (const name of ['file', 'read-only', 'capable']) writeFileSync(path(`attributes/${name}`), name)
  for (const name of ['attributes', 'attributes/file', 'attributes/read-only']) {
    set(name, 'user.text', 'value')
    set(name, 'user.\u00e4 name', '0x00ff0a')
    set(name, 'trusted.large', `0x${'ab'.repeat(1500)}`)
    set(name, 'security.mine', 'x')
    runTool('setfattr', ['-n', 'user.empty', path(name)])
  }
  runTool('chmod', ['0444', path('attributes/read-only')])
  runTool('chown', ['1000:1000', path('attributes/capable')])
  runTool('setcap', ['cap_net_raw,cap_setuid+ep', path('attributes/capable')])
  mkdirSync(path('acls'))
  for (const name of ['file', 'masked']) writeFileSync(path(`acls/${name}`), name, { mode: 0o640 })
  runTool('setfacl', ['-m', 'u:1234:rw,g:99:r', path('acls/file')])
  runTool('setfacl', ['-m', 'u:1234:rwx,m::r', path('acls/masked')])
  runTool('setfacl', ['-d', '-m', 'u:1234:rwx,g::-', path('acls')])
  mkdirSync(path('acls/inherits'))
  writeFileSync(path('acls/inherits/file'), 'x')
}

function makeFlags(path: (name: string) => string, flags: string): void {
  mkdirSync(path('flags'))
  for (const flag of flags) {
    mkdirSync(path(`flags/folder ${flag}`))
    runTool('chattr', [`+${flag}`, path(`flags/folder ${flag}`)])
    writeFileSync(path(`flags/folder ${flag}/inside`), Buffer.alloc(128 * KIB, flag))
    if (flag === 'D') continue
    writeFileSync(path(`flags/file ${flag}`), '')
    runTool('chattr', [`+${flag}`, path(`flags/file ${flag}`)])
    writeFileSync(path(`flags/file ${flag}`), randomBytes(128 * KIB))
  }
}

function makeOwners(path: (name: string) => string): void {
  mkdirSync(path('owners'))
  for (const mode of ['0', '1', '400', '644', '777', '1777', '2755', '4711', '7777']) {
    for (const owner of ['0:0', '54321:65534']) {
      const name = path(`owners/${mode} of ${owner}`)
      writeFileSync(name, 'x')
      runTool('chown', [owner, name])
      runTool('chmod', [mode, name])
    }
  }
  for (const [index, time] of [earlier, justBefore1970, later].entries()) {
    writeFileSync(path(`owners/time ${index}`), 'x')
    runTool('touch', ['-a', '-d', time, path(`owners/time ${index}`)])
    runTool('touch', ['-m', '-d', time.replace('01', '02'), path(`owners/time ${index}`)])
  }
}

function makeFolders(path: (name: string) => string): void {
  mkdirSync(path('folders'))
  for (const mode of ['0', '100', '400', '500', '1777', '2770', '5755', '7777']) {
    const name = path(`folders/${mode}`)
    mkdirSync(name)
    writeFileSync(`${name}/inside`, mode)
    runTool('chown', ['321:123', name])
    runTool('chmod', [mode, name])
    runTool('touch', ['-d', earlier, name])
  }
  mkdirSync(path('folders/empty'))
  runTool('touch', ['-d', later, path('folders')])
}
