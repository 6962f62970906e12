/** What the user can choose about an extraction, each with what it means. */
import { useWords } from '../../lib/use-words.ts'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Select } from '../../parts/select.tsx'
import styles from './extract.module.css'
import { cloneModes, conflictPolicies, type ExtractDraft } from './extract-draft.ts'

interface ExtractOptionsProps {
  readonly draft: ExtractDraft
  readonly onChange: (change: Partial<ExtractDraft>) => void
}

export function ExtractOptions({ draft, onChange }: ExtractOptionsProps) {
  const { text } = useWords()
  return (
    <div className={styles['options']}>
      <Select
        label={text('extract.conflicts')}
        value={draft.onConflict}
        options={conflictPolicies.map((value) => ({ value, label: text(`extract.conflict.${value}`) }))}
        onChange={(onConflict) => onChange({ onConflict })}
      />
      <Select
        label={text('extract.clone')}
        value={draft.clone}
        options={cloneModes.map((value) => ({ value, label: text(`extract.clone.${value}`) }))}
        onChange={(clone) => onChange({ clone })}
      />
      <Checkbox
        label={text('extract.smartFolder')}
        description={text('extract.smartFolder.note')}
        isSelected={draft.smartFolder}
        onChange={(smartFolder) => onChange({ smartFolder })}
      />
      <Checkbox
        label={text('extract.verify')}
        description={text('extract.verify.note')}
        isSelected={draft.verifyContents}
        onChange={(verifyContents) => onChange({ verifyContents })}
      />
      <Checkbox
        label={text('extract.keepDamaged')}
        description={text('extract.keepDamaged.note')}
        isSelected={draft.keepDamaged}
        onChange={(keepDamaged) => onChange({ keepDamaged })}
      />
      <Checkbox
        label={text('extract.reveal')}
        isSelected={draft.revealWhenDone}
        onChange={(revealWhenDone) => onChange({ revealWhenDone })}
      />
    </div>
  )
}
