/** The first screen: one place to drop things, three actions, and the archives used last. */
import { Archive, FolderOpen, Network, Plus } from 'lucide-react'
import { Suspense } from 'react'
import { lazyPart } from '../../lazy-part.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { useWindow } from '../../store/store.ts'
import { OpenFailure } from './open-failure.tsx'
import { RecentArchives } from './recent-archives.tsx'
import styles from './start-screen.module.css'

const Opening = lazyPart((later) => later.Opening)

export function StartScreen() {
  const text = useText()
  const openCreateDialog = useWindow((state) => state.openCreateDialog)
  const chooseArchive = useWindow((state) => state.chooseArchive)
  const chooseSharingFolder = useWindow((state) => state.chooseSharingFolder)
  return (
    <div className={styles['screen']}>
      <div className={styles['column']}>
        <section className={styles['zone']} aria-label={text('start.drop')}>
          <Archive size={36} strokeWidth={1.25} aria-hidden className={styles['zoneIcon'] ?? ''} />
          <p className={styles['drop']}>{text('start.drop')}</p>
          <p className={styles['hint']}>{text('start.dropHint')}</p>
          <div className={styles['actions']}>
            <Button look="primary" size="large" icon={Plus} onPress={() => openCreateDialog([])}>
              {text('command.new-archive')}
            </Button>
            <Button size="large" icon={FolderOpen} onPress={() => void chooseArchive()}>
              {text('command.open-archive')}
            </Button>
            <Button size="large" icon={Network} onPress={() => void chooseSharingFolder()}>
              {text('command.analyse-folder')}
            </Button>
          </div>
        </section>
        <Suspense>
          <Opening />
        </Suspense>
        <OpenFailure />
        <RecentArchives />
      </div>
    </div>
  )
}
