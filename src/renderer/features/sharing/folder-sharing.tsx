/** Who shares blocks in a folder, outside of any archive; and what a job extracted, with the proof of it. */
import { Archive, ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { ByteString } from '../../../shared/byte-string.ts'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import type { SharingSubject } from '../../../shared/ipc/sharing.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './look.module.css'
import { SharingLook } from './look.tsx'
import { extractionSubject } from './subjects.ts'

export function FolderSharing() {
  const folder = useWindow((state) => state.sharingFolder)
  const job = useWindow(({ jobs, sharingJobId }) => (sharingJobId === undefined ? undefined : jobs[sharingJobId]))
  const closeLook = useWindow((state) => state.closeLook)
  useEffect(() => () => closeLook('disk'), [closeLook])
  if (job !== undefined) return <Extraction job={job} />
  return folder === undefined ? null : <Folder key={folder} folder={folder} />
}

function Folder({ folder }: { readonly folder: ByteString }) {
  const { text, path } = useWords()
  const openCreateDialog = useWindow((state) => state.openCreateDialog)
  const look = useWindow(({ looks }) => looks.disk?.state)
  const isEmpty = look !== undefined && look.filesDone === 0 && !look.isLooking
  const subject = useMemo(
    (): SharingSubject => ({ kind: 'disk', roots: [{ path: folder, role: 'other' }], extraction: undefined }),
    [folder],
  )
  return (
    <Screen title={text('sharing.ofFolder', { path: path(folder) })} subject={subject}>
      {!isEmpty && (
        <Button icon={Archive} onPress={() => openCreateDialog([{ path: folder, kind: 'folder', sizeBytes: 0 }])}>
          {text('sharing.archiveThese')}
        </Button>
      )}
    </Screen>
  )
}

function Extraction({ job }: { readonly job: JobState }) {
  const { text, path } = useWords()
  const subject = useMemo(() => extractionSubject(job), [job])
  const title = text('sharing.ofExtraction', {
    archive: path(job.archivePath),
    folder: path(job.directory ?? job.archivePath),
  })
  return <Screen title={title} subject={subject} jobId={job.jobId} />
}

interface ScreenProps {
  readonly title: string
  readonly subject: SharingSubject
  readonly jobId?: number
  readonly children?: ReactNode
}

function Screen({ title, subject, jobId, children }: ScreenProps) {
  const { text } = useWords()
  const close = useWindow((state) => state.closeSharingFolder)
  return (
    <div className={styles['folderScreen']}>
      <header className={styles['screenHead']}>
        <IconButton icon={ArrowLeft} label={text('command.go-back')} onPress={close} />
        <h2 className={styles['screenTitle']} title={title}>
          {title}
        </h2>
        {children}
      </header>
      <SharingLook subject={subject} {...(jobId === undefined ? {} : { jobId })} />
    </div>
  )
}
