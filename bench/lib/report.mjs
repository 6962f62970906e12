/** Tables and lines for people. */
import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, totalmem } from 'node:os'

/** @typedef {import('./measure.mjs').GroupResult} GroupResult */
/** @typedef {import('./measure.mjs').Row} Row */

const measureNames = {
  seconds: 'time',
  peakRssBytes: 'peak memory',
  allocatedBytes: 'new on disk',
  archiveBytes: 'archive',
}

/** Where the figures come from; what else the machine was doing is part of it. */
export function describeMachine() {
  const facts = {
    date: new Date().toISOString(),
    system: `Linux ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    reftar: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
    load: loadavg()[0] ?? 0,
  }
  const text =
    `reftar ${facts.reftar}, Node ${facts.node}, ${facts.system}, ${facts.processors} × ${facts.processor}, ` +
    `${size(facts.memoryBytes)} memory, load ${facts.load.toFixed(1)} at the start`
  return { facts, text }
}

/** @param {GroupResult} group */
export function groupTable({ action, reference, rows }) {
  const baseline = rows.find(({ name }) => name === reference)
  const hasOutput = action !== 'list'
  const header = [action, 'time', 'ratio', ...(hasOutput ? ['until on disk'] : []), measureNames.peakRssBytes]
  if (hasOutput) header.push(measureNames.allocatedBytes)
  if (action === 'create') header.push(measureNames.archiveBytes)
  const lines = rows.map((row) => {
    const cells = [row.name, seconds(row.seconds), baseline ? ratio(row.seconds, baseline.seconds) : '']
    if (hasOutput) cells.push(seconds(row.durableSeconds))
    cells.push(size(row.peakRssBytes))
    if (hasOutput) cells.push(size(row.allocatedBytes))
    if (action === 'create') cells.push(row.archiveBytes === undefined ? '' : size(row.archiveBytes))
    return cells
  })
  return `\n${table([header, ...lines])}`
}

/** @param {import('./limits.mjs').Verdict} verdict */
export function verdictLine({ subject, measure, value, allowed, text, met }) {
  const show = measure === 'seconds' ? seconds : size
  const bound = text === undefined ? show(allowed) : `${show(allowed)} (${text})`
  return `  ${met ? '✓' : '✗'} ${subject}: ${measureNames[measure]} ${show(value)}, at most ${bound}`
}

/**
 * The first column to the left, the others to the right.
 *
 * @param {readonly (readonly string[])[]} rows
 */
export function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      return `  ${cells.join('   ')}`.trimEnd()
    })
    .join('\n')
}

/** @param {number} value */
export function seconds(value) {
  return `${value.toFixed(value < 1 ? 3 : 2)} s`
}

/**
 * @param {number} value
 * @param {number} base
 */
export function ratio(value, base) {
  return `${(value / base).toFixed(2)} ×`
}

/** @param {number} bytes */
export function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let value = Math.abs(bytes)
  let unit = 0
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const text = unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(unit === units.length - 1 ? 2 : 1)
  return `${bytes < 0 ? '−' : ''}${text} ${units[unit]}`
}
