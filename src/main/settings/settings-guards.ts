/** What the settings may hold, whether a page asks for it or the file on disk says so. */
import type { SortColumn } from '../../shared/ipc/archives.ts'
import type { Settings } from '../../shared/ipc/settings.ts'
import { isBoolean, isListOf, isObject, isOneOf, isPartial, isWhole } from '../ipc/guards.ts'

const isSortColumn = isOneOf('name', 'size', 'stored', 'shared', 'modified', 'mode', 'kind', 'path')
const isPixels = isWhole(0, 100_000)

const settingGuards = {
  theme: isOneOf('system', 'light', 'dark'),
  language: isOneOf('system', 'en', 'de'),
  units: isOneOf('si', 'iec'),
  columns: isListOf(isSortColumn, 8),
  columnWidthsPixels: isPartial<Record<SortColumn, number>>({
    name: isPixels,
    size: isPixels,
    stored: isPixels,
    shared: isPixels,
    modified: isPixels,
    mode: isPixels,
    kind: isPixels,
    path: isPixels,
  }),
  treeWidthPixels: isPixels,
  detailsWidthPixels: isPixels,
  showTree: isBoolean,
  showDetails: isBoolean,
  foldersFirst: isBoolean,
  create: isObject<Settings['create']>({ deduplicate: isBoolean, instant: isBoolean, compress: isBoolean }),
  extract: isObject<Settings['extract']>({
    smartFolder: isBoolean,
    verifyContents: isBoolean,
    revealWhenDone: isBoolean,
  }),
}

/** Some settings, each as it should be, and nothing else. */
export const isSettingsChange = isPartial<Settings>(settingGuards)
