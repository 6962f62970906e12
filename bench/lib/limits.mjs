/** What reftar must not exceed. The figures are the project's requirements on speed and memory: docs/benchmarks.md. */

/** @typedef {import('./measure.mjs').GroupResult} GroupResult */
/** @typedef {import('./measure.mjs').Row} Row */
/** @typedef {'seconds' | 'peakRssBytes' | 'allocatedBytes' | 'archiveBytes'} Measure */

/**
 * @typedef {object} Limit
 * @property {string} corpus
 * @property {readonly string[]} actions
 * @property {readonly string[]} contenders
 * @property {readonly string[]} [filesystems] all, unless given
 * @property {Measure} measure
 * @property {string} [text] what the figure comes from
 * @property {(reference: Row, group: GroupResult) => number} allowed
 */

/**
 * @typedef {object} Verdict
 * @property {string} subject
 * @property {Measure} measure
 * @property {number} value
 * @property {number} allowed
 * @property {string | undefined} text
 * @property {boolean} met
 */

const MIB = 2 ** 20
const PEAK_BYTES = 250 * MIB
const withReflinks = ['btrfs', 'xfs']
const both = ['create', 'extract']

/** @type {readonly Limit[]} */
const limits = [
  {
    corpus: 'kernel',
    actions: both,
    contenders: ['reftar'],
    measure: 'seconds',
    text: '1.5 × GNU tar',
    allowed: (tar) => 1.5 * tar.seconds,
  },
  {
    corpus: 'kernel',
    actions: ['create'],
    contenders: ['reftar'],
    measure: 'archiveBytes',
    text: '0.65 × the tar',
    allowed: (tar) => 0.65 * (tar.archiveBytes ?? 0),
  },
  {
    corpus: 'kernel',
    actions: ['create'],
    contenders: ['reftar --compress'],
    measure: 'archiveBytes',
    text: '0.2 × the tar',
    allowed: (tar) => 0.2 * (tar.archiveBytes ?? 0),
  },
  {
    corpus: 'kernel',
    actions: ['create'],
    contenders: ['reftar'],
    filesystems: withReflinks,
    measure: 'allocatedBytes',
    text: '0.15 × the tar',
    allowed: (tar) => 0.15 * (tar.archiveBytes ?? 0),
  },
  {
    corpus: 'images',
    actions: ['create'],
    contenders: ['reftar --instant'],
    measure: 'seconds',
    text: '8 × cp, or 0.25 s',
    allowed: (cp) => Math.max(8 * cp.seconds, 0.25),
  },
  {
    corpus: 'images',
    actions: ['extract'],
    contenders: ['reftar --instant', 'reftar'],
    measure: 'seconds',
    text: '8 × cp, or 0.25 s',
    allowed: (cp) => Math.max(8 * cp.seconds, 0.25),
  },
  {
    corpus: 'images',
    actions: both,
    contenders: ['reftar --instant', 'reftar'],
    measure: 'allocatedBytes',
    allowed: () => 8 * MIB,
  },
  {
    corpus: 'images',
    actions: ['create'],
    contenders: ['reftar --instant', 'reftar'],
    measure: 'archiveBytes',
    text: '1.03 × one file',
    allowed: (_, { contentBytes }) => 1.03 * contentBytes,
  },
  {
    corpus: 'sparse',
    actions: both,
    contenders: ['reftar'],
    measure: 'seconds',
    // “No longer than its data”, and a fifth for noise.
    text: '1.2 × its data alone',
    allowed: (dense) => 1.2 * dense.seconds,
  },
  ...['kernel', 'images', 'sparse'].map((corpus) => memoryLimit(corpus)),
]

/**
 * @param {string} corpus
 * @returns {Limit}
 */
function memoryLimit(corpus) {
  return {
    corpus,
    actions: both,
    contenders: ['reftar', 'reftar --instant', 'reftar --compress'],
    measure: 'peakRssBytes',
    allowed: () => PEAK_BYTES,
  }
}

/**
 * Every limit on one group of results.
 *
 * @param {GroupResult} group
 * @returns {Verdict[]}
 */
export function judge(group) {
  const reference = group.rows.find(({ name }) => name === group.reference)
  if (reference === undefined) return []
  return limits
    .filter((limit) => appliesTo(limit, group))
    .flatMap((limit) =>
      group.rows
        .filter(({ name }) => limit.contenders.includes(name))
        .map((row) => verdictOf(limit, row, reference, group)),
    )
}

/**
 * @param {Limit} limit
 * @param {GroupResult} group
 */
function appliesTo({ corpus, actions, filesystems }, group) {
  return (
    corpus === group.corpus &&
    actions.includes(group.action) &&
    (filesystems === undefined || filesystems.includes(group.filesystem))
  )
}

/**
 * @param {Limit} limit
 * @param {Row} row
 * @param {Row} reference
 * @param {GroupResult} group
 * @returns {Verdict}
 */
function verdictOf(limit, row, reference, group) {
  const { measure, text } = limit
  const value = row[measure] ?? 0
  const allowed = limit.allowed(reference, group)
  const subject = `${group.corpus} on ${group.filesystem}: ${group.action}, ${row.name}`
  return { subject, measure, value, allowed, text, met: value <= allowed }
}
