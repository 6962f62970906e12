/** What changed between two runs of the benchmark. */
import { ratio, seconds, size, table } from './report.mjs'

/** @typedef {{ quick: boolean, results: import('./measure.mjs').GroupResult[] }} Report */

/**
 * Rows of reftar only: the peers are there to be divided by, which takes the machine's mood out of the comparison.
 *
 * @param {Report} earlier
 * @param {Report} now
 */
export function comparison(earlier, now) {
  const header = ['', 'time before', 'now', 'now ÷ before', 'ratio before', 'now', 'memory before', 'now']
  const before = new Map(reftarRows(earlier).map((one) => [one.subject, one]))
  const lines = reftarRows(now).flatMap(({ subject, row, times }) => {
    const old = before.get(subject)
    if (old === undefined) return []
    return [
      [
        subject,
        seconds(old.row.seconds),
        seconds(row.seconds),
        ratio(row.seconds, old.row.seconds),
        old.times,
        times,
        size(old.row.peakRssBytes),
        size(row.peakRssBytes),
      ],
    ]
  })
  const warning = earlier.quick === now.quick ? '' : '  One of the two runs is a --quick one: they can’t be compared.\n'
  return `\nCompared with the earlier run\n${warning}${table([header, ...lines])}`
}

/** @param {Report} report */
function reftarRows({ results }) {
  return results.flatMap(({ corpus, filesystem, action, reference, rows }) => {
    const baseline = rows.find(({ name }) => name === reference)
    return rows
      .filter(({ name }) => name.startsWith('reftar'))
      .map((row) => ({
        subject: `${corpus} on ${filesystem}: ${action}, ${row.name}`,
        row,
        times: baseline === undefined ? '' : ratio(row.seconds, baseline.seconds),
      }))
  })
}
