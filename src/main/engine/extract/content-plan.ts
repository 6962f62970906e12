/**
 * Pure: what to do for each run of a file, in file order. A clone covers whole filesystem blocks only: a partial block
 * at the end of a clone is refused or ten times slower, so that its bytes are copied.
 */
import type { Segments } from '../entry.ts'

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

/**
 * The actions for a file's segments; data runs that follow each other in the archive become one. They are made one by
 * one, since a file may have millions: go through the plan as often as needed.
 */
export function* planContent(segments: Segments, blockSizeBytes: number): Generator<ContentAction> {
  let fileOffset = 0
  /** A data run that may go on. */
  let dataOffset = 0
  let dataBytes = 0
  for (const segment of segments) {
    const { kind, lengthBytes } = segment
    if (lengthBytes === 0) continue
    if (dataBytes > 0 && !(kind === 'data' && segment.archiveOffset === dataOffset + dataBytes)) {
      for (const action of planData(fileOffset, dataOffset, dataBytes, blockSizeBytes)) yield action
      fileOffset += dataBytes
      dataBytes = 0
    }
    if (kind === 'data') {
      if (dataBytes === 0) dataOffset = segment.archiveOffset
      dataBytes += lengthBytes
      continue
    }
    if (kind === 'pack') {
      yield { kind, fileOffset, lengthBytes, pack: segment.pack, packOffset: segment.packOffset }
    } else yield { kind, fileOffset, lengthBytes }
    fileOffset += lengthBytes
  }
  if (dataBytes > 0) yield* planData(fileOffset, dataOffset, dataBytes, blockSizeBytes)
}

function planData(
  fileOffset: number,
  archiveOffset: number,
  lengthBytes: number,
  blockSizeBytes: number,
): ContentAction[] {
  const phase = fileOffset % blockSizeBytes
  if (phase !== archiveOffset % blockSizeBytes) {
    return [{ kind: 'copy', fileOffset, lengthBytes, archiveOffset, reason: 'unaligned' }]
  }
  const actions: ContentAction[] = []
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
  return actions
}
