/** What the benchmark needs of the system, and what it can do without. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { KERNEL_ARCHIVE } from './corpora.mjs'
import { TIME } from './run.mjs'
import { environment, tool } from './tools.mjs'

/** Debian package → the file or command that it brings. */
const packages = {
  time: TIME,
  'linux-source-6.1': KERNEL_ARCHIVE,
  'xz-utils': 'xz',
  'btrfs-progs': 'mkfs.btrfs',
  xfsprogs: 'mkfs.xfs',
  e2fsprogs: 'mkfs.ext4',
  zstd: 'zstd',
  'libarchive-tools': 'bsdtar',
  'squashfs-tools': 'mksquashfs',
  borgbackup: 'borg',
  restic: 'restic',
}

/** @param {string} name a command, or a path */
function exists(name) {
  if (name.startsWith('/')) return existsSync(name)
  return environment.PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function missingPackages() {
  return Object.entries(packages)
    .filter(([, file]) => !exists(file))
    .map(([name]) => name)
}

/**
 * One by one: a release of Debian that lacks one of them has the others.
 *
 * @param {readonly string[]} names
 */
function install(names) {
  console.error(`Installing ${names.join(' ')}`)
  for (const args of [['update'], ...names.map((name) => ['install', '-y', '--no-install-recommends', name])]) {
    try {
      tool('apt-get', ...args)
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error))
    }
  }
}

/**
 * Installs what is missing, or says what can't be measured without it.
 *
 * @param {import('./options.mjs').Options} options
 */
export function provideSystem(options) {
  if (process.platform !== 'linux') throw new Error('the benchmark mounts btrfs, XFS and ext4 images: it needs Linux')
  let missing = missingPackages()
  if (process.getuid?.() !== 0) {
    const besides = missing.length === 0 ? '' : `; besides, these Debian packages are missing: ${missing.join(' ')}`
    throw new Error(`mounting images takes root: sudo env "PATH=$PATH" npm run bench${besides}`)
  }
  if (missing.length > 0 && exists('apt-get')) {
    install(missing)
    missing = missingPackages()
  }
  if (!exists(TIME)) throw new Error('peak memory is read by GNU time: install the package time')
  if (missing.length > 0) console.log(`Not installed, so not measured: ${missing.join(' ')}`)
  if (options.corpora.includes('kernel') && !exists(KERNEL_ARCHIVE)) {
    throw new Error(`the corpus “kernel” is the package linux-source-6.1 (${KERNEL_ARCHIVE}); without it use --only`)
  }
  return {
    hasPeer: exists,
    /** @param {string} type */
    hasFilesystem: (type) => exists(`mkfs.${type}`),
  }
}
