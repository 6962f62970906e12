/** While searching or filtering: where, for what kinds, how much was found; and how to get out of it. */
import { X } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import type { EntryKind } from '../../../shared/archive-info.ts'
import { baseName, displayName } from '../../../shared/byte-string.ts'
import type { TextKey } from '../../../shared/texts/text.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import { currentPlace } from '../../store/history.ts'
import { useWindow } from '../../store/store.ts'
import { isSearching, noFilter } from '../../store/view-slice.ts'
import styles from './filter-bar.module.css'

const kindChips: readonly { readonly key: TextKey; readonly kinds: readonly EntryKind[] }[] = [
  { key: 'filter.files', kinds: ['file'] },
  { key: 'filter.folders', kinds: ['directory'] },
  { key: 'filter.links', kinds: ['symlink', 'hardlink'] },
  { key: 'filter.others', kinds: ['fifo', 'character-device', 'block-device'] },
]

export function FilterBar() {
  const text = useText()
  const searching = useWindow(isSearching)
  const filter = useWindow((state) => state.filter)
  const sharesWith = useWindow((state) => state.sharesWith)
  const folder = useWindow(({ history }) => currentPlace(history))
  const inFolder = useWindow((state) => state.searchInFolder)
  const setSearchInFolder = useWindow((state) => state.setSearchInFolder)
  const setFilter = useWindow((state) => state.setFilter)
  const setSearch = useWindow((state) => state.setSearch)
  if (!searching) return null

  const chip = (label: string, isSelected: boolean, onChange: () => void) => (
    <ToggleButton key={label} isSelected={isSelected} onChange={onChange} className={styles['chip'] ?? ''}>
      {label}
    </ToggleButton>
  )
  const name = (path: typeof folder): string => displayName(baseName(path))
  return (
    <div role="group" aria-label={text('filter.label')} className={styles['bar']}>
      {folder !== '' && (
        <>
          {chip(text('filter.wholeArchive'), !inFolder, () => setSearchInFolder(false))}
          {chip(text('filter.inFolder', { name: name(folder) }), inFolder, () => setSearchInFolder(true))}
          <span className={styles['gap']} />
        </>
      )}
      {kindChips.map(({ key, kinds }) => {
        const isOn = kinds.every((kind) => filter.kinds.includes(kind))
        const others = filter.kinds.filter((kind) => !kinds.includes(kind))
        return chip(text(key), isOn, () => setFilter({ kinds: isOn ? others : [...others, ...kinds] }))
      })}
      {chip(text('filter.packed'), filter.packedOnly, () => setFilter({ packedOnly: !filter.packedOnly }))}
      {filter.sharesWithOrdinal !== undefined &&
        sharesWith !== undefined &&
        chip(text('filter.sharesWith', { name: name(sharesWith) }), true, () =>
          setFilter({ sharesWithOrdinal: undefined }),
        )}
      <span className={styles['end']}>
        <Found />
        <IconButton
          icon={X}
          label={text('filter.clear')}
          onPress={() => {
            setFilter(noFilter)
            setSearch('')
          }}
        />
      </span>
    </div>
  )
}

function Found() {
  const text = useText()
  const format = useFormat()
  const view = useWindow((state) => state.view)
  if (view === undefined) return null
  const { rowCount: count, scannedEntries, complete } = view
  return (
    <span role="status" className={styles['found']}>
      {complete
        ? text('filter.found', { count })
        : text('filter.counting', { count, scanned: format.count(scannedEntries) })}
    </span>
  )
}
