/** Kinds of nodes as st_mode holds them (inode(7), linux/stat.h): the same on every platform that has them. */
import type { NodeKind } from '../src/main/engine/ports.ts'
import { ReftarError } from '../src/shared/errors.ts'
import { said } from '../src/shared/said.ts'

const S_IFMT = 0o170000

/** The file type bits of each kind. */
export const kindBits = {
  fifo: 0o010000,
  'character-device': 0o020000,
  directory: 0o040000,
  'block-device': 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
} as const satisfies Record<NodeKind, number>

const kinds = Object.keys(kindBits) as NodeKind[]
// Indexed by the four type bits, which are also the DT_* values of directory entries (dirent.h).
const kindByType: readonly (NodeKind | undefined)[] = Array.from({ length: 16 }, (_, type) =>
  kinds.find((kind) => kindBits[kind] === type << 12),
)

/** The kind of a directory entry's DT_* number; undefined for DT_UNKNOWN. */
export function kindOfDirent(type: number): NodeKind | undefined {
  return kindByType[type & 0o17]
}

/** The kind in an st_mode. `system-error` for type bits that no kind has. */
export function kindOfMode(mode: number): NodeKind {
  const kind = kindByType[(mode & S_IFMT) >> 12]
  if (kind === undefined)
    throw new ReftarError(
      'system-error',
      said('Unknown kind of file (mode {mode})', { mode: { verbatim: mode.toString(8) } }),
    )
  return kind
}
