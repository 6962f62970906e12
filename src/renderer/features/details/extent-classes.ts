/** The extents of an entry as the classes in which bytes are drawn, and where they stand in a strip. */
import type { EntryExtent } from '../../../shared/ipc/archives.ts'
import { blockClass, blockClasses, type ClassStyle, classOfSharers } from '../../../shared/sharing/block-class.ts'

/** Holes and blocks of zeros are both stored as nothing. */
export function classOfExtent({ kind, users }: Pick<EntryExtent, 'kind' | 'users'>): ClassStyle {
  const style = blockClasses[codeOfExtent(kind, users)]
  if (style === undefined) throw new RangeError(`no class for ${kind}`)
  return style
}

function codeOfExtent(kind: EntryExtent['kind'], users: number | undefined): number {
  if (kind === 'pack') return blockClass.packed
  if (kind !== 'data') return blockClass.hole
  return users === undefined ? blockClass.unchecked : classOfSharers(users)
}

/** A run of one class in a strip that is 0 … 1 wide. */
export interface StripRun {
  readonly style: ClassStyle
  readonly start: number
  readonly width: number
}

/** Neighbours of one class become one run; `sizeBytes` is the whole strip. */
export function stripRuns(extents: readonly EntryExtent[], sizeBytes: number): StripRun[] {
  const runs: { style: ClassStyle; start: number; width: number }[] = []
  for (const extent of extents) {
    const style = classOfExtent(extent)
    const width = extent.lengthBytes / sizeBytes
    const before = runs.at(-1)
    if (before?.style === style) before.width += width
    else runs.push({ style, start: extent.offsetBytes / sizeBytes, width })
  }
  return runs
}

/** Bytes by class in the order of legends, classes without bytes left out. */
export function bytesByClass(extents: readonly EntryExtent[]): { style: ClassStyle; bytes: number }[] {
  const bytes = new Map<ClassStyle, number>()
  for (const extent of extents) {
    const style = classOfExtent(extent)
    bytes.set(style, (bytes.get(style) ?? 0) + extent.lengthBytes)
  }
  return blockClasses.flatMap((style) => {
    const sum = bytes.get(style)
    return sum === undefined ? [] : [{ style, bytes: sum }]
  })
}
