/**
 * Orders a million rows by a number without comparing them pairwise: a stable radix sort over the bits of the numbers,
 * sixteen at a time, about ten milliseconds a pass. Passes in which all digits are equal are left out.
 */
const DIGITS = 1 << 16

/** Sorts `rows` by the key that each row has in `keys`, smallest first, rows of equal keys staying as they are. */
export function radixSort(rows: Uint32Array, keys: Float64Array): void {
  // Below this the passes' tables cost more than comparing.
  if (rows.length < 2048) {
    rows.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
    return
  }
  const words = sortableWords(rows, keys)
  let from: Keyed = { rows, words }
  let to: Keyed = { rows: new Uint32Array(rows.length), words: new Uint16Array(words.length) }
  for (let digit = 0; digit < 4; digit++) {
    if (pass(from, to, digit)) [from, to] = [to, from]
  }
  if (from.rows !== rows) rows.set(from.rows)
}

/**
 * The bits of a double order as its value does when negative numbers have all bits flipped and others their sign.
 * Four words a row, the least significant first; minus zero counts as zero.
 */
function sortableWords(rows: Uint32Array, keys: Float64Array): Uint16Array {
  const words = new Uint16Array(rows.length * 4)
  const view = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < rows.length; i++) {
    view.setFloat64(0, (keys[rows[i] ?? 0] ?? 0) + 0, true)
    const negative = (view.getUint16(6, true) & 0x8000) !== 0
    for (let word = 0; word < 4; word++) {
      const bits = view.getUint16(word * 2, true)
      words[i * 4 + word] = negative ? ~bits : word === 3 ? bits ^ 0x8000 : bits
    }
  }
  return words
}

interface Keyed {
  readonly rows: Uint32Array
  readonly words: Uint16Array
}

/** One counting sort by one digit. False when all rows have the same one, and nothing was done. */
function pass(from: Keyed, to: Keyed, digit: number): boolean {
  const starts = new Uint32Array(DIGITS + 1)
  const count = from.rows.length
  for (let i = 0; i < count; i++) {
    const next = (from.words[i * 4 + digit] ?? 0) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  if (starts[(from.words[digit] ?? 0) + 1] === count) return false
  for (let i = 1; i <= DIGITS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  for (let i = 0; i < count; i++) {
    const value = from.words[i * 4 + digit] ?? 0
    const at = starts[value] ?? 0
    starts[value] = at + 1
    to.rows[at] = from.rows[i] ?? 0
    for (let word = 0; word < 4; word++) to.words[at * 4 + word] = from.words[i * 4 + word] ?? 0
  }
  return true
}
