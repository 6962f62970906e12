/** What was measured, a line each, and whether it keeps its limit. */

import { expect } from '@playwright/test'

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Prints the median of the values with the least and the greatest; a median above `limit` fails the bench at its end. */
export function figure(what: string, unit: string, values: readonly number[], limit?: number): void {
  const shown = (value: number): string => value.toFixed(unit === '×' ? 3 : 0)
  const median = middle(values)
  const range =
    values.length < 2 ? '' : ` (${shown(Math.min(...values))}–${shown(Math.max(...values))}, ${values.length} runs)`
  const verdict = limit === undefined ? '' : median <= limit ? `, at most ${limit}: met` : `, at most ${limit}: MISSED`
  console.log(`${what}: ${shown(median)} ${unit}${range}${verdict}`)
  if (limit !== undefined) expect.soft(median, what).toBeLessThanOrEqual(limit)
}

/** Of two ways that took turns, the median of how much longer the first took each time. */
export function ratios(first: readonly number[], second: readonly number[]): number[] {
  return first.map((value, turn) => value / (second[turn] ?? Number.NaN))
}
