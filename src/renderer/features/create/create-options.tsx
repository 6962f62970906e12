/** What the user can choose about a new archive, each with what it means. */
import { useWords } from '../../lib/use-words.ts'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Disclosure } from '../../parts/disclosure.tsx'
import { RadioChoice } from '../../parts/radio-choice.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import styles from './create.module.css'
import { type CreateDraft, canDeduplicate, type DataHandling, effectiveHandling } from './draft.ts'

const handlings: readonly DataHandling[] = ['clone', 'instant', 'compress']

interface CreateOptionsProps {
  readonly draft: CreateDraft
  readonly onChange: (change: Partial<CreateDraft>) => void
}

export function CreateOptions({ draft, onChange }: CreateOptionsProps) {
  const { text } = useWords()
  return (
    <div className={styles['options']}>
      <RadioChoice
        label={text('create.data')}
        value={effectiveHandling(draft)}
        onChange={(handling) => onChange({ handling })}
        options={handlings.map((handling) => ({
          value: handling,
          label: text(`create.data.${handling}`),
          description: text(`create.data.${handling}.note`),
          isDisabled: draft.format === 1 && handling !== 'clone',
        }))}
      />
      <Checkbox
        label={text('create.deduplicate')}
        description={text('create.deduplicate.note')}
        isSelected={draft.deduplicate && canDeduplicate(draft)}
        isDisabled={!canDeduplicate(draft)}
        onChange={(deduplicate) => onChange({ deduplicate })}
      />
      <Disclosure title={text('create.more')}>
        <TextArea
          label={text('create.exclude')}
          description={text('create.exclude.note')}
          value={draft.exclude}
          onChange={(exclude) => onChange({ exclude })}
        />
        <Checkbox
          label={text('create.oneFilesystem')}
          description={text('create.oneFilesystem.note')}
          isSelected={draft.oneFilesystem}
          onChange={(oneFilesystem) => onChange({ oneFilesystem })}
        />
        <Checkbox
          label={text('create.format1')}
          description={text('create.format1.note')}
          isSelected={draft.format === 1}
          onChange={(isOld) => onChange({ format: isOld ? 1 : 2 })}
        />
      </Disclosure>
    </div>
  )
}
