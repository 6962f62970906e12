/** What is known about a range of a file besides where it lies. */

export interface MarkedRange {
  readonly offset: number
  readonly lengthBytes: number
  /** One of `rangeMarks`. */
  readonly mark: number
}
