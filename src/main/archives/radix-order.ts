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
  let from = keyed(rows, keys)
  let to: Keyed = {
    rows: new Uint32Array(rows.length),
    low: new Uint32Array(rows.length),
    high: new Uint32Array(rows.length),
  }
  for (const digit of ['low', 'high'] as const) {
    for (const shift of [0, 16] as const) if (pass(from, to, digit, shift)) [from, to] = [to, from]
  }
  if (from.rows !== rows) rows.set(from.rows)
}

/** Rows with the halves of their keys' bits, which move along. */
interface Keyed {
  readonly rows: Uint32Array
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/**
 * The bits of a double order as its value does when negative numbers have all bits flipped and others their sign.
 * Minus zero counts as zero. Every platform that this runs on keeps the lower half first.
 */
function keyed(rows: Uint32Array, keys: Float64Array): Keyed {
  const values = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) values[i] = (keys[rows[i] ?? 0] ?? 0) + 0
  const halves = new Uint32Array(values.buffer)
  const low = new Uint32Array(rows.length)
  const high = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const flip = ((halves[2 * i + 1] ?? 0) & 0x8000_0000) === 0 ? 0 : 0xffff_ffff
    low[i] = (halves[2 * i] ?? 0) ^ flip
    high[i] = (halves[2 * i + 1] ?? 0) ^ (flip | 0x8000_0000)
  }
  return { rows, low, high }
}

/** One counting sort by one digit. False when all rows have the same one, and nothing was done. */
function pass(from: Keyed, to: Keyed, digit: 'low' | 'high', shift: 0 | 16): boolean {
  const digits = from[digit]
  const starts = new Uint32Array(DIGITS + 1)
  const count = digits.length
  for (let i = 0; i < count; i++) {
    const next = (((digits[i] ?? 0) >>> shift) & 0xffff) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  if (starts[(((digits[0] ?? 0) >>> shift) & 0xffff) + 1] === count) return false
  for (let i = 1; i <= DIGITS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  for (let i = 0; i < count; i++) {
    const value = ((digits[i] ?? 0) >>> shift) & 0xffff
    const at = starts[value] ?? 0
    starts[value] = at + 1
    to.rows[at] = from.rows[i] ?? 0
    to.low[at] = from.low[i] ?? 0
    to.high[at] = from.high[i] ?? 0
  }
  return true
}
