/** A small tree with one of everything that takes another path through the engine. */
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cloneFile, KIB, makeSparse } from './blocks.ts'
import { runTool } from './system.ts'

/** Fills a folder that doesn't exist yet. `clones` where the filesystem can share blocks. */
export function makeOneOfEverything(folder: string, clones: boolean): void {
  const path = (...names: string[]) => join(folder, ...names)
  mkdirSync(path('sub/deeper'), { recursive: true })
  mkdirSync(path('empty'))
  writeFileSync(path('small'), 'a few bytes')
  writeFileSync(path('none'), '')
  writeFileSync(path('large'), randomBytes(72 * KIB + 100))
  if (clones) cloneFile(path('large'), path('sub/clone'))
  else writeFileSync(path('sub/clone'), randomBytes(68 * KIB))
  writeFileSync(path('sub/deeper/middle'), randomBytes(9 * KIB))
  makeSparse(path('sub/sparse'), 300 * KIB, [[128 * KIB, 8 * KIB]])
  linkSync(path('small'), path('sub/same'))
  symlinkSync('small', path('link'))
  runTool('mkfifo', [path('fifo')])
  chmodSync(path('small'), 0o4711)
  runTool('setfattr', ['-n', 'trusted.colour', '-v', 'blue', path('large')])
}
