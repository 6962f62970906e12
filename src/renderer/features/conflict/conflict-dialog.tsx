/** Asks what becomes of an entry whose name is taken: one question after the other, whatever else the user is doing. */
import { useState } from 'react'
import { baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import type { ConflictAnswer, ConflictQuestion, ConflictSide, JobState } from '../../../shared/ipc/jobs.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWindow } from '../../store/store.ts'
import { jobName } from '../jobs/job-words.ts'
import styles from './conflict.module.css'
import { type Comparison, compareSides } from './sides.ts'

interface ConflictDialogProps {
  readonly job: JobState
  readonly question: ConflictQuestion
}

export function ConflictDialog({ job, question }: ConflictDialogProps) {
  const words = useWords()
  const { text } = words
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [applyToAll, setApplyToAll] = useState(false)
  const [isAnswered, setAnswered] = useState(false)
  const comparison = compareSides(question)

  const tell = (action: () => Promise<void>): void => {
    if (isAnswered) return
    setAnswered(true)
    void attempt(action)
  }
  const answer = (action: ConflictAnswer['action']) => (): void =>
    tell(() => backend.request('answerConflict', job.jobId, question.conflictId, { action, applyToAll }))
  // The one that loses nothing: what is equal needs no second copy, what isn’t is kept beside.
  const primary = comparison.contents === 'equal' ? 'skip' : 'rename'
  const look = (action: 'skip' | 'rename') => (action === primary ? 'primary' : 'plain')

  return (
    <Dialog
      title={text('conflict.title', { name: displayName(baseName(question.path)) })}
      role="alertdialog"
      onClose={answer('skip')}
      onEnter={answer(primary)}
      footer={
        <>
          <Button isDisabled={isAnswered || !comparison.canReplace} onPress={answer('overwrite')}>
            {text('conflict.overwrite')}
          </Button>
          <Button isDisabled={isAnswered || !comparison.canReplace} onPress={answer('newer')}>
            {text('conflict.newerOne')}
          </Button>
          <Button look={look('skip')} autoFocus={primary === 'skip'} isDisabled={isAnswered} onPress={answer('skip')}>
            {text('conflict.skip')}
          </Button>
          <Button
            look={look('rename')}
            autoFocus={primary === 'rename'}
            isDisabled={isAnswered}
            onPress={answer('rename')}
          >
            {text('conflict.rename')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <p className={styles['where']}>
          {text('conflict.path', { folder: words.path(parentPath(question.path)), archive: jobName(job) })}
        </p>
        <Sides question={question} comparison={comparison} />
        {comparison.contents !== undefined && <p>{text(`conflict.contents.${comparison.contents}`)}</p>}
        {!comparison.canReplace && <p>{text('conflict.folderStays')}</p>}
        <div className={styles['last']}>
          <Checkbox label={text('conflict.all')} isSelected={applyToAll} onChange={setApplyToAll} />
          <Button
            look="quiet"
            isDisabled={isAnswered}
            onPress={() => tell(() => backend.request('cancelJob', job.jobId))}
          >
            {text('conflict.cancelJob')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Sides({ question, comparison }: { readonly question: ConflictQuestion; readonly comparison: Comparison }) {
  const { text, format } = useWords()
  const sides = ['existing', 'archived'] as const
  const row = (
    label: string,
    value: (side: ConflictSide) => string,
    mark?: { of: string | undefined; word: string },
  ) => (
    <tr>
      <th scope="row">{label}</th>
      {sides.map((name) => (
        <td key={name}>
          {value(question[name])} {mark?.of === name && <span className={styles['mark']}>{mark.word}</span>}
        </td>
      ))}
    </tr>
  )
  return (
    <table className={styles['sides']}>
      <thead>
        <tr>
          <td />
          {sides.map((name) => (
            <th key={name} scope="col">
              {text(`conflict.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row(text('conflict.kind'), ({ kind }) => text(`conflict.kind.${kind}`))}
        {row(text('conflict.size'), ({ kind, sizeBytes }) => (kind === 'file' ? format.size(sizeBytes) : '–'), {
          of: comparison.larger,
          word: text('conflict.larger'),
        })}
        {row(text('conflict.modified'), ({ modifyTime }) => format.longDate(modifyTime), {
          of: comparison.newer,
          word: text('conflict.newer'),
        })}
      </tbody>
    </table>
  )
}
