/** Times as lists show them. */
import { LAST_DATE_SECONDS } from '../../shared/format-time.ts'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Local time to the minute, `2025-11-09 09:40`; times no calendar reaches as `@seconds`. */
export function formatTime(time: { readonly seconds: number }): string {
  if (Math.abs(time.seconds) > LAST_DATE_SECONDS) return `@${time.seconds}`
  const date = new Date(time.seconds * 1000)
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}
