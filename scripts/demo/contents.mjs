/** The demo's files: everything that makes sharing interesting, the images of random bytes, so that compression explains nothing. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MIB = 2 ** 20
const BASE_BYTES = 32 * MIB
const CHANGED_PLACES = 16
const CHANGED_BYTES = 4096
const SPARSE_BYTES = 256 * MIB
const SMALL_FILES = 200

/** A copy that shares blocks where that is possible. */
function copy(from, to) {
  const { status, stderr } = spawnSync('cp', ['--reflink=auto', from, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** Fills a new folder; one line a kind of file. */
export function makeContents(folder) {
  const images = join(folder, 'images')
  const notes = join(folder, 'notes')
  mkdirSync(images, { recursive: true })
  mkdirSync(notes)

  const base = join(images, 'base.img')
  writeFileSync(base, randomBytes(BASE_BYTES))
  for (const name of ['clone-1.img', 'clone-2.img']) copy(base, join(images, name))

  const changed = join(images, 'changed.img')
  copy(base, changed)
  const changing = openSync(changed, 'r+')
  const stride = BASE_BYTES / CHANGED_PLACES
  for (let i = 0; i < CHANGED_PLACES; i++) writeSync(changing, randomBytes(CHANGED_BYTES), 0, CHANGED_BYTES, i * stride)
  closeSync(changing)

  const sparse = openSync(join(images, 'sparse.img'), 'w')
  ftruncateSync(sparse, SPARSE_BYTES)
  for (const place of [0, 0.5]) writeSync(sparse, randomBytes(MIB), 0, MIB, place * SPARSE_BYTES)
  closeSync(sparse)

  for (let i = 0; i < SMALL_FILES; i++) {
    writeFileSync(
      join(notes, `note-${String(i).padStart(3, '0')}.txt`),
      `Note ${i}\n${'All work and no play. '.repeat(i)}\n`,
    )
  }
  return [
    `  images/base.img       ${BASE_BYTES / MIB} MiB of random bytes`,
    '  images/clone-*.img    two copies that share all of its blocks',
    `  images/changed.img    a copy overwritten in ${CHANGED_PLACES} places`,
    `  images/sparse.img     ${SPARSE_BYTES / MIB} MiB, of which all but 2 MiB is a hole`,
    `  notes/                ${SMALL_FILES} small files`,
  ]
}
