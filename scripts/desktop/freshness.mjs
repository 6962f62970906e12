/** Whether the built app is what its sources say. */

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} path */
function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

/**
 * True when something below `sources` (files or folders) is newer than the file `built`, or that doesn't exist.
 *
 * @param {string} built
 * @param {readonly string[]} sources
 */
export function isOutdated(built, sources) {
  const builtMs = modifiedMs(built)
  if (builtMs === undefined) return true
  return sources
    .flatMap((source) => [
      source,
      // A deleted file changes its folder.
      ...(statSync(source).isDirectory() ? readdirSync(source, { recursive: true, encoding: 'utf8' }) : []).map(
        (path) => join(source, path),
      ),
    ])
    .some((path) => (modifiedMs(path) ?? 0) > builtMs)
}
