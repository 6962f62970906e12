/** Extracts: what, where to, how, and what that will do. */
import { useEffect, useState } from 'react'
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import type { EntrySelection, OpenArchive, SelectionTotals } from '../../../shared/ipc/archives.ts'
import type { ExtractPlan } from '../../../shared/ipc/plans.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PathField } from '../../parts/path-field.tsx'
import { useWindow } from '../../store/store.ts'
import { isSearching, shownFolder } from '../../store/view-slice.ts'
import { planRows } from '../plan/byte-rows.ts'
import { PlanBlock } from '../plan/plan-block.tsx'
import { extractParts } from '../plan/plan-parts.ts'
import { usePlan } from '../plan/use-plan.ts'
import styles from './extract.module.css'
import { type ExtractDraft, extractRequest, newExtractDraft } from './extract-draft.ts'
import { ExtractOptions } from './extract-options.tsx'

interface ExtractDialogProps {
  readonly archive: OpenArchive
  readonly selection: EntrySelection
}

export function ExtractDialog({ archive, selection }: ExtractDialogProps) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const close = useWindow((state) => state.closeDialog)
  const attempt = useWindow((state) => state.attempt)
  const startJob = useWindow((state) => state.startJob)
  const changeSettings = useWindow((state) => state.changeSettings)
  const folder = useWindow(shownFolder)
  const isSearch = useWindow(isSearching)
  // Matches come from folders below; a folder's children lie directly in it.
  const keepsFolders =
    selection.kind === 'view'
      ? isSearch
      : selection.kind === 'paths' && selection.paths.some((path) => parentPath(path) !== folder)
  const remembered = useWindow(({ settings }) => settings.extract)
  const [draft, setDraft] = useState<ExtractDraft>(() => newExtractDraft(remembered))
  const change = (part: Partial<ExtractDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const totals = useTotals(archive, selection)

  useEffect(() => {
    void attempt(async () => {
      const directory = await backend.request('suggestTarget', archive.archiveId)
      setDraft((before) => (before.directory === undefined ? { ...before, directory } : before))
    })
  }, [archive.archiveId, backend, attempt])

  const request = extractRequest(draft, archive.archiveId, selection, folder)
  const shown = usePlan(
    request,
    (wanted) => backend.request('planExtract', wanted),
    (state, planId) => state.extractPlans[planId],
  )
  const { plan } = shown
  const canStart = shown.isCurrent && shown.error === undefined && plan?.obstacle === undefined && request !== undefined

  const start = (): void => {
    if (request === undefined) return
    close()
    const { smartFolder, verifyContents, revealWhenDone } = draft
    changeSettings({ extract: { smartFolder, verifyContents, revealWhenDone } })
    void startJob({ kind: 'extract', options: request })
  }
  const browse = (): void => {
    void attempt(async () => {
      const directory = await backend.request('chooseTargetFolder', draft.directory)
      if (directory !== undefined) change({ directory })
    })
  }

  const name = displayName(baseName(archive.path))
  return (
    <Dialog
      title={text('extract.title')}
      width="wide"
      onClose={close}
      onEnter={canStart ? start : undefined}
      footer={
        <>
          <Button onPress={close}>{text('app.cancel')}</Button>
          <Button look="primary" isDisabled={!canStart} onPress={start}>
            {text('extract.start')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <p>
          <strong>
            {selection.kind === 'paths'
              ? text('extract.selected', { count: selection.paths.length, archive: name })
              : text(selection.kind === 'all' ? 'extract.everything' : 'extract.view', { archive: name })}
          </strong>
          {totals !== undefined && (
            <span className={styles['totals']}>
              {text(totals.complete ? 'extract.totals' : 'extract.totalsGrowing', {
                files: totals.files,
                size: format.size(totals.sizeBytes),
              })}
            </span>
          )}
        </p>
        <PathField
          label={text('extract.target')}
          path={draft.directory === undefined ? undefined : words.path(draft.directory)}
          placeholder=""
          chooseLabel={text('extract.chooseTarget')}
          onChoose={browse}
        />
        <div className={styles['columns']}>
          <ExtractOptions draft={draft} onChange={change} />
          <PlanBlock
            shown={shown}
            rows={plan === undefined ? [] : planRows(extractParts(plan), words, 'extract')}
            newOnDisk={plan && text('plan.newOnDisk', { size: format.size(plan.newOnDiskBytes) })}
            freeBytes={plan?.freeBytes}
          >
            {plan !== undefined && (
              <Landing plan={plan} isSmart={draft.smartFolder} foldersKeptBelow={keepsFolders ? folder : undefined} />
            )}
          </PlanBlock>
        </div>
      </div>
    </Dialog>
  )
}

interface LandingProps {
  readonly plan: ExtractPlan
  readonly isSmart: boolean
  /** The folder of the archive below which paths are kept; undefined when all of the selection lies directly in it. */
  readonly foldersKeptBelow: ByteString | undefined
}

/** What will lie in the target: folders kept or made for it, and names that are taken. */
function Landing({ plan, isSmart, foldersKeptBelow }: LandingProps) {
  const { text } = useWords()
  const { folderToMake, conflicts, conflictCount } = plan
  return (
    <>
      {foldersKeptBelow !== undefined && (
        <p>
          {foldersKeptBelow === ''
            ? text('extract.keepsFolders')
            : text('extract.keepsFoldersBelow', { folder: displayName(foldersKeptBelow) })}
        </p>
      )}
      {isSmart && (
        <p>
          {folderToMake === undefined
            ? text('extract.noFolderToMake')
            : text('extract.folderToMake', { name: displayName(folderToMake) })}
        </p>
      )}
      {conflictCount > 0 && (
        <p>
          {text('extract.conflictCount', {
            count: conflictCount,
            names: conflicts.map((conflict) => text('extract.quotedName', { name: displayName(conflict) })).join(', '),
            more: conflictCount - conflicts.length,
          })}
        </p>
      )}
    </>
  )
}

const COUNT_AGAIN_MILLISECONDS = 250

/** How much the selection is; asked again while it is counted. */
function useTotals({ archiveId }: OpenArchive, selection: EntrySelection): SelectionTotals | undefined {
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [totals, setTotals] = useState<SelectionTotals>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = (): void => {
      void attempt(async () => {
        const counted = await backend.request('selectionTotals', archiveId, selection)
        if (isOver) return
        setTotals(counted)
        if (!counted.complete) timer = setTimeout(ask, COUNT_AGAIN_MILLISECONDS)
      })
    }
    ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [archiveId, selection, backend, attempt])
  return totals
}
