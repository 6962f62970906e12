/** Runs the real command line on the demo's files, and prints tables of what it took. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/reftar.js', import.meta.url))
const LIST_LINES = 8

function runReftar(folder, args, stdout) {
  const child = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'inherit'],
    maxBuffer: 2 ** 28,
  })
  if (child.status !== 0) throw new Error(`reftar ${args[0]} ended with exit code ${child.status ?? child.signal}`)
  return child.stdout
}

/** Runs reftar in a folder with its output in the terminal; of a list, the first and last lines. */
export function reftar(folder, ...args) {
  console.log(`$ reftar ${args.join(' ')}`)
  const isList = args[0] === 'list'
  const output = runReftar(folder, args, isList ? 'pipe' : 'inherit')
  if (isList) console.log(middleLeftOut(output.trimEnd().split('\n')).join('\n'))
  console.log()
}

/** Runs reftar in a folder for its JSON document. */
export function reftarJson(folder, ...args) {
  return JSON.parse(runReftar(folder, [...args, '--json'], 'pipe'))
}

function middleLeftOut(lines) {
  if (lines.length <= 2 * LIST_LINES) return lines
  return [...lines.slice(0, LIST_LINES), `… ${lines.length - 2 * LIST_LINES} more lines …`, ...lines.slice(-LIST_LINES)]
}

/** Differences between two folders, one a line, judged by diff. */
export function differences(expected, actual) {
  const { stdout, stderr, error } = spawnSync(
    'diff',
    ['--recursive', '--brief', '--no-dereference', expected, actual],
    {
      encoding: 'utf8',
    },
  )
  if (error !== undefined) throw error
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
}

/** Bytes as reftar shows them. */
export function size(bytes) {
  const names = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = Math.abs(bytes)
  let unit = 0
  while (value >= 999.5 && unit < names.length - 1) {
    value /= 1000
    unit++
  }
  return `${bytes < 0 ? '-' : ''}${value.toFixed(unit === 0 || value >= 9.95 ? 0 : 1)} ${names[unit]}`
}

/** Prints rows with the first column to the left and the others to the right. */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
    console.log(`  ${cells.join('   ')}`)
  }
}
