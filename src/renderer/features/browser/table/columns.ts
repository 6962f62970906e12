/** The table's columns: which there are, how wide, on which side their text stands. */
import type { SortColumn } from '../../../../shared/ipc/archives.ts'
import type { Settings } from '../../../../shared/ipc/settings.ts'

interface ColumnStyle {
  readonly widthPixels: number
  readonly alignsEnd: boolean
}

const columnStyles: { readonly [Column in SortColumn]: ColumnStyle } = {
  name: { widthPixels: 160, alignsEnd: false },
  path: { widthPixels: 120, alignsEnd: false },
  size: { widthPixels: 84, alignsEnd: true },
  stored: { widthPixels: 84, alignsEnd: true },
  shared: { widthPixels: 96, alignsEnd: false },
  modified: { widthPixels: 136, alignsEnd: false },
  mode: { widthPixels: 104, alignsEnd: false },
  kind: { widthPixels: 120, alignsEnd: false },
}

export const MIN_COLUMN_PIXELS = 48
export const MAX_COLUMN_PIXELS = 1200

export interface Column extends ColumnStyle {
  readonly id: SortColumn
  /** Names and folders share what is left, unless the user gave them a width. */
  readonly isFlexible: boolean
}

/** All columns in the order in which they are shown. The name can't be hidden. */
export const allColumns: readonly SortColumn[] = [
  'name',
  'path',
  'size',
  'stored',
  'shared',
  'modified',
  'mode',
  'kind',
]

/** The columns to show: those chosen, and the folder while matches come from several. */
export function shownColumns(
  { columns, columnWidthsPixels }: Pick<Settings, 'columns' | 'columnWidthsPixels'>,
  isSearching: boolean,
): readonly Column[] {
  return allColumns
    .filter((id) => id === 'name' || columns.includes(id) || (id === 'path' && isSearching))
    .map((id) => ({
      ...columnStyles[id],
      id,
      widthPixels: columnWidthsPixels[id] ?? columnStyles[id].widthPixels,
      isFlexible: (id === 'name' || id === 'path') && columnWidthsPixels[id] === undefined,
    }))
}

/** For `grid-template-columns`. A last empty column takes what no other wants. */
export function columnTemplate(columns: readonly Column[]): string {
  const tracks = columns.map(({ isFlexible, widthPixels }) =>
    isFlexible ? `minmax(${widthPixels}px, 1fr)` : `${widthPixels}px`,
  )
  return columns.some(({ isFlexible }) => isFlexible) ? tracks.join(' ') : `${tracks.join(' ')} 1fr`
}

/** Below this width the table scrolls sideways. */
export function leastTablePixels(columns: readonly Column[]): number {
  return columns.reduce((sum, { widthPixels }) => sum + widthPixels, 0)
}

/** The choice of columns with one added or taken away. */
export function toggleColumn(columns: readonly SortColumn[], column: SortColumn): readonly SortColumn[] {
  const next = new Set<SortColumn>(columns).add('name')
  if (!columns.includes(column)) next.add(column)
  else if (column !== 'name') next.delete(column)
  return allColumns.filter((id) => next.has(id))
}
