/** Makes an archive: what goes in, where to, how, and what that will do. */
import { FilePlus, FolderPlus } from 'lucide-react'
import { useEffect } from 'react'
import { describeError, type ErrorData } from '../../../shared/errors.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PathField } from '../../parts/path-field.tsx'
import { useWindow } from '../../store/store.ts'
import { planRows } from '../plan/byte-rows.ts'
import { PlanBlock } from '../plan/plan-block.tsx'
import { createParts } from '../plan/plan-parts.ts'
import { usePlan } from '../plan/use-plan.ts'
import styles from './create.module.css'
import { CreateOptions } from './create-options.tsx'
import { addInputs, type CreateDraft, createRequest, hindranceOf, rememberedOptions, removeInputs } from './draft.ts'
import { InputList } from './input-list.tsx'

export function CreateDialog({ draft }: { readonly draft: CreateDraft }) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const close = useWindow((state) => state.closeDialog)
  const attempt = useWindow((state) => state.attempt)
  const startJob = useWindow((state) => state.startJob)
  const changeSettings = useWindow((state) => state.changeSettings)
  const changeDraft = useWindow((state) => state.changeCreateDraft)
  const change = (part: Partial<CreateDraft>): void => changeDraft((before) => ({ ...before, ...part }))
  useSuggestedPath(draft)

  const shown = usePlan(
    draft.inputs.length === 0 ? undefined : createRequest(draft),
    (request) => backend.request('planCreate', request),
    (state, planId) => state.createPlans[planId],
  )
  const { plan } = shown
  const hindrance = hindranceOf(draft, shown)

  const start = (): void => {
    close()
    changeSettings({ create: rememberedOptions(draft) })
    void startJob({ kind: 'create', options: createRequest(draft) })
  }
  const add = (choose: 'chooseFiles' | 'chooseFolders') => (): void => {
    void attempt(async () => {
      const given = await backend.request(choose)
      changeDraft((before) => addInputs(before, given))
    })
  }
  const chooseArchive = (): void => {
    void attempt(async () => {
      const suggested = draft.archivePath ?? (await backend.request('suggestArchive', createRequest(draft).inputs))
      const archivePath = await backend.request('chooseNewArchive', suggested)
      if (archivePath !== undefined) change({ archivePath, pathChosen: true })
    })
  }

  return (
    <Dialog
      title={text('create.title')}
      width="wide"
      onClose={close}
      onEnter={hindrance === undefined ? start : undefined}
      footer={
        <>
          <Hindrance hindrance={hindrance} obstacle={shown.error ?? plan?.obstacle} />
          <Button onPress={close}>{text('app.cancel')}</Button>
          <Button look="primary" isDisabled={hindrance !== undefined} onPress={start}>
            {text('create.start')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <section className={styles['what']}>
          <div className={styles['head']}>
            <h3 className={styles['heading']}>{text('create.inputs')}</h3>
            {plan !== undefined && draft.inputs.length > 0 && (
              <p className={styles['totals']}>
                {text('create.inputTotals', {
                  inputs: draft.inputs.length,
                  files: plan.files,
                  size: format.size(plan.logicalBytes),
                })}
              </p>
            )}
            <div className={styles['adders']}>
              <Button look="quiet" icon={FilePlus} onPress={add('chooseFiles')}>
                {text('create.addFiles')}
              </Button>
              <Button look="quiet" icon={FolderPlus} onPress={add('chooseFolders')}>
                {text('create.addFolders')}
              </Button>
            </div>
          </div>
          <InputList
            inputs={draft.inputs}
            planned={plan?.inputs}
            onRemove={(paths) => changeDraft((before) => removeInputs(before, paths))}
          />
        </section>
        <PathField
          label={text('create.destination')}
          path={draft.archivePath === undefined ? undefined : words.path(draft.archivePath)}
          placeholder={text('create.destinationNone')}
          chooseLabel={text('create.chooseDestination')}
          onChoose={chooseArchive}
        />
        <div className={styles['columns']}>
          <CreateOptions draft={draft} onChange={change} />
          {draft.inputs.length > 0 && (
            <PlanBlock
              shown={shown}
              rows={
                plan === undefined ? [] : planRows(createParts(plan, createRequest(draft).compress), words, 'create')
              }
              newOnDisk={plan && text('plan.newOnDiskAtMost', { size: format.size(plan.newOnDiskBytes) })}
              freeBytes={plan?.freeBytes}
            >
              {plan?.problems[0] !== undefined && (
                <p>
                  {text('plan.problems', {
                    count: plan.problemCount,
                    first: describeError(plan.problems[0], words.say),
                  })}
                </p>
              )}
            </PlanBlock>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Why it can’t be started, beside the button: what is said above may be scrolled away. */
function Hindrance({
  hindrance,
  obstacle,
}: {
  hindrance: ReturnType<typeof hindranceOf>
  obstacle: ErrorData | undefined
}) {
  const { text, say } = useWords()
  if (hindrance === undefined) return null
  const sentence =
    hindrance !== 'obstacle'
      ? text(`create.hindrance.${hindrance}`)
      : obstacle === undefined
        ? ''
        : describeError(obstacle, say)
  return <p className={styles['hindrance']}>{sentence}</p>
}

/** While the user hasn't named the archive, its name follows the inputs. */
function useSuggestedPath({ inputs, pathChosen }: CreateDraft): void {
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const changeDraft = useWindow((state) => state.changeCreateDraft)
  useEffect(() => {
    if (pathChosen) return
    let outdated = false
    const paths = inputs.map(({ path }) => path)
    void attempt(async () => {
      const archivePath = paths.length === 0 ? undefined : await backend.request('suggestArchive', paths)
      if (!outdated) changeDraft((draft) => (draft.pathChosen ? draft : { ...draft, archivePath }))
    })
    return () => {
      outdated = true
    }
  }, [inputs, pathChosen, backend, attempt, changeDraft])
}
