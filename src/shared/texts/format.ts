/** Sizes, counts, dates and durations in the user's units and locale: one formatter for the window, made once a setting. */
import { evenParts, formatDuration, formatSize, type SizeUnits } from '../format-size.ts'
import { formatExactTime, LAST_DATE_SECONDS } from '../format-time.ts'
import type { Timestamp } from '../timestamp.ts'

export interface Format {
  /** BCP 47. */
  readonly locale: string
  /** Bytes → `13.9 GB`. */
  readonly size: (bytes: number) => string
  /** Parts of a total, so that what is shown adds up. */
  readonly parts: (total: number, parts: readonly number[]) => readonly number[]
  readonly count: (count: number) => string
  /** 0…1 → `72 %`; never 100 % before it is all, nor 0 % when there is something. */
  readonly percent: (share: number) => string
  /** Short, for a column: the time this year, the year otherwise. */
  readonly date: (time: Timestamp) => string
  /** In full, to the second, local time. */
  readonly longDate: (time: Timestamp) => string
  readonly duration: (milliseconds: number) => string
}

/**
 * A formatter for a locale (BCP 47) and units; `now` (milliseconds since 1970) decides what “this year” is. The system's
 * own formatters take milliseconds to make: the window starts before it needs one.
 */
export function createFormat(locale: string, units: SizeUnits, now: number = Date.now()): Format {
  const thisYear = new Date(now).getFullYear()
  const counts = once(() => new Intl.NumberFormat(locale))
  const decimalSeparator = once(
    () =>
      counts()
        .formatToParts(1.5)
        .find(({ type }) => type === 'decimal')?.value ?? '.',
  )
  const percents = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }))
  const recent = dates(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const older = dates(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const long = dates(locale, { dateStyle: 'long', timeStyle: 'medium' })
  const localised = (text: string): string => text.replace('.', decimalSeparator())

  return {
    locale,
    size: (bytes) => localised(formatSize(bytes, units)),
    parts: (total, parts) => evenParts(total, parts, units),
    count: (count) => counts().format(count),
    percent: (share) => percents().format(share >= 1 ? 1 : share <= 0 ? 0 : Math.min(0.99, Math.max(0.01, share))),
    date(time) {
      if (Math.abs(time.seconds) > LAST_DATE_SECONDS) return formatExactTime(time)
      const date = new Date(time.seconds * 1000)
      return (date.getFullYear() === thisYear ? recent : older)().format(date)
    },
    longDate(time) {
      if (Math.abs(time.seconds) > LAST_DATE_SECONDS) return formatExactTime(time)
      return long().format(new Date(time.seconds * 1000))
    },
    duration: (milliseconds) => localised(formatDuration(milliseconds)),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  return once(() => new Intl.DateTimeFormat(locale, options))
}
