/** The folder tree as far as it was opened: each folder's children come from main, a page at a time. */
import { type ByteString, parentPath } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { TreeFolder } from '../../shared/ipc/archives.ts'
import type { Slice } from './store.ts'

interface Branch {
  readonly folders: readonly TreeFolder[]
  readonly complete: boolean
  readonly isLoading: boolean
  readonly failure: ErrorData | undefined
}

export interface TreeSlice {
  readonly branches: ReadonlyMap<ByteString, Branch>
  readonly expanded: ReadonlySet<ByteString>
  readonly resetTree: () => void
  readonly expandFolder: (folder: ByteString) => void
  readonly collapseFolder: (folder: ByteString) => void
  /** Expands what lies above a folder, so that it can be seen. */
  readonly revealFolder: (folder: ByteString) => void
  /** Asks for the (next) children of a folder. */
  readonly loadFolders: (folder: ByteString) => Promise<void>
}

/** A line of the tree as it is shown. */
export type TreeLine =
  | {
      readonly kind: 'folder'
      readonly path: ByteString
      /** The top of the archive is 1. */
      readonly level: number
      readonly hasFolders: boolean
      readonly isExpanded: boolean
    }
  | {
      readonly kind: 'more'
      readonly path: ByteString
      readonly level: number
      readonly failure: ErrorData | undefined
    }

const root = '' as ByteString
const emptyBranch: Branch = { folders: [], complete: false, isLoading: false, failure: undefined }

/** The lines of the tree from top to bottom. */
export function treeLines({ branches, expanded }: Pick<TreeSlice, 'branches' | 'expanded'>): TreeLine[] {
  const lines: TreeLine[] = []
  const add = (path: ByteString, level: number, hasFolders: boolean): void => {
    const isExpanded = hasFolders && expanded.has(path)
    lines.push({ kind: 'folder', path, level, hasFolders, isExpanded })
    if (!isExpanded) return
    const branch = branches.get(path) ?? emptyBranch
    for (const folder of branch.folders) add(folder.path, level + 1, folder.hasFolders)
    if (!branch.complete) lines.push({ kind: 'more', path, level: level + 1, failure: branch.failure })
  }
  add(root, 1, true)
  return lines
}

export const createTreeSlice: Slice<TreeSlice> = (backend, set, get) => {
  const change = (folder: ByteString, part: Partial<Branch>): void =>
    set(({ branches }) => ({
      branches: new Map(branches).set(folder, { ...(branches.get(folder) ?? emptyBranch), ...part }),
    }))

  return {
    branches: new Map(),
    expanded: new Set([root]),

    resetTree() {
      set({ branches: new Map(), expanded: new Set([root]) })
      void get().loadFolders(root)
    },

    expandFolder(folder) {
      if (!get().expanded.has(folder)) set(({ expanded }) => ({ expanded: new Set(expanded).add(folder) }))
      if (!get().branches.has(folder)) void get().loadFolders(folder)
    },

    collapseFolder: (folder) =>
      set(({ expanded }) => ({ expanded: new Set([...expanded].filter((path) => path !== folder)) })),

    revealFolder(folder) {
      for (let above = folder; above !== root; ) {
        above = parentPath(above)
        get().expandFolder(above)
      }
    },

    async loadFolders(folder) {
      const { archive, branches } = get()
      const branch = branches.get(folder) ?? emptyBranch
      if (archive === undefined || branch.isLoading || branch.complete) return
      change(folder, { isLoading: true, failure: undefined })
      try {
        const page = await backend.request('treeFolders', archive.archiveId, folder, branch.folders.at(-1)?.path)
        if (get().archive !== archive) return
        change(folder, { folders: [...branch.folders, ...page.folders], complete: page.complete, isLoading: false })
      } catch (error) {
        if (get().archive === archive) change(folder, { isLoading: false, failure: errorData(error) })
      }
    },
  }
}
