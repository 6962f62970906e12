/** What the user should know about this archive before trusting the list: closed, gone, cut off, damaged, without checksums. */
import { useState } from 'react'
import { sayAlone } from '../../../shared/texts/sentences.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Notice } from '../../parts/notice.tsx'
import { archiveGone } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import { OpenFailure } from '../start/open-failure.tsx'
import styles from './archive-notices.module.css'

export function ArchiveNotices() {
  const text = useText()
  const format = useFormat()
  const archive = useWindow((state) => state.archive)
  const lost = useWindow((state) => state.lost)
  const gone = useWindow(archiveGone)
  const scanError = useWindow(({ view }) => view?.error)
  const openArchive = useWindow((state) => state.openArchive)
  const lookAgainForArchive = useWindow((state) => state.lookAgainForArchive)
  const openFailure = useWindow((state) => state.openFailure)
  const startJob = useWindow((state) => state.startJob)
  const [isDismissed, setDismissed] = useState(false)
  if (archive === undefined) return null
  const { complete, notices, dataHashes } = archive.info
  const lines = notices.map((notice) => sayAlone(format, notice))
  const shown = [
    lost && (
      <ErrorNotice key="lost" error={lost} title={text('browser.lost')}>
        <Button onPress={() => void openArchive(archive.path)}>{text('browser.reopen')}</Button>
      </ErrorNotice>
    ),
    gone && (
      <ErrorNotice key="gone" error={gone} title={text('notice.gone')}>
        <Button onPress={lookAgainForArchive}>{text('app.retry')}</Button>
      </ErrorNotice>
    ),
    openFailure && <OpenFailure key="open" />,
    scanError && <ErrorNotice key="scan" error={scanError} title={text('notice.scanEnded')} />,
    !isDismissed && !complete && (
      <Notice
        key="incomplete"
        kind="warning"
        title={text('notice.incomplete')}
        lines={[text('notice.incompleteHint'), ...lines]}
        onDismiss={() => setDismissed(true)}
      />
    ),
    !isDismissed && complete && notices.length > 0 && (
      <Notice
        key="notices"
        kind="info"
        title={text('notice.notices')}
        lines={lines}
        onDismiss={() => setDismissed(true)}
      />
    ),
    !isDismissed && complete && dataHashes === 'absent' && (
      <Notice key="hashes" kind="info" title={text('notice.noHashes')} onDismiss={() => setDismissed(true)}>
        <Button onPress={() => void startJob({ kind: 'seal', archivePath: archive.path })}>
          {text('notice.seal')}
        </Button>
      </Notice>
    ),
  ].filter(Boolean)
  return shown.length === 0 ? null : <div className={styles['notices']}>{shown}</div>
}
