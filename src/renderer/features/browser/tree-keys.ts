/** What a key does in the folder tree: moves, opens and closes folders, goes to one. */
import { type ByteString, parentPath } from '../../../shared/byte-string.ts'
import type { TreeLine } from '../../store/tree-slice.ts'

export interface TreeStep {
  readonly kind: 'move' | 'expand' | 'collapse' | 'go'
  readonly path: ByteString
}

/** The step that a key makes from the line at `cursor`; undefined for keys that do nothing there. */
export function treeStep(key: string, lines: readonly TreeLine[], cursor: number): TreeStep | undefined {
  const line = lines[cursor]
  const moveTo = (index: number, by: 1 | -1): TreeStep | undefined => {
    let at = index
    while (lines[at]?.kind === 'more') at += by
    const path = lines[at]?.path
    return path === undefined ? undefined : { kind: 'move', path }
  }
  switch (key) {
    case 'ArrowDown':
      return moveTo(cursor + 1, 1)
    case 'ArrowUp':
      return moveTo(cursor - 1, -1)
    case 'Home':
      return moveTo(0, 1)
    case 'End':
      return moveTo(lines.length - 1, -1)
  }
  if (line?.kind !== 'folder') return undefined
  const { path } = line
  switch (key) {
    case 'ArrowRight':
      if (!line.hasFolders) return undefined
      return line.isExpanded ? moveTo(cursor + 1, 1) : { kind: 'expand', path }
    case 'ArrowLeft':
      if (line.isExpanded) return { kind: 'collapse', path }
      return path === '' ? undefined : { kind: 'move', path: parentPath(path) }
    case 'Enter':
    case ' ':
      return { kind: 'go', path }
    default:
      return undefined
  }
}
