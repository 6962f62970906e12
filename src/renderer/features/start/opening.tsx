/** Says which archive is being opened, when that takes more than a moment. */
import { baseName, displayName } from '../../../shared/byte-string.ts'
import { useDelayed } from '../../lib/delayed.ts'
import { useText } from '../../lib/texts.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './start-screen.module.css'

export function Opening() {
  const text = useText()
  const opening = useWindow((state) => state.opening)
  const shown = useDelayed(opening)
  if (shown === undefined) return null
  const label = text('start.opening', { name: displayName(baseName(shown)) })
  return (
    <div className={styles['opening']} role="status">
      <span>{label}</span>
      <ProgressBar label={label} share={undefined} />
    </div>
  )
}
