/** Turns the open archive into one of the other format: says what that loses, and asks where to. */
import { useState } from 'react'
import { type ByteString, baseName, displayName } from '../../../shared/byte-string.ts'
import type { OpenArchive } from '../../../shared/ipc/archives.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PathField } from '../../parts/path-field.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './convert.module.css'

export function ConvertDialog({ archive }: { readonly archive: OpenArchive }) {
  const { text, path } = useWords()
  const backend = useBackend()
  const close = useWindow((state) => state.closeDialog)
  const attempt = useWindow((state) => state.attempt)
  const startJob = useWindow((state) => state.startJob)
  const [newPath, setNewPath] = useState<ByteString>()
  const format = archive.info.format === 1 ? 2 : 1

  const choose = (): void => {
    void attempt(async () => {
      const suggested = newPath ?? (archive.path.replace(/(\.reftar)?$/, `-format${format}.reftar`) as ByteString)
      setNewPath((await backend.request('chooseNewArchive', suggested)) ?? newPath)
    })
  }
  const start =
    newPath === undefined
      ? undefined
      : (): void => {
          close()
          void startJob({ kind: 'convert', archivePath: archive.path, newPath, format })
        }

  return (
    <Dialog
      title={text('convert.title', { archive: displayName(baseName(archive.path)) })}
      onClose={close}
      onEnter={start}
      footer={
        <>
          <Button onPress={close}>{text('app.cancel')}</Button>
          <Button look="primary" isDisabled={start === undefined} {...(start && { onPress: start })}>
            {text('convert.start')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <p>{text('convert.to', { format })}</p>
        {format === 1 && <p>{text('convert.loses')}</p>}
        <PathField
          label={text('convert.target')}
          path={newPath && path(newPath)}
          placeholder={text('convert.targetNone')}
          chooseLabel={text('create.chooseDestination')}
          onChoose={choose}
        />
      </div>
    </Dialog>
  )
}
