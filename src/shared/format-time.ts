/** Times to the nanosecond. */

/** Beyond this, Date has no answer. */
export const LAST_DATE_SECONDS = 8_640_000_000_000

/** In UTC, `2025-11-09 09:40:11.000000005 UTC`; `@seconds.nanoseconds` for years that no calendar reaches. Nanoseconds count forwards, also before 1970. */
export function formatExactTime(time: { readonly seconds: number; readonly nanoseconds: number }): string {
  const fraction = String(time.nanoseconds).padStart(9, '0')
  if (Math.abs(time.seconds) > LAST_DATE_SECONDS) return `@${time.seconds}.${fraction}`
  return `${new Date(time.seconds * 1000).toISOString().replace('T', ' ').slice(0, -5)}.${fraction} UTC`
}
