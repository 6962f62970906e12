/** What is archived: for each corpus its files, made on a disk, and the commands that are measured on them. */
import { randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import {
  copy,
  copyName,
  reftarCreate,
  reftarExtract,
  reftarList,
  slowArchivers,
  tarCreate,
  tarExtract,
  tarList,
} from './contenders.mjs'
import { measureFiles, warm, warmRange } from './files.mjs'
import { tool } from './tools.mjs'

/** @typedef {import('./contenders.mjs').Group} Group */
/** @typedef {import('./disk.mjs').Disk} Disk */

/**
 * @typedef {object} Comparable
 * @property {string} source
 * @property {string[]} restored folders that hold it again
 */

/**
 * @typedef {object} Corpus
 * @property {string} name
 * @property {string} description
 * @property {number} contentBytes distinct bytes
 * @property {Group[]} groups
 * @property {Comparable | undefined} comparable for --check
 */

const KIB = 2 ** 10
const MIB = 2 ** 20
const GIB = 2 ** 30

export const KERNEL_ARCHIVE = '/usr/src/linux-source-6.1.tar.xz'
const KERNEL_FOLDER = 'linux-source-6.1'
/** 2,078 files of all sizes. */
const KERNEL_QUICK_FOLDER = `${KERNEL_FOLDER}/fs`

const IMAGE_BYTES = { full: GIB, quick: 64 * MIB }
const BYTES_PER_CHANGE = GIB / 1000
const CHANGED_BYTES = 4 * KIB

const SPARSE_BYTES = 64 * GIB
const ISLANDS = 512
const ISLAND_BYTES = 64 * KIB

/**
 * Many small files.
 *
 * @param {Disk} disk
 * @param {boolean} quick
 * @returns {Corpus}
 */
function kernel(disk, quick) {
  tool('tar', '-xf', KERNEL_ARCHIVE, '-C', disk.folder, quick ? KERNEL_QUICK_FOLDER : KERNEL_FOLDER)
  const source = disk.path(KERNEL_FOLDER)
  const { files, bytes } = measureFiles(source)
  const warmSource = () => warm(source)
  const archives = {
    reftar: disk.path('kernel.reftar'),
    compressed: disk.path('kernel-compressed.reftar'),
    tar: disk.path('kernel.tar'),
    bsdtar: disk.path('kernel-bsd.tar'),
    zstd: disk.path('kernel.tar.zst'),
  }
  const tar = { name: 'GNU tar' }
  const bsdtar = { name: 'bsdtar', peer: 'bsdtar' }
  const tarZstd = { name: 'GNU tar --zstd', peer: 'zstd' }
  const restored = disk.path('restored')
  return {
    name: 'kernel',
    description: `Linux 6.1's source, ${files.toLocaleString('en')} files, ${(bytes / 1e6).toFixed(0)} MB`,
    contentBytes: bytes,
    groups: [
      {
        action: 'create',
        reference: tar.name,
        contenders: [
          reftarCreate('reftar', archives.reftar, source, warmSource),
          tarCreate(tar, archives.tar, source, warmSource),
          reftarCreate('reftar --compress', archives.compressed, source, warmSource, '--compress'),
          tarCreate(bsdtar, archives.bsdtar, source, warmSource),
          zstdTar(tarCreate({ name: tarZstd.name }, archives.zstd, source, warmSource, '--zstd')),
          copy(disk, source, disk.path('copied'), warmSource),
          ...slowArchivers(disk, source, warmSource),
        ],
      },
      {
        action: 'extract',
        reference: tar.name,
        contenders: [
          reftarExtract('reftar', archives.reftar, restored),
          tarExtract(tar, archives.tar, disk.path('restored-tar')),
          reftarExtract('reftar --compress', archives.compressed, disk.path('restored-compressed')),
          tarExtract(bsdtar, archives.bsdtar, disk.path('restored-bsdtar')),
          zstdTar(tarExtract({ name: tarZstd.name }, archives.zstd, disk.path('restored-zstd'), '--zstd')),
        ],
      },
      {
        action: 'list',
        reference: tar.name,
        contenders: [reftarList(archives.reftar), tarList(tar, archives.tar), tarList(bsdtar, archives.bsdtar)],
      },
    ],
    comparable: { source, restored: [restored, disk.path('restored-compressed')] },
  }
}
kernel.filesystems = ['btrfs', 'xfs', 'ext4']

/**
 * GNU tar, which needs the command zstd besides.
 *
 * @param {import('./contenders.mjs').Contender} contender
 */
const zstdTar = (contender) => ({ ...contender, peer: 'zstd' })

/**
 * Large files that share nearly all of their blocks.
 *
 * @param {Disk} disk
 * @param {boolean} quick
 * @returns {Corpus}
 */
function images(disk, quick) {
  const sizeBytes = quick ? IMAGE_BYTES.quick : IMAGE_BYTES.full
  const source = disk.path('images')
  mkdirSync(source)
  const base = disk.path('images', 'base.img')
  writeRandom(base, sizeBytes, [{ offset: 0, length: sizeBytes }])
  const changed = disk.path('images', 'changed.img')
  const copies = [disk.path('images', 'clone-1.img'), disk.path('images', 'clone-2.img'), changed]
  for (const path of copies) tool('cp', '--reflink=always', base, path)
  const places = Math.floor(sizeBytes / BYTES_PER_CHANGE)
  const changes = spread(places, CHANGED_BYTES, sizeBytes)
  writeRandom(changed, sizeBytes, changes)

  const warmSource = () => warm(source)
  const instant = disk.path('images-instant.reftar')
  const hashed = disk.path('images.reftar')
  const tar = disk.path('images.tar')
  const restored = [disk.path('restored-instant'), disk.path('restored')]
  const cp = copy(disk, source, disk.path('copied'), warmSource)
  return {
    name: 'images',
    description: `${sizeBytes / MIB} MiB of random bytes and three reflink copies, one changed in ${places} places`,
    contentBytes: sizeBytes,
    groups: [
      {
        action: 'create',
        reference: copyName(disk),
        contenders: [
          reftarCreate('reftar --instant', instant, source, warmSource, '--instant'),
          cp,
          reftarCreate('reftar', hashed, source, warmSource),
          tarCreate({ name: 'GNU tar', once: true }, tar, source, warmSource),
        ],
      },
      {
        action: 'extract',
        reference: copyName(disk),
        contenders: [
          reftarExtract('reftar --instant', instant, restored[0] ?? ''),
          cp,
          reftarExtract('reftar', hashed, restored[1] ?? ''),
          tarExtract({ name: 'GNU tar', once: true }, tar, disk.path('restored-tar')),
        ],
      },
    ],
    comparable: { source, restored },
  }
}
images.filesystems = ['btrfs', 'xfs']

/**
 * A huge file with little in it, beside a file of just that.
 *
 * @param {Disk} disk
 * @returns {Corpus}
 */
function sparse(disk) {
  const contentBytes = ISLANDS * ISLAND_BYTES
  const islands = spread(ISLANDS, ISLAND_BYTES, SPARSE_BYTES)
  const source = disk.path('sparse.img')
  const dense = disk.path('dense.img')
  writeRandom(source, SPARSE_BYTES, islands)
  writeRandom(dense, contentBytes, [{ offset: 0, length: contentBytes }])
  const warmSource = () => {
    for (const { offset, length } of islands) warmRange(source, offset, length)
  }
  const archive = disk.path('sparse.reftar')
  const denseArchive = disk.path('dense.reftar')
  const tar = disk.path('sparse.tar')
  const cp = copy(disk, source, disk.path('copied'), warmSource)
  const reference = 'reftar, without the holes'
  const tarName = 'GNU tar --sparse'
  return {
    name: 'sparse',
    description: `a file of ${SPARSE_BYTES / GIB} GiB, of which ${ISLANDS} places of ${ISLAND_BYTES / KIB} KiB are no hole`,
    contentBytes,
    groups: [
      {
        action: 'create',
        reference,
        contenders: [
          reftarCreate('reftar', archive, source, warmSource),
          reftarCreate(reference, denseArchive, dense, () => warm(dense)),
          tarCreate({ name: tarName }, tar, source, warmSource, '--sparse'),
          cp,
        ],
      },
      {
        action: 'extract',
        reference,
        contenders: [
          reftarExtract('reftar', archive, disk.path('restored')),
          reftarExtract(reference, denseArchive, disk.path('restored-dense')),
          tarExtract({ name: tarName }, tar, disk.path('restored-tar')),
          cp,
        ],
      },
    ],
    // diff would read 128 GiB of zeros.
    comparable: undefined,
  }
}
sparse.filesystems = ['btrfs', 'xfs', 'ext4']

export const corpora = { kernel, images, sparse }

/**
 * Places at equal distances, aligned to their length.
 *
 * @param {number} count
 * @param {number} length
 * @param {number} sizeBytes
 */
function spread(count, length, sizeBytes) {
  const distance = Math.floor(sizeBytes / count / length) * length
  return Array.from({ length: count }, (_, i) => ({ offset: i * distance, length }))
}

/**
 * Writes random bytes into a file, which is made if need be.
 *
 * @param {string} path
 * @param {number} sizeBytes
 * @param {readonly { offset: number, length: number }[]} ranges
 */
function writeRandom(path, sizeBytes, ranges) {
  tool('touch', path)
  const file = openSync(path, 'r+')
  try {
    ftruncateSync(file, sizeBytes)
    for (const { offset, length } of ranges) {
      for (let done = 0; done < length; done += MIB) {
        const bytes = randomBytes(Math.min(MIB, length - done))
        writeSync(file, bytes, 0, bytes.length, offset + done)
      }
    }
  } finally {
    closeSync(file)
  }
}
