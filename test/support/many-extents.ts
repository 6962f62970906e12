/** A folder of 100,000 files of ten extents each, a million that share the blocks of one file. */

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createPorts } from '../../native/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'

const FILES = 100_000
const EXTENTS_EACH = 10
const BLOCK_BYTES = 4096
/** Every second one is used, so that extents never join. */
const BASE_BLOCKS = 1 << 14

/** Makes them in `folder`, by cloning single blocks of a base file beside it; they are on disk then. */
export function manyExtents(folder: string): void {
  const { files, cloner } = createPorts()
  const bytes = textToByteString
  mkdirSync(folder)
  const parent = files.openDirectoryPath(bytes(join(folder, '..')))
  const base = files.createFile(parent, bytes('base'), 0o600)
  files.write(base, randomBytes(BASE_BLOCKS * BLOCK_BYTES), 0, BASE_BLOCKS * BLOCK_BYTES, 0)
  files.sync(base)
  for (let file = 0; file < FILES; file++) {
    if (file % 1000 === 0) mkdirSync(join(folder, String(file / 1000)))
    const inside = files.openDirectoryPath(bytes(join(folder, String(Math.floor(file / 1000)))))
    const handle = files.createFile(inside, bytes(`file-${file}`), 0o600)
    files.truncate(handle, EXTENTS_EACH * BLOCK_BYTES)
    for (let extent = 0; extent < EXTENTS_EACH; extent++) {
      const block = ((file * EXTENTS_EACH + extent) * 2) % BASE_BLOCKS
      cloner.cloneRange(base, block * BLOCK_BYTES, BLOCK_BYTES, handle, extent * BLOCK_BYTES)
    }
    files.close(handle)
    files.close(inside)
  }
  files.close(base)
  files.close(parent)
  execFileSync('sync', ['-f', folder])
}

/** Milliseconds that `filefrag` takes over all of them. */
export function filefragMilliseconds(folder: string): number {
  const begun = performance.now()
  execFileSync('sh', ['-c', 'find "$1" -type f -print0 | xargs -0 filefrag -v > /dev/null', 'sh', folder])
  return performance.now() - begun
}
