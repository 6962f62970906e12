/** A filesystem image for one corpus, mounted through a loop device. */
import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tool } from './tools.mjs'

/** @typedef {'btrfs' | 'xfs' | 'ext4'} FilesystemType */

/** @type {readonly FilesystemType[]} */
export const filesystemTypes = ['btrfs', 'xfs', 'ext4']

const mkfsArguments = {
  btrfs: ['--quiet', '--nodiscard'],
  xfs: ['-q', '-K', '-m', 'reflink=1'],
  ext4: ['-q', '-F', '-E', 'nodiscard'],
}
/** Nothing in the background of a later command's time: no discards on btrfs, no making of inode tables on ext4. */
const mountOptions = { btrfs: 'loop,nodiscard', xfs: 'loop', ext4: 'loop,noinit_itable' }
const MOST_SYNCS = 10
const MOST_UNMOUNTS = 50

export class Disk {
  #image

  /**
   * @param {FilesystemType} type
   * @param {string} folder where it is mounted
   * @param {string} image
   */
  constructor(type, folder, image) {
    this.type = type
    this.folder = folder
    this.#image = image
  }

  get hasReflinks() {
    return this.type !== 'ext4'
  }

  /** @param {...string} names */
  path(...names) {
    return join(this.folder, ...names)
  }

  sync() {
    tool('sync', '--file-system', this.folder)
  }

  /** Bytes in use once all is written, and what was deleted is freed: both happen later, in the background. */
  settledBytes() {
    let before = -1
    for (let syncs = 0; syncs < MOST_SYNCS; syncs++) {
      this.sync()
      const { blocks, bfree, bsize } = statfsSync(this.folder)
      const used = (blocks - bfree) * bsize
      if (used === before) return used
      before = used
      sleep(100)
    }
    return before
  }

  /** A command that was stopped may need a moment to end. */
  #unmount() {
    for (let tries = 1; ; tries++) {
      try {
        tool('umount', this.folder)
        return
      } catch (error) {
        if (tries < MOST_UNMOUNTS) {
          sleep(100)
          continue
        }
        // Detached at least, so that the image goes when its last user does.
        tool('umount', '--lazy', this.folder)
        throw error
      }
    }
  }

  /** @param {boolean} keepImage */
  remove(keepImage) {
    try {
      this.#unmount()
    } finally {
      if (!keepImage) rmSync(this.#image)
    }
  }
}

/**
 * @param {FilesystemType} type
 * @param {string} parent
 * @param {string} name
 * @param {number} sizeBytes
 */
export function mountImage(type, parent, name, sizeBytes) {
  const image = join(parent, `${name}-${type}.img`)
  const folder = join(parent, `${name}-${type}`)
  mkdirSync(folder)
  writeFileSync(image, '')
  truncateSync(image, sizeBytes)
  tool(`mkfs.${type}`, ...mkfsArguments[type], image)
  tool('mount', '-t', type, '-o', mountOptions[type], image, folder)
  return new Disk(type, folder, image)
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
