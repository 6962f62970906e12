/** Why an archive couldn't be opened; over whatever else is on the screen. */
import { Suspense } from 'react'
import { baseName, displayName } from '../../../shared/byte-string.ts'
import { lazyPart } from '../../lazy-part.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { useWindow } from '../../store/store.ts'

const ErrorNotice = lazyPart((later) => later.ErrorNotice)

export function OpenFailure() {
  const text = useText()
  const failure = useWindow((state) => state.openFailure)
  const dismiss = useWindow((state) => state.dismissOpenFailure)
  const openArchive = useWindow((state) => state.openArchive)
  if (failure === undefined) return null
  return (
    <Suspense>
      <ErrorNotice
        error={failure.error}
        title={text('start.cantOpen', { name: displayName(baseName(failure.path)) })}
        onDismiss={dismiss}
      >
        <Button onPress={() => void openArchive(failure.path)}>{text('app.retry')}</Button>
      </ErrorNotice>
    </Suspense>
  )
}
