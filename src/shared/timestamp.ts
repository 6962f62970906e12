/** A point in time as filesystems keep it. */
export interface Timestamp {
  /** Since 1970-01-01T00:00:00Z; negative before. */
  readonly seconds: number
  /** 0 … 999 999 999, always counted forwards. */
  readonly nanoseconds: number
}
