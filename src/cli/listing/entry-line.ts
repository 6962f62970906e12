/** An entry as a line for people. */
import type { Entry, EntryUse } from '../../main/engine/index.ts'
import { type ByteString, baseName, displayName } from '../../shared/byte-string.ts'
import { modeText } from '../../shared/format-mode.ts'
import { formatTime } from '../output/time.ts'

/** The entry's path, or in a tree its own name indented; folders end in a slash. */
export function nameText(entry: Entry, tree: boolean): string {
  const slash = entry.kind === 'directory' ? '/' : ''
  if (!tree) return displayName(entry.path) + slash
  const depth = entry.path.split('/').length - 1
  return '  '.repeat(depth) + displayName(baseName(entry.path)) + slash
}

/**
 * In a tree of selected entries the folders above them are missing: yields their names, each once, as entries come in
 * stored order.
 */
export function missingFolders(): (entry: Entry) => string[] {
  let shown: readonly string[] = []
  return (entry) => {
    const components = entry.path.split('/')
    let known = 0
    while (known < components.length - 1 && shown[known] === components[known]) known++
    const missing = components
      .slice(known, -1)
      .map((name, i) => `${'  '.repeat(known + i)}${displayName(name as ByteString)}/`)
    shown = components
    return missing
  }
}

export const longHeader = ['Mode', 'Owner', 'Size', 'Stored', 'Only here', 'Shared', 'Modified', 'Name'] as const
export const longAlignments = ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left'] as const
/** Wide enough for most, so that columns rarely have to grow while entries stream by. */
export const longWidths = [10, 13, 7, 7, 9, 7, 16, 4] as const

/** The cells of the long form, in the order of longHeader. */
export function longCells(
  entry: Entry,
  use: EntryUse,
  hardLinkTarget: ByteString | undefined,
  tree: boolean,
  size: (bytes: number) => string,
): string[] {
  const { owner } = entry
  const name = (shown: ByteString, id: number): string => (shown === '' ? String(id) : displayName(shown))
  const isFile = entry.kind === 'file'
  const isDevice = entry.kind === 'character-device' || entry.kind === 'block-device'
  const sizeText = isDevice ? `${entry.deviceMajor},${entry.deviceMinor}` : isFile ? size(entry.sizeBytes) : ''
  const onlyHere = use.sharedBytes === undefined ? '?' : size(use.storedBytes - use.sharedBytes)
  const shared = use.sharedBytes === undefined ? '?' : size(use.sharedBytes)
  const link =
    entry.kind === 'symlink'
      ? ` -> ${displayName(entry.linkTarget)}`
      : hardLinkTarget === undefined
        ? ''
        : ` link to ${displayName(hardLinkTarget)}`
  return [
    modeText(entry.kind, entry.mode),
    `${name(owner.userName, owner.uid)}/${name(owner.groupName, owner.gid)}`,
    sizeText,
    isFile ? size(use.storedBytes) : '',
    isFile ? onlyHere : '',
    isFile ? shared : '',
    formatTime(entry.modifyTime),
    nameText(entry, tree) + link,
  ]
}
