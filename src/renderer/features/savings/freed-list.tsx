/** “What would I free?”: exactly this much, because blocks are shared. */
import type { SharingColumn } from '../../../shared/ipc/sharing.ts'
import type { FreedBytes } from '../../../shared/sharing/sharers.ts'
import { useWords } from '../../lib/use-words.ts'
import { useWindow } from '../../store/store.ts'
import styles from './savings.module.css'

interface FreedListProps {
  readonly freed: FreedBytes
  readonly isWhole: boolean
}

const roles = ['archive', 'source', 'extracted'] as const

export function FreedList({ freed, isWhole }: FreedListProps) {
  const { text, format } = useWords()
  const disk = useWindow(({ looks }) => looks.disk?.state)
  const isKnown = disk?.complete === true && disk.totals?.uncheckedBytes === 0
  const columns = roles.flatMap((role) => disk?.roles.find((column) => column.role === role) ?? [])
  return (
    <ul className={styles['freed']}>
      {!isWhole && (
        <li>
          {text('savings.freed.part', { freed: format.size(freed.atMostBytes) })}{' '}
          {freed.keptBytes > 0 && text('savings.freed.keptEntries', { kept: format.size(freed.keptBytes) })}
        </li>
      )}
      {columns.map((column) => (
        <Freed key={column.role} column={column} isKnown={isKnown} />
      ))}
    </ul>
  )
}

function Freed({ column: { role, freed }, isKnown }: { readonly column: SharingColumn; readonly isKnown: boolean }) {
  const { text, format } = useWords()
  if (role === 'other') return null
  const what = text(`savings.freed.${role}`)
  if (!isKnown || freed === undefined) return <li>{text('savings.freed.unknown', { what })}</li>
  const { atMostBytes, certainBytes, keptBytes, filesWithOtherNames } = freed
  return (
    <li>
      {text(certainBytes === atMostBytes ? 'savings.freed.exactly' : 'savings.freed.between', {
        what,
        freed: format.size(atMostBytes),
        certain: format.size(certainBytes),
        maybe: format.size(atMostBytes - certainBytes),
      })}{' '}
      {keptBytes > 0 && text('savings.freed.kept', { kept: format.size(keptBytes) })}{' '}
      {filesWithOtherNames > 0 && text('savings.freed.otherNames', { count: filesWithOtherNames })}
    </li>
  )
}
