/** Files whose sharing is known, made with the system's own tools: what specs compare the window with. */
import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MIB = 1 << 20

/** Bytes that occur nowhere twice. */
export function distinctBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    bytes.writeInt32LE(state, at)
  }
  return bytes
}

function clone(from: string, to: string): void {
  execFileSync('cp', ['--reflink=always', from, to])
}

/**
 * A folder of images on a filesystem with reflinks: `base.img` (8 MiB), `clone.img` (all of it), `changed.img` (a clone
 * with its second MiB written anew), `sparse.img` (a MiB, then a hole of 15) and `notes.txt` (a few bytes).
 */
export function makeSharedFolder(folder: string): void {
  mkdirSync(join(folder, 'images'), { recursive: true })
  const base = join(folder, 'images', 'base.img')
  const changed = join(folder, 'images', 'changed.img')
  writeFileSync(base, distinctBytes(8 * MIB, 1))
  execFileSync('sync', ['-f', base])
  clone(base, join(folder, 'images', 'clone.img'))
  clone(base, changed)
  const descriptor = openSync(changed, 'r+')
  writeSync(descriptor, distinctBytes(MIB, 2), 0, MIB, MIB)
  closeSync(descriptor)
  const sparse = openSync(join(folder, 'sparse.img'), 'w')
  writeSync(sparse, distinctBytes(MIB, 3))
  ftruncateSync(sparse, 16 * MIB)
  closeSync(sparse)
  writeFileSync(join(folder, 'notes.txt'), 'Remember the milk.\n')
  execFileSync('sync', ['-f', folder])
}
