/** Shows text and images of an entry without extracting it; the arrows go to the next and the previous one. */
import { ChevronLeft, ChevronRight, ExternalLink } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { baseName, displayName } from '../../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../../shared/errors.ts'
import type { EntryRow, OpenArchive, Preview } from '../../../shared/ipc/archives.ts'
import { useBackend } from '../../lib/backend.ts'
import { useDelayed } from '../../lib/delayed.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './preview.module.css'

interface PreviewDialogProps {
  readonly archive: OpenArchive
  readonly row: EntryRow
}

export function PreviewDialog({ archive, row }: PreviewDialogProps) {
  const { text, format } = useWords()
  const backend = useBackend()
  const close = useWindow((state) => state.closeDialog)
  const attempt = useWindow((state) => state.attempt)
  const stepPreview = useWindow((state) => state.stepPreview)
  const openExtractDialog = useWindow((state) => state.openExtractDialog)
  const name = displayName(baseName(row.path))

  const contents = useRef<HTMLDivElement>(null)

  useEffect(() => contents.current?.focus(), [])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // The key that opened it is still on its way up to here.
      if (event.defaultPrevented) return
      const isOnButton = event.target instanceof HTMLButtonElement
      if (event.key === 'ArrowRight') void stepPreview(1)
      else if (event.key === 'ArrowLeft') void stepPreview(-1)
      // The keys that opened it close it.
      else if ((event.key === ' ' || event.key === 'Enter') && !isOnButton) close()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [stepPreview, close])

  return (
    <Dialog
      title={name}
      width="wide"
      onClose={close}
      footer={
        <>
          <IconButton
            icon={ChevronLeft}
            label={text('preview.previous')}
            shortcut="←"
            onPress={() => void stepPreview(-1)}
          />
          <IconButton
            icon={ChevronRight}
            label={text('preview.next')}
            shortcut="→"
            onPress={() => void stepPreview(1)}
          />
          <span className={styles['facts']}>
            {format.size(row.sizeBytes)} · {format.date(row.modifyTime)}
          </span>
          <Button
            icon={ExternalLink}
            isDisabled={row.kind !== 'file' && row.kind !== 'hardlink'}
            onPress={() => void attempt(() => backend.request('openEntry', archive.archiveId, row.ordinal))}
          >
            {text('preview.openWith')}
          </Button>
          <Button onPress={() => openExtractDialog({ kind: 'paths', paths: [row.path] })}>
            {text('preview.extract')}
          </Button>
          <Button look="primary" onPress={close}>
            {text('app.close')}
          </Button>
        </>
      }
    >
      <div
        ref={contents}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        role="document"
        aria-label={text('preview.label', { name })}
        className={styles['contents']}
      >
        <Contents key={row.ordinal} archiveId={archive.archiveId} ordinal={row.ordinal} name={name} />
      </div>
    </Dialog>
  )
}

interface ContentsProps {
  readonly archiveId: number
  readonly ordinal: number
  readonly name: string
}

function Contents({ archiveId, ordinal, name }: ContentsProps) {
  const { text } = useWords()
  const backend = useBackend()
  const [preview, setPreview] = useState<Preview>()
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let isOver = false
    backend.request('previewEntry', archiveId, ordinal).then(
      (read) => {
        if (!isOver) setPreview(read)
      },
      (refused: unknown) => {
        if (!isOver) setError(errorData(refused))
      },
    )
    return () => {
      isOver = true
    }
  }, [backend, archiveId, ordinal])
  const isSlow = useDelayed(preview === undefined && error === undefined ? true : undefined)

  if (error !== undefined) return <ErrorNotice error={error} title={text('preview.failed')} />
  if (preview === undefined) return isSlow && <p className={styles['none']}>{text('preview.loading', { name })}</p>
  if (preview.kind === 'none') return <p className={styles['none']}>{text(`preview.none.${preview.reason}`)}</p>
  if (preview.kind === 'image') return <Image preview={preview} name={name} />
  return (
    <>
      <pre className={styles['text']}>{preview.text}</pre>
      {preview.truncated && <p className={styles['truncated']}>{text('preview.truncated')}</p>}
    </>
  )
}

function Image({ preview, name }: { readonly preview: Preview & { readonly kind: 'image' }; readonly name: string }) {
  const { text } = useWords()
  const [url, setUrl] = useState<string>()
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    // A copy with a buffer of its own, as Blob wants it.
    const made = URL.createObjectURL(new Blob([new Uint8Array(preview.bytes)], { type: preview.mediaType }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [preview])
  if (isBroken) return <p className={styles['none']}>{text('preview.none.broken')}</p>
  return url === undefined ? null : (
    <img src={url} alt={name} draggable={false} onError={() => setBroken(true)} className={styles['image']} />
  )
}
