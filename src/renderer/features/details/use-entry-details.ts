/** The details of an entry from main: asked for when the cursor rests, again while its sharers are still looked for. */
import { useEffect, useState } from 'react'
import { type ErrorData, errorData } from '../../../shared/errors.ts'
import type { EntryDetails, EntryRow } from '../../../shared/ipc/archives.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWindow } from '../../store/store.ts'

const REST_MILLISECONDS = 60
const AGAIN_MILLISECONDS = 500

export interface EntryDetailsState {
  /** Those of the entry asked for last, while the next ones are on their way. */
  readonly details: EntryDetails | undefined
  readonly failure: ErrorData | undefined
}

export function useEntryDetails(row: EntryRow): EntryDetailsState {
  const backend = useBackend()
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  const [state, setState] = useState<EntryDetailsState>({ details: undefined, failure: undefined })
  const { ordinal } = row
  useEffect(() => {
    if (archiveId === undefined) return
    let isWanted = true
    let timer: ReturnType<typeof setTimeout>
    const ask = async (): Promise<void> => {
      try {
        const details = await backend.request('entryDetails', archiveId, ordinal)
        if (!isWanted) return
        setState({ details, failure: undefined })
        if (!details.sharersComplete) timer = setTimeout(() => void ask(), AGAIN_MILLISECONDS)
      } catch (error) {
        if (isWanted) setState({ details: undefined, failure: errorData(error) })
      }
    }
    timer = setTimeout(() => void ask(), REST_MILLISECONDS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [backend, archiveId, ordinal])
  return state
}
