/**
 * Pure: what to do for each run of a file, in file order. A clone covers whole filesystem blocks only: a partial block
 * at the end of a clone is refused or ten times slower, so that its bytes are copied.
 */
import type { Segment } from '../entry.ts'

export type ContentAction =
  | {
      readonly kind: 'clone'
      readonly fileOffset: number
      readonly lengthBytes: number
      readonly archiveOffset: number
    }
  | {
      readonly kind: 'copy'
      readonly fileOffset: number
      readonly lengthBytes: number
      readonly archiveOffset: number
      /** Why these bytes can't be cloned even where the filesystem can. */
      readonly reason: 'unaligned' | 'packed'
    }
  | {
      readonly kind: 'pack'
      readonly fileOffset: number
      readonly lengthBytes: number
      readonly pack: number
      readonly packOffset: number
    }
  | { readonly kind: 'hole' | 'zero'; readonly fileOffset: number; readonly lengthBytes: number }

/** The actions for a file's segments; data runs that follow each other in the archive become one. */
export function planContent(segments: readonly Segment[], blockSizeBytes: number): ContentAction[] {
  const actions: ContentAction[] = []
  let fileOffset = 0
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]
    if (segment === undefined || segment.lengthBytes === 0) continue
    let lengthBytes = segment.lengthBytes
    if (segment.kind === 'data') {
      for (let next = segments[i + 1]; next?.kind === 'data'; next = segments[i + 1]) {
        if (next.archiveOffset !== segment.archiveOffset + lengthBytes) break
        lengthBytes += next.lengthBytes
        i++
      }
      planData(actions, fileOffset, segment.archiveOffset, lengthBytes, blockSizeBytes)
    } else if (segment.kind === 'pack') {
      const { pack, packOffset } = segment
      actions.push({ kind: 'pack', fileOffset, lengthBytes, pack, packOffset })
    } else {
      actions.push({ kind: segment.kind, fileOffset, lengthBytes })
    }
    fileOffset += lengthBytes
  }
  return actions
}

function planData(
  actions: ContentAction[],
  fileOffset: number,
  archiveOffset: number,
  lengthBytes: number,
  blockSizeBytes: number,
): void {
  const phase = fileOffset % blockSizeBytes
  if (phase !== archiveOffset % blockSizeBytes) {
    actions.push({ kind: 'copy', fileOffset, lengthBytes, archiveOffset, reason: 'unaligned' })
    return
  }
  const head = Math.min(phase === 0 ? 0 : blockSizeBytes - phase, lengthBytes)
  const whole = lengthBytes - head - ((lengthBytes - head) % blockSizeBytes)
  const tail = lengthBytes - head - whole
  if (head > 0) actions.push({ kind: 'copy', fileOffset, lengthBytes: head, archiveOffset, reason: 'packed' })
  if (whole > 0) {
    actions.push({
      kind: 'clone',
      fileOffset: fileOffset + head,
      lengthBytes: whole,
      archiveOffset: archiveOffset + head,
    })
  }
  if (tail > 0) {
    const skipped = head + whole
    actions.push({
      kind: 'copy',
      fileOffset: fileOffset + skipped,
      lengthBytes: tail,
      archiveOffset: archiveOffset + skipped,
      reason: 'packed',
    })
  }
}
