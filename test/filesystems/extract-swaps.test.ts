/**
 * A second process changes the target while root extracts into it: folders become symbolic links and back, temporary names
 * are replaced by hard links. Nothing outside of the target may be written, made, removed or get another owner or mode.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import type { Entry } from '../../src/main/engine/entry.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import type { ConflictPolicy } from '../../src/shared/jobs.ts'
import { extractFrom } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'
import { madeUp, madeUpReader, packed } from '../support/made-up-reader.ts'

const secondsEach = 25
const text = Buffer.from('abcdefghijklmnopqrstuvwxyz')
const owner = { uid: 1234, gid: 4321, userName: textToByteString(''), groupName: textToByteString('') }

/** `d` and `d/e` swapped with links to the outside, as fast as it goes. */
const swapFolders = `
const fs = require('node:fs')
const [target, outside] = process.argv.slice(1)
process.chdir(target)
let done = 0
const attempt = (act) => { try { act(); if (++done % 64 === 0) fs.writeFileSync(target + '/../done ' + process.pid, String(done)) } catch {} }
for (let round = 0; ; round++) {
  const [path, aside] = round % 2 ? ['d', '../real d'] : ['d/e', '../real e']
  attempt(() => fs.renameSync(path, aside))
  attempt(() => fs.symlinkSync(outside, path))
  for (let spin = (round % 32) * 5000; spin > 0; spin--);
  attempt(() => fs.unlinkSync(path))
  attempt(() => fs.renameSync(aside, path))
  // The extraction may have made the folder again.
  attempt(() => fs.rmSync(aside, { recursive: true }))
}`

/** Whatever appears under a temporary name is replaced by a hard link to the outside, or a symbolic one. */
const replaceStaged = `
const fs = require('node:fs')
const [target, outside] = process.argv.slice(1)
let done = 0
const attempt = (act) => { try { act(); if (++done % 64 === 0) fs.writeFileSync(target + '/../done ' + process.pid, String(done)) } catch {} }
for (let round = 0; ; round++) {
  for (const folder of [target, target + '/d', target + '/d/e']) attempt(() => {
    for (const name of fs.readdirSync(folder)) {
      if (!name.startsWith('.reftar-')) continue
      const path = folder + '/' + name
      attempt(() => fs.renameSync(path, target + '/../stolen ' + round))
      attempt(() => (round % 3 ? fs.linkSync(outside + '/victim', path) : fs.symlinkSync(outside, path)))
    }
  })
}`

function entriesFor(round: number) {
  const more = (entry: Partial<Entry>) => ({ owner, mode: 0o6777, ...entry })
  return [
    madeUp('d', more({ kind: 'directory', mode: 0o755 })),
    ...Array.from({ length: 20 }, (_, i) => packed(`d/${round} ${i}`, 0, 5, more({}))),
    packed('d/victim', 0, 3, more({})),
    madeUp('d/fifo', more({ kind: 'fifo' })),
    madeUp('d/link', more({ kind: 'symlink', linkTarget: textToByteString('/') })),
    madeUp('d/device', more({ kind: 'character-device', deviceMajor: 1, deviceMinor: 3 })),
    madeUp('d/e', more({ kind: 'directory', mode: 0o700 })),
    ...Array.from({ length: 20 }, (_, i) => packed(`d/e/${i}`, 0, 5, more({}))),
    packed('d/e/victim', 3, 3, more({})),
    madeUp('d/e/fifo', more({ kind: 'fifo' })),
    madeUp('d/e/same', more({ kind: 'hardlink', hardLinkOrdinal: 21 })),
    madeUp('d/new', more({ kind: 'directory', mode: 0o755 })),
    packed('d/new/victim', 3, 3, more({})),
  ]
}

/** What must not change: the names, and of what is there everything but the number of names and what follows from it. */
function outsideState(outside: string) {
  const stateOf = (path: string) => {
    const { mode, uid, gid, size, mtimeNs } = lstatSync(path, { bigint: true })
    return [mode, uid, gid, size, mtimeNs].join(' ')
  }
  return [
    stateOf(outside),
    ...readdirSync(outside).map((name) => `${name} ${stateOf(join(outside, name))}`),
    readFileSync(join(outside, 'victim'), 'latin1'),
  ]
}

it.each([
  ['folders swapped for symbolic links', swapFolders, 1, 'overwrite'],
  ['temporary names taken over', replaceStaged, 2, 'overwrite'],
  ['temporary names taken over, keeping both', replaceStaged, 2, 'rename'],
] as const)(
  '%s: nothing outside changes',
  async (_, attack, count, onConflict: ConflictPolicy) => {
    // Nothing is faster, so that the two meet as often as can be.
    using disk = mountImage('tmpfs')
    const base = disk.mountpoint
    const [out, outside] = [join(base, 'target/out'), join(base, 'outside')] as const
    mkdirSync(join(out, 'd/e'), { recursive: true })
    mkdirSync(outside, { mode: 0o751 })
    mkdirSync(join(outside, 'e'))
    writeFileSync(join(outside, 'victim'), 'precious')
    chmodSync(join(outside, 'victim'), 0o640)
    writeFileSync(join(base, 'archive'), 'x')
    const before = outsideState(outside)
    const ports = createPorts()
    const attackers: ChildProcess[] = Array.from({ length: count }, () =>
      spawn(process.execPath, ['-e', attack, out, outside], { stdio: 'ignore' }),
    )
    const ended = attackers.map((attacker) => new Promise((resolve) => attacker.once('exit', resolve)))
    let rounds = 0
    try {
      for (const end = Date.now() + secondsEach * 1000; Date.now() < end; rounds++) {
        const reader = madeUpReader(
          ports,
          { archivePath: join(base, 'archive'), packs: [text] },
          entriesFor(rounds % 50),
        )
        try {
          await extractFrom(reader, out, { onConflict }, ports)
        } catch (error) {
          if (!(error instanceof ReftarError) || error.code === 'internal') throw error
        } finally {
          reader.close()
        }
        expect(outsideState(outside)).toEqual(before)
      }
    } finally {
      for (const attacker of attackers) attacker.kill('SIGKILL')
      await Promise.all(ended)
    }
    // They were still at it when they were stopped.
    expect(attackers.map(({ signalCode }) => signalCode)).toEqual(attackers.map(() => 'SIGKILL'))
    // The attack was one: thousands of changes, during many extractions.
    const changes = readdirSync(join(base, 'target')).filter((name) => name.startsWith('done '))
    const changed = changes.reduce((sum, name) => sum + Number(readFileSync(join(base, 'target', name), 'latin1')), 0)
    expect(changed).toBeGreaterThan(2000)
    expect(rounds).toBeGreaterThan(50)
  },
  240_000,
)
