/** The command lines that are measured. */
import { mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { warm } from './files.mjs'
import { tool } from './tools.mjs'

/**
 * @typedef {object} Contender
 * @property {string} name unique in its group
 * @property {string} [peer] the command that has to be installed for it
 * @property {boolean} [once] slow: measured in the first round only
 * @property {readonly string[]} command
 * @property {Record<string, string>} [env]
 * @property {string} [output] what it makes; removed before each of its runs
 * @property {boolean} [isArchive] the output's apparent size counts
 * @property {boolean} [keep] the last output stays, for another measurement
 * @property {() => void} [prepare] once the output of an earlier run is gone
 * @property {() => void} warm reads what it will read, so that it is in memory
 */

/**
 * @typedef {object} Group contenders that take turns
 * @property {'create' | 'extract' | 'list'} action
 * @property {string} reference the contender that ratios refer to
 * @property {Contender[]} contenders
 */

/** @typedef {Pick<Contender, 'name'> & Partial<Contender>} Named */

const program = fileURLToPath(new URL('../../bin/reftar.js', import.meta.url))
const reftar = [process.execPath, program]

/**
 * An archiver that writes one file from a source folder or file.
 *
 * @param {Named} contender
 * @param {string} archive
 * @param {readonly string[]} command
 * @param {() => void} warmSource
 * @returns {Contender}
 */
function archiver(contender, archive, command, warmSource) {
  return { ...contender, command, output: archive, isArchive: true, warm: warmSource }
}

/**
 * @param {string} name
 * @param {string} archive
 * @param {string} source
 * @param {() => void} warmSource
 * @param {...string} options
 */
export function reftarCreate(name, archive, source, warmSource, ...options) {
  const command = [...reftar, 'create', '-f', archive, ...options, '-q', '-C', dirname(source), basename(source)]
  return archiver({ name, keep: true }, archive, command, warmSource)
}

/**
 * @param {string} name
 * @param {string} archive
 * @param {string} target
 * @returns {Contender}
 */
export function reftarExtract(name, archive, target) {
  const command = [...reftar, 'extract', '-f', archive, '-C', target, '-q']
  return { name, ...extraction(archive, target), command, keep: true }
}

/**
 * @param {Named} contender
 * @param {string} archive
 * @param {string} source
 * @param {() => void} warmSource
 * @param {...string} options
 */
export function tarCreate(contender, archive, source, warmSource, ...options) {
  const command = ['-cf', archive, ...options, '-C', dirname(source), basename(source)]
  return archiver({ keep: true, ...contender }, archive, [contender.peer ?? 'tar', ...command], warmSource)
}

/**
 * @param {Named} contender
 * @param {string} archive
 * @param {string} target
 * @param {...string} options
 * @returns {Contender}
 */
export function tarExtract(contender, archive, target, ...options) {
  const command = [contender.peer ?? 'tar', '-xf', archive, ...options, '-C', target]
  return { ...contender, ...extraction(archive, target), command }
}

/**
 * @param {string} archive
 * @param {string} target
 */
function extraction(archive, target) {
  return { output: target, prepare: () => mkdirSync(target), warm: () => warm(archive) }
}

/**
 * No archive: the least that making the same files costs.
 *
 * @param {import('./disk.mjs').Disk} disk
 * @param {string} source
 * @param {string} target
 * @param {() => void} warmSource
 * @returns {Contender}
 */
export function copy(disk, source, target, warmSource) {
  const options = disk.hasReflinks ? ['-a', '--reflink=always'] : ['-a']
  return {
    name: copyName(disk),
    command: ['cp', ...options, source, target],
    output: target,
    warm: warmSource,
  }
}

/** @param {import('./disk.mjs').Disk} disk */
export function copyName(disk) {
  return disk.hasReflinks ? 'cp -a --reflink=always' : 'cp -a'
}

/**
 * @param {string} archive
 * @returns {Contender}
 */
export function reftarList(archive) {
  return { name: 'reftar', command: [...reftar, 'list', '-f', archive], warm: () => warm(archive) }
}

/**
 * @param {Named} contender
 * @param {string} archive
 * @returns {Contender}
 */
export function tarList(contender, archive) {
  return { ...contender, command: [contender.peer ?? 'tar', '-tf', archive], warm: () => warm(archive) }
}

/**
 * Archivers that compress or deduplicate, and take their time.
 *
 * @param {import('./disk.mjs').Disk} disk
 * @param {string} source
 * @param {() => void} warmSource
 * @returns {Contender[]}
 */
export function slowArchivers(disk, source, warmSource) {
  const squashfs = disk.path('kernel.squashfs')
  const borg = disk.path('kernel.borg')
  const restic = disk.path('kernel.restic')
  // Their caches and keys on the same disk, not in somebody's home.
  const borgEnv = { BORG_BASE_DIR: disk.path('borg-home'), BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes' }
  const resticEnv = { RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: disk.path('restic-cache') }
  const squashfsOptions = ['-comp', 'zstd', '-Xcompression-level', '3', '-no-progress', '-quiet']
  return [
    archiver(
      { name: 'mksquashfs, zstd', peer: 'mksquashfs', once: true },
      squashfs,
      ['mksquashfs', source, squashfs, ...squashfsOptions],
      warmSource,
    ),
    {
      ...archiver(
        { name: 'borg create', peer: 'borg', once: true },
        borg,
        ['borg', 'create', `${borg}::kernel`, source],
        warmSource,
      ),
      env: borgEnv,
      prepare: () => toolWith(borgEnv, 'borg', 'init', '--encryption=none', borg),
    },
    {
      ...archiver(
        { name: 'restic backup', peer: 'restic', once: true },
        restic,
        ['restic', '--quiet', '--repo', restic, 'backup', source],
        warmSource,
      ),
      env: resticEnv,
      prepare: () => toolWith(resticEnv, 'restic', '--quiet', '--repo', restic, 'init'),
    },
  ]
}

/**
 * @param {Record<string, string>} env
 * @param {string} command
 * @param {...string} args
 */
function toolWith(env, command, ...args) {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  tool('env', ...assignments, command, ...args)
}
