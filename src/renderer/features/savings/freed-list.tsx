/** “What would I free?”: exactly this much, because blocks are shared. */
import type { FreedBytes } from '../../../shared/sharing/sharers.ts'
import { useWords } from '../../lib/use-words.ts'
import { useWindow } from '../../store/store.ts'
import { freedInArchive, freedSentence } from '../sharing/freed-sentences.tsx'
import { unbroken } from '../sharing/summary-words.ts'
import styles from './savings.module.css'

interface FreedListProps {
  readonly freed: FreedBytes
  readonly isWhole: boolean
}

const roles = ['archive', 'source', 'extracted'] as const

export function FreedList({ freed, isWhole }: FreedListProps) {
  const words = useWords()
  const disk = useWindow(({ looks }) => looks.disk?.state)
  return (
    <ul className={styles['freed']}>
      {!isWhole && <li>{unbroken(freedInArchive(freed, words))}</li>}
      {roles.map((role) => {
        const column = disk?.roles.find((column) => column.role === role)
        return (
          column && (
            <li key={role}>{unbroken(freedSentence(words.text(`savings.freed.${role}`), column.freed, words))}</li>
          )
        )
      })}
    </ul>
  )
}
