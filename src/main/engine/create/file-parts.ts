/** How a file's bytes are stored by their place in the file: the same for creating an archive and for planning to. */
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import { dataRanges, isWithoutHoles } from './data-ranges.ts'

/**
 * Files below this size are packed. Measured on btrfs and XFS: cloning whole blocks takes 14–36 µs a file at creation
 * and again at extraction and leaves a tail to pack anyway, where reading or writing 24 KiB takes 30–45 µs; at 64 KiB a
 * clone is clearly faster, and half the bytes of a source tree are in files above it.
 */
export const CLONE_THRESHOLD_BYTES = 64 << 10
/** Large files are dealt with in windows of this size: one clone call, and one look at extents, doesn't take long. */
const WINDOW_BYTES = 64 << 20

/** hole: not stored. pack: copied into packs. window: whole blocks, to be cloned where that can be. */
export interface FilePart {
  readonly kind: 'hole' | 'pack' | 'window'
  readonly start: number
  readonly lengthBytes: number
}

/** Whether all of a file's data is packed, as is to be seen without opening it. */
export function isPackedWhole(status: NodeStatus, options: Pick<CreateOptions, 'compress'>): boolean {
  return isPacked(status, options) && (status.sizeBytes === 0 || isWithoutHoles(status))
}

/** The parts of an open file in order, found as they are asked for. */
export function* fileParts(
  files: FileSystem,
  handle: Handle,
  status: NodeStatus,
  options: Pick<CreateOptions, 'compress'>,
  blockBytes: number,
): Generator<FilePart> {
  for (const { start, end, isHole } of dataRanges(files, handle, status)) {
    const lengthBytes = end - start
    if (isHole) yield { kind: 'hole', start, lengthBytes }
    else if (isPacked(status, options)) yield { kind: 'pack', start, lengthBytes }
    else {
      const wholeEnd = end - (lengthBytes % blockBytes)
      for (let at = start; at < wholeEnd; at += WINDOW_BYTES) {
        yield { kind: 'window', start: at, lengthBytes: Math.min(WINDOW_BYTES, wholeEnd - at) }
      }
      if (wholeEnd < end) yield { kind: 'pack', start: wholeEnd, lengthBytes: end - wholeEnd }
    }
  }
}

function isPacked({ sizeBytes }: NodeStatus, { compress }: Pick<CreateOptions, 'compress'>): boolean {
  return compress || sizeBytes < CLONE_THRESHOLD_BYTES
}
