/** What the app remembers between runs, and what it was started with. */
import type { ByteString } from '../byte-string.ts'
import type { SizeUnits } from '../format-size.ts'
import type { SortColumn } from './archives.ts'

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'system' | 'en' | 'de'
  readonly units: SizeUnits
  readonly columns: readonly SortColumn[]
  readonly columnWidthsPixels: { readonly [Column in SortColumn]?: number }
  readonly treeWidthPixels: number
  readonly detailsWidthPixels: number
  readonly showTree: boolean
  readonly showDetails: boolean
  readonly foldersFirst: boolean
  readonly create: { readonly deduplicate: boolean; readonly instant: boolean; readonly compress: boolean }
  readonly extract: {
    readonly smartFolder: boolean
    readonly verifyContents: boolean
    readonly revealWhenDone: boolean
  }
}

export interface RecentArchive {
  readonly path: ByteString
  /** Undefined when it is missing now. */
  readonly sizeBytes: number | undefined
  /** Milliseconds since 1970. */
  readonly openedAt: number
}

/** Something the user dropped, chose or named on the command line. */
export interface GivenPath {
  readonly path: ByteString
  readonly kind: 'archive' | 'file' | 'folder' | 'other' | 'missing'
  readonly sizeBytes: number
}

/** Menu entries and shortcuts that the window carries out. */
export const windowCommands = [
  'new-archive',
  'open-archive',
  'close-archive',
  'analyse-folder',
  'extract',
  'verify',
  'find',
  'select-all',
  'go-up',
  'go-back',
  'go-forward',
  'show-contents',
  'show-savings',
  'show-sharing',
  'toggle-tree',
  'toggle-details',
  'settings',
  'about',
  'shortcuts',
] as const

export type WindowCommand = (typeof windowCommands)[number]
