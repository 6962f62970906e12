/** The tree's folders, a page at a time. */
import type { ByteString } from '../../shared/byte-string.ts'
import { baseName } from '../../shared/byte-string.ts'
import type { TreeFolder, TreePage } from '../../shared/ipc/archives.ts'
import type { ArchiveReader } from '../engine/index.ts'
import { allChildren } from './rows.ts'
import { Slices } from './slices.ts'

const FOLDERS_A_PAGE = 200
/** A page that has something is sent after this long. */
const LONGEST_MILLISECONDS = 100
/** Among so many children a folder shows up, or the answer is “perhaps”. */
const CHILDREN_LOOKED_AT = 64

/**
 * The folders in a folder ('' is the root) whose names come after that of the folder `after`, in name order, those
 * without an entry of their own too.
 */
export async function treePage(
  reader: ArchiveReader,
  folder: ByteString,
  after: ByteString | undefined,
): Promise<TreePage> {
  const folders: TreeFolder[] = []
  const slices = new Slices()
  const begun = performance.now()
  for (const child of allChildren(reader, folder, after === undefined ? undefined : baseName(after))) {
    if (slices.isDue) await slices.turn()
    if (child.kind !== 'directory') continue
    const isFull = folders.length >= FOLDERS_A_PAGE || performance.now() - begun > LONGEST_MILLISECONDS
    if (isFull && folders.length > 0) return { folders, complete: false }
    folders.push({ path: child.path, hasFolders: mayHaveFolders(reader, child.path) })
  }
  return { folders, complete: true }
}

function mayHaveFolders(reader: ArchiveReader, folder: ByteString): boolean {
  const children = reader.children(folder, undefined, CHILDREN_LOOKED_AT)
  return children.length === CHILDREN_LOOKED_AT || children.some(({ kind }) => kind === 'directory')
}
