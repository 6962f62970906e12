/** Reading and counting files. */
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

const buffer = Buffer.allocUnsafe(2 ** 20)

/**
 * Reads a file, or all files of a folder, so that they are in memory.
 *
 * @param {string} path
 */
export function warm(path) {
  forEachFile(path, (file) => warmRange(file, 0, Number.POSITIVE_INFINITY))
}

/**
 * @param {string} file
 * @param {number} offset
 * @param {number} length
 */
export function warmRange(file, offset, length) {
  const descriptor = openSync(file, 'r')
  try {
    const end = offset + length
    let position = offset
    while (position < end) {
      const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, end - position), position)
      if (read === 0) return
      position += read
    }
  } finally {
    closeSync(descriptor)
  }
}

/**
 * How many files there are below a path, and their apparent sizes in total.
 *
 * @param {string} path
 */
export function measureFiles(path) {
  let files = 0
  let bytes = 0
  forEachFile(path, (_, stats) => {
    files++
    bytes += stats.size
  })
  return { files, bytes }
}

/**
 * @param {string} path
 * @param {(file: string, stats: import('node:fs').Stats) => void} visit
 */
function forEachFile(path, visit) {
  const stats = lstatSync(path)
  if (stats.isDirectory()) for (const name of readdirSync(path)) forEachFile(join(path, name), visit)
  else if (stats.isFile()) visit(path, stats)
}
