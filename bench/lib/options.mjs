/** The command line of the benchmark. */
import { accessSync, constants } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { corpora } from './corpora.mjs'
import { filesystemTypes } from './disk.mjs'

export const usage = `npm run bench -- [OPTIONS]

  --quick               small corpora, to try the benchmark itself; missed limits don't count
  --only NAME,…         ${Object.keys(corpora).join(', ')}
  --filesystems NAME,…  ${filesystemTypes.join(', ')}
  --runs N              timed runs of each command, of which the median counts (3)
  --check               compare what was extracted with its source
  --json FILE           write every figure
  --compare FILE        show what changed since that --json
  --keep                leave the disk images`

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {string[]} corpora
 * @property {import('./disk.mjs').FilesystemType[]} filesystems
 * @property {number} runs
 * @property {boolean} check
 * @property {string | undefined} json
 * @property {string | undefined} compare
 * @property {boolean} keep
 */

/**
 * @param {string[]} args
 * @returns {Options | undefined} nothing when help is asked for
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: Object.keys(corpora).join() },
      filesystems: { type: 'string', default: filesystemTypes.join() },
      runs: { type: 'string', default: '3' },
      check: { type: 'boolean', default: false },
      json: { type: 'string' },
      compare: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: ${values.runs} is not a number of runs`)
  // Before an hour's work, not after it.
  if (values.json !== undefined) accessSync(dirname(resolve(values.json)), constants.W_OK)
  return {
    quick: values.quick,
    corpora: namesOf('--only', values.only, Object.keys(corpora)),
    filesystems: namesOf('--filesystems', values.filesystems, filesystemTypes),
    runs,
    check: values.check,
    json: values.json && resolve(values.json),
    compare: values.compare && resolve(values.compare),
    keep: values.keep,
  }
}

/**
 * @template {string} Name
 * @param {string} option
 * @param {string} list
 * @param {readonly Name[]} known
 * @returns {Name[]}
 */
function namesOf(option, list, known) {
  const names = list.split(',')
  const unknown = names.find((name) => !known.some((one) => one === name))
  if (unknown !== undefined) throw new Error(`${option}: “${unknown}” is none of ${known.join(', ')}`)
  return known.filter((name) => names.includes(name))
}
