/** What goes into the archive: a list that counts while main looks, and from which things can be taken again. */
import { File, FileQuestion, Folder, type LucideIcon, X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { GridList, GridListItem, ListLayout, type Selection, Virtualizer } from 'react-aria-components'
import type { ByteString } from '../../../shared/byte-string.ts'
import type { CreatePlan } from '../../../shared/ipc/plans.ts'
import type { GivenPath } from '../../../shared/ipc/settings.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { IconButton } from '../../parts/button.tsx'
import styles from './create.module.css'

const ROW_HEIGHT_PIXELS = 32

type PlannedInput = CreatePlan['inputs'][number]

const icons: Readonly<Record<PlannedInput['kind'] | 'archive', LucideIcon>> = {
  file: File,
  archive: File,
  folder: Folder,
  other: FileQuestion,
  missing: FileQuestion,
}

interface InputListProps {
  readonly inputs: readonly GivenPath[]
  /** As far as counted; undefined before. */
  readonly planned: readonly PlannedInput[] | undefined
  readonly onRemove: (paths: ReadonlySet<ByteString>) => void
}

export function InputList({ inputs, planned, onRemove }: InputListProps) {
  const words = useWords()
  const [selection, setSelection] = useState<Selection>(new Set())
  const counted = useMemo(() => new Map(planned?.map((input) => [input.path, input])), [planned])

  const remove = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete') return
    const chosen = inputs.filter(({ path }) => selection === 'all' || selection.has(path)).map(({ path }) => path)
    if (chosen.length > 0) onRemove(new Set(chosen))
    setSelection(new Set())
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list inside has the focus; its rows have buttons for the same
    <div onKeyDown={remove} className={styles['inputs']}>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_HEIGHT_PIXELS }}>
        <GridList
          aria-label={words.text('create.inputs')}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={selection}
          onSelectionChange={setSelection}
          items={inputs}
          dependencies={[counted, words]}
          renderEmptyState={() => <p className={styles['empty']}>{words.text('create.inputsEmpty')}</p>}
          className={styles['list'] ?? ''}
          style={{ blockSize: Math.min(inputs.length || 2, 5) * ROW_HEIGHT_PIXELS }}
        >
          {(input) => (
            <InputRow
              id={input.path}
              input={input}
              counted={counted.get(input.path)}
              words={words}
              onRemove={() => onRemove(new Set([input.path]))}
            />
          )}
        </GridList>
      </Virtualizer>
    </div>
  )
}

interface InputRowProps {
  /** The list knows its rows by this property of the element it is given. */
  readonly id: ByteString
  readonly input: GivenPath
  readonly counted: PlannedInput | undefined
  readonly words: Words
  readonly onRemove: () => void
}

function InputRow({ id, input, counted, words, onRemove }: InputRowProps) {
  const name = words.path(input.path)
  const Icon = icons[counted?.kind ?? input.kind]
  return (
    <GridListItem id={id} textValue={name} className={styles['input'] ?? ''}>
      <Icon size={16} aria-hidden className={styles['icon'] ?? ''} />
      <span className={styles['name']} title={name}>
        {name}
      </span>
      <span className={styles['figures']}>{inputFigures(input, counted, words)}</span>
      <IconButton icon={X} label={words.text('create.remove', { name })} onPress={onRemove} />
    </GridListItem>
  )
}

function inputFigures(input: GivenPath, counted: PlannedInput | undefined, { text, format }: Words): string {
  const kind = counted?.kind ?? input.kind
  if (kind === 'missing') return text('create.inputMissing')
  if (kind === 'other') return text('create.inputOther')
  if (counted === undefined) return kind === 'folder' ? text('create.inputCounting') : format.size(input.sizeBytes)
  const size = format.size(counted.sizeBytes)
  return kind === 'folder' ? `${text('create.inputFolder', { files: counted.files })}, ${size}` : size
}
