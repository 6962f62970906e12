/** The archives used last: where they are, how large, when; those that are gone are marked. */
import { FileArchive, X } from 'lucide-react'
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import type { RecentArchive } from '../../../shared/ipc/settings.ts'
import { classNames } from '../../lib/class-names.ts'
import { shortenHome } from '../../lib/paths.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import { Press } from '../../parts/press.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './recent-archives.module.css'

export function RecentArchives() {
  const text = useText()
  const recents = useWindow((state) => state.recents)
  return (
    <section aria-labelledby="recent-title" className={styles['recent']}>
      <h2 id="recent-title" className={styles['title']}>
        {text('start.recent')}
      </h2>
      {recents.length === 0 ? (
        <p className={styles['none']}>{text('start.noRecent')}</p>
      ) : (
        <ul>
          {recents.map((recent) => (
            <Recent key={recent.path} recent={recent} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Recent({ recent: { path, sizeBytes, openedAt } }: { readonly recent: RecentArchive }) {
  const text = useText()
  const format = useFormat()
  const openArchive = useWindow((state) => state.openArchive)
  const forgetRecent = useWindow((state) => state.forgetRecent)
  const home = useWindow(({ product }) => product.homeDirectory)
  const name = displayName(baseName(path))
  const isMissing = sizeBytes === undefined
  return (
    <li className={classNames(styles['item'], isMissing && styles['missing'])}>
      <Press className={styles['open']} isDisabled={isMissing} onPress={() => void openArchive(path)}>
        <FileArchive size={18} strokeWidth={1.5} aria-hidden className={styles['icon'] ?? ''} />
        <span className={styles['words']}>
          <span className={styles['name']}>{name}</span>
          <span className={styles['folder']}>{shortenHome(parentPath(path) || ('/' as ByteString), home)}</span>
        </span>
        <span className={styles['size']}>{isMissing ? text('start.missing') : format.size(sizeBytes)}</span>
        <span className={styles['time']}>{format.date({ seconds: Math.floor(openedAt / 1000), nanoseconds: 0 })}</span>
      </Press>
      <IconButton icon={X} label={text('start.forget', { name })} onPress={() => forgetRecent(path)} />
    </li>
  )
}
