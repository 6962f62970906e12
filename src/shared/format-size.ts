/** Sizes, counts, durations and times as people read them: one formatter for command line and window. */

/** si: 1 kB = 1000 B. iec: 1 KiB = 1024 B. */
export type SizeUnits = 'si' | 'iec'

const unitNames = {
  si: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'],
  iec: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'],
} as const

/** From this unit on (GB, GiB) two-digit numbers keep a decimal: a tenth of a gigabyte is worth knowing. */
const FIRST_FINE_UNIT = 3

function decimalsFor(value: number, unit: number): number {
  if (unit === 0) return 0
  return value < 9.95 || (unit >= FIRST_FINE_UNIT && value < 99.95) ? 1 : 0
}

/** A size in the unit that it is shown in. */
function inUnit(bytes: number, units: SizeUnits): { readonly value: number; readonly unit: number } {
  const step = units === 'si' ? 1000 : 1024
  let value = Math.abs(bytes)
  let unit = 0
  const last = unitNames[units].length - 1
  while (unit < last && (value >= step || Number(value.toFixed(decimalsFor(value, unit))) >= step)) {
    value /= step
    unit++
  }
  return { value, unit }
}

/** Bytes → `512 B`, `9.5 kB`, `96 MB`, `13.9 GB`. Never shows 1000 of a unit when the next one exists. */
export function formatSize(bytes: number, units: SizeUnits = 'si'): string {
  const { value, unit } = inUnit(bytes, units)
  const sign = bytes < 0 ? '-' : ''
  return `${sign}${value.toFixed(decimalsFor(value, unit))} ${unitNames[units][unit] ?? ''}`
}

/** How many bytes one in the last digit is that is shown of a size. */
function lastDigitBytes(bytes: number, units: SizeUnits): number {
  const { value, unit } = inUnit(bytes, units)
  return (units === 'si' ? 1000 : 1024) ** unit / 10 ** decimalsFor(value, unit)
}

/**
 * Parts of a total as they are to be shown beside it: what is shown adds up, by the rounding of those that suffer least
 * from it. Parts that are shown to a finer digit than the total stay as they are.
 */
export function evenParts(total: number, parts: readonly number[], units: SizeUnits = 'si'): number[] {
  const digit = lastDigitBytes(total, units)
  // What isn't all of it needn't add up.
  if (Math.abs(parts.reduce((sum, part) => sum + part, 0) - total) >= digit) return [...parts]
  const isCoarse = parts.map((part) => lastDigitBytes(part, units) >= digit)
  const fine = parts.reduce((sum, part, at) => sum + (isCoarse[at] === true ? 0 : part), 0)
  const digits = parts.map((part, at) => (isCoarse[at] === true ? Math.round(part / digit) : 0))
  let missing = Math.round((Math.round(total / digit) * digit - fine) / digit) - digits.reduce((a, b) => a + b, 0)
  const order = parts.map((_, at) => at).filter((at) => isCoarse[at] === true)
  const rest = (at: number): number => (parts[at] ?? 0) / digit - (digits[at] ?? 0)
  order.sort((a, b) => (missing > 0 ? rest(b) - rest(a) : rest(a) - rest(b)))
  for (const at of order) {
    if (missing === 0) break
    digits[at] = (digits[at] ?? 0) + Math.sign(missing)
    missing -= Math.sign(missing)
  }
  return parts.map((part, at) => (isCoarse[at] === true ? (digits[at] ?? 0) * digit : part))
}

/** Whole numbers with thin grouping: 1234567 → `1,234,567`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 file`, `2 files`; the plural is given where it isn't the singular with an s. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** Milliseconds → `0.3 s`, `42 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** How many times smaller: `4.00 : 1`. Undefined when there is nothing to compare. */
export function formatRatio(before: number, after: number): string | undefined {
  if (before <= 0 || after <= 0) return undefined
  return `${(before / after).toFixed(2)} : 1`
}
