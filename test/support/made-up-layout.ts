/** Layouts of files that nobody has to make on disk: what FIEMAP would say, and what follows from it byte by byte. */
import { ExtentTable } from '../../src/main/engine/sharing/extent-table.ts'
import { FolderTree } from '../../src/main/engine/sharing/folder-tree.ts'
import { mapOf } from '../../src/main/engine/sharing/map-of.ts'
import { baseName, parentPath, textToByteString } from '../../src/shared/byte-string.ts'
import { fileRoles, type SharingMap } from '../../src/shared/sharing/sharing-map.ts'

interface MadeUpExtent {
  readonly offset: number
  readonly address: number
  readonly length: number
  readonly flags: number
  readonly mark?: number
}

export interface MadeUpFile {
  readonly path: string
  readonly filesystem?: number
  readonly sizeBytes?: number
  readonly extents: readonly MadeUpExtent[]
  /** Folders of further names, and how many names nobody found. */
  readonly furtherFolders?: readonly string[]
  readonly missingNames?: number
}

/** The map of such files; filesystems by type, all of blocks of one byte. */
export function madeUpMap(
  files: readonly MadeUpFile[],
  types: readonly string[] = ['btrfs'],
  limitGroups = 1000,
): SharingMap {
  const extents = new ExtentTable()
  const tree = new FolderTree()
  const firstExtents: number[] = []
  const furtherFolders = new Map<number, number[]>()
  const missingNames = new Map<number, number>()
  const folders = files.map(({ path }) => tree.numberOf(parentPath(textToByteString(path))))
  const ends = files.map(({ extents: list }) =>
    list.reduce((end, { offset, length }) => Math.max(end, offset + length), 0),
  )
  files.forEach((file, index) => {
    firstExtents.push(extents.length)
    for (const { offset, length, address, flags, mark } of file.extents) {
      extents.add(index, offset, length, address, flags, mark ?? 0)
    }
    if (file.furtherFolders) {
      furtherFolders.set(
        index,
        file.furtherFolders.map((folder) => tree.numberOf(textToByteString(folder))),
      )
    }
    if (file.missingNames !== undefined) missingNames.set(index, file.missingNames)
  })
  const sizes = files.map(({ sizeBytes }, index) => sizeBytes ?? ends[index] ?? 0)
  const none = files.map(() => 0)
  const mapped = files.map(({ extents: list }) => list.reduce((sum, { length }) => sum + length, 0))
  return mapOf(
    {
      extents,
      tree,
      names: files.map(({ path }) => baseName(textToByteString(path))),
      folders,
      furtherFolders,
      missingNames,
      roles: files.map(() => fileRoles.indexOf('other')),
      filesystemOf: files.map(({ filesystem }) => filesystem ?? 0),
      sizes,
      firstExtents,
      holes: sizes.map((size, index) => Math.max(0, size - (mapped[index] ?? 0))),
      inline: none,
      unchecked: none,
      reasonOf: files.map(() => -1),
      reasons: [],
      filesystems: types.map((type) => ({ type, blockSizeBytes: 1, canShare: true })),
    },
    limitGroups,
    true,
  )
}
