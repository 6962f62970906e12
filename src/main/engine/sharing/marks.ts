/** What is known about a range of a file besides where it lies. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { FilesystemInfo, NodeStatus } from '../ports.ts'

export interface MarkedRange {
  readonly offset: number
  readonly lengthBytes: number
  /** One of `rangeMarks`. */
  readonly mark: number
}

/** What is known about a file that was found: ranges in ascending order, which may reach beyond its end. */
export type MarksOf = (path: ByteString, status: NodeStatus, filesystem: FilesystemInfo) => readonly MarkedRange[]
