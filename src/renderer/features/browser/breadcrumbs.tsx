/** Where in the archive one is: each folder above can be gone to; the last ones stay visible when there are many. */
import { ChevronRight } from 'lucide-react'
import { type ByteString, baseName, displayName } from '../../../shared/byte-string.ts'
import { useText } from '../../lib/texts.tsx'
import { Press } from '../../parts/press.tsx'
import { currentPlace } from '../../store/history.ts'
import { useWindow } from '../../store/store.ts'
import styles from './breadcrumbs.module.css'

/** The paths from the top (not included) down to a folder (included). */
function pathsDownTo(folder: ByteString): ByteString[] {
  const paths: ByteString[] = []
  for (let slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1))
    paths.push(folder.slice(0, slash) as ByteString)
  return folder === '' ? [] : [...paths, folder]
}

export function Breadcrumbs() {
  const text = useText()
  const archivePath = useWindow(({ archive }) => archive?.path) ?? ('' as ByteString)
  const folder = useWindow(({ history }) => currentPlace(history))
  const goTo = useWindow((state) => state.goTo)
  const places = [
    { path: '' as ByteString, name: displayName(baseName(archivePath)) },
    ...pathsDownTo(folder).map((path) => ({ path, name: displayName(baseName(path)) })),
  ]
  return (
    <nav aria-label={text('browser.breadcrumbs')} className={styles['crumbs']}>
      {/* Reversed, so that the end stays in sight where there isn't room for all. */}
      <ol className={styles['list']}>
        {places.toReversed().map(({ path, name }, index) => (
          <li key={path} className={styles['place']}>
            <Press
              className={styles['button']}
              {...(index === 0 ? { 'aria-current': 'location' as const } : {})}
              onPress={() => goTo(path)}
            >
              {name}
            </Press>
            {index > 0 && <ChevronRight size={14} aria-hidden className={styles['next'] ?? ''} />}
          </li>
        ))}
      </ol>
    </nav>
  )
}
