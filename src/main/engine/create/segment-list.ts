/** Collects a file's map, joining what goes on where the last segment ended. */
import type { Segment } from '../entry.ts'

export class SegmentList {
  readonly segments: Segment[] = []

  add(segment: Segment): void {
    const last = this.segments.at(-1)
    if (last !== undefined && continues(last, segment)) {
      this.segments[this.segments.length - 1] = { ...last, lengthBytes: last.lengthBytes + segment.lengthBytes }
    } else this.segments.push(segment)
  }
}

function continues(last: Segment, next: Segment): boolean {
  if (last.kind === 'data') return next.kind === 'data' && next.archiveOffset === last.archiveOffset + last.lengthBytes
  if (last.kind === 'pack') {
    return next.kind === 'pack' && next.pack === last.pack && next.packOffset === last.packOffset + last.lengthBytes
  }
  return next.kind === last.kind
}
