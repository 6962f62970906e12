/** Whether what was extracted equals its source, judged by other programs. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { environment, tool } from './tools.mjs'

const MOST_LINES = 5

/**
 * @param {import('./corpora.mjs').Comparable} comparable
 * @param {string} subject
 * @returns {string[]} differences, the first few of each extraction
 */
export function compareTrees({ source, restored }, subject) {
  return restored.flatMap((target) => {
    const folder = join(target, basename(source))
    const found = existsSync(folder)
      ? [...contentDifferences(source, folder), ...metadataDifferences(source, folder)]
      : ['is missing']
    return found.slice(0, MOST_LINES).map((line) => `${subject}, ${basename(target)}: ${line}`)
  })
}

/**
 * @param {string} source
 * @param {string} target
 */
function contentDifferences(source, target) {
  const { stdout, stderr, error } = spawnSync('diff', ['-r', '-q', '--no-dereference', source, target], {
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (error !== undefined) throw error
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
}

/**
 * Types, modes, owners, times and link targets.
 *
 * @param {string} source
 * @param {string} target
 */
function metadataDifferences(source, target) {
  const expected = metadata(source)
  const actual = new Set(metadata(target))
  return expected.filter((line) => !actual.has(line)).map((line) => `no entry like “${line}”`)
}

/** @param {string} folder */
function metadata(folder) {
  return tool('find', folder, '-printf', '%P: %y %m %U:%G %T@ %l\\n').split('\n')
}
