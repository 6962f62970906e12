/** An archive of a million entries, made once: a tenth of them in one folder, the others a thousand to a folder. */

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { runCli } from '../../test/support/cli.ts'

const ENTRIES = 1_000_000
const FLAT = 100_000
const IN_A_FOLDER = 1000

/** Where its files lie while it is made: memory, where there is one. */
const parent = statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() ? '/dev/shm' : '/var/tmp'
const path = resolve('out/bench/million.reftar')

/** Makes the archive unless an earlier run did. Names and sizes repeat; every tenth of the files in folders has bytes. */
export function millionEntries(): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return path
  const scratch = mkdtempSync(join(parent, 'reftar-bench-'))
  try {
    makeFiles(join(scratch, 'tree'))
    mkdirSync(dirname(path), { recursive: true })
    const run = runCli(scratch, 'create', '-q', '-f', path, 'tree')
    if (run.code !== 0) throw new Error(run.err)
    return path
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function makeFiles(tree: string): void {
  mkdirSync(join(tree, 'flat'), { recursive: true })
  for (let i = 0; i < FLAT; i++) writeFileSync(join(tree, 'flat', `IMG_${String(i).padStart(7, '0')}.jpg`), '')
  let inside = ''
  for (let i = 0; i < ENTRIES - FLAT; i++) {
    if (i % IN_A_FOLDER === 0) {
      inside = join(tree, `folder-${String(i / IN_A_FOLDER).padStart(4, '0')}`)
      mkdirSync(inside)
    }
    writeFileSync(join(inside, `file-${(i * 7919) % 100_003}.txt`), i % 10 === 0 ? 'x'.repeat(i % 997) : '')
  }
}
