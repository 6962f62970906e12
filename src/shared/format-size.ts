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

/** Bytes → `512 B`, `9.5 kB`, `96 MB`, `13.9 GB`. Never shows 1000 of a unit when the next one exists. */
export function formatSize(bytes: number, units: SizeUnits = 'si'): string {
  const names = unitNames[units]
  const step = units === 'si' ? 1000 : 1024
  let value = Math.abs(bytes)
  let unit = 0
  while (unit < names.length - 1 && (value >= step || Number(value.toFixed(decimalsFor(value, unit))) >= step)) {
    value /= step
    unit++
  }
  const sign = bytes < 0 ? '-' : ''
  return `${sign}${value.toFixed(decimalsFor(value, unit))} ${names[unit] ?? ''}`
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
