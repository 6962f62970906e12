/** Which files the picture and the table show: by a word of their path, and by what is true of them. */
import { X } from 'lucide-react'
import { Input, SearchField } from 'react-aria-components'
import type { SharingFileQuery } from '../../../shared/ipc/sharing.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { Select } from '../../parts/select.tsx'
import styles from './look.module.css'
import type { PictureState } from './picture/picture-state.ts'

const shows = ['all', 'sharing', 'not-sharing', 'copied', 'unchecked'] as const

export function FileFilter({ state: { sharing, query, setQuery, scope } }: { readonly state: PictureState }) {
  const text = useText()
  return (
    <>
      {query.sharesWithFile !== undefined && (
        <Button icon={X} onPress={() => setQuery({ sharesWithFile: undefined })}>
          {text('sharing.filter.sharers')}
        </Button>
      )}
      {query.selectedOnly && scope !== undefined && (
        <Button icon={X} onPress={() => setQuery({ selectedOnly: false })}>
          {scope.title}
        </Button>
      )}
      {query.folder !== 0 && (
        <Button icon={X} onPress={() => setQuery({ folder: 0 })}>
          {text('sharing.filter.folder')}
        </Button>
      )}
      <SearchField
        aria-label={text('sharing.filter.text')}
        value={query.text}
        onChange={(words) => setQuery({ text: words })}
      >
        <Input className={styles['search'] ?? ''} placeholder={text('sharing.filter.text')} spellCheck={false} />
      </SearchField>
      <Select<SharingFileQuery['show']>
        label={text('sharing.filter.label')}
        hidesLabel
        value={query.show}
        options={shows
          .filter((value) => value !== 'copied' || sharing.hasCopied || query.show === value)
          .map((value) => ({ value, label: text(`sharing.filter.${value}`) }))}
        onChange={(show) => setQuery({ show })}
      />
    </>
  )
}
