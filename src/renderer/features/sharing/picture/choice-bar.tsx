/** What is chosen in the picture: who uses which part of it, and what can be done with it. */
import { ListFilter, X } from 'lucide-react'
import { useId, useMemo } from 'react'
import { blockClasses } from '../../../../shared/sharing/block-class.ts'
import { useWords } from '../../../lib/use-words.ts'
import { Button, IconButton } from '../../../parts/button.tsx'
import { Freed } from '../freed-sentences.tsx'
import styles from './choice-bar.module.css'
import { type FactWords, factWords } from './facts-words.ts'
import { ClassSwatch } from './legend.tsx'
import type { PictureState } from './picture-state.ts'

export function ChoiceBar({ state }: { readonly state: PictureState }) {
  const { kind, sharing, chosen, choose, setQuery } = state
  const words = useWords()
  const { text } = words
  const titleId = useId()
  const wholeFile = chosen?.choice.kind === 'range' && chosen.facts.isWholeFile ? chosen.choice.file : undefined
  const whole = useMemo(
    () => (wholeFile === undefined ? undefined : ({ kind: 'file', file: wholeFile } as const)),
    [wholeFile],
  )
  if (chosen === undefined) return <p className={styles['hint']}>{text('sharing.chooseHint')}</p>
  const { facts, choice } = chosen
  const { title, parts, lines } = factWords(facts, choice, state, words)
  const file = choice.kind === 'range' ? choice.file : facts.files[0]?.file
  return (
    <section aria-label={text('sharing.chosen')} aria-live="polite" className={styles['choice']}>
      <p id={titleId} className={styles['title']}>
        {title}
      </p>
      {file !== undefined && (
        <Button icon={ListFilter} onPress={() => setQuery({ sharesWithFile: file })}>
          {text('sharing.onlySharers')}
        </Button>
      )}
      <IconButton icon={X} label={text('sharing.chooseNothing')} shortcut="Esc" onPress={() => choose(undefined)} />
      <div className={styles['further']}>
        <Parts parts={parts} titleId={titleId} />
        {whole !== undefined && <Freed kind={kind} sharing={sharing} of={whole} />}
        <p>{lines.join(' · ')}</p>
        {!facts.complete && <p>{text('sharing.notAllLit')}</p>}
      </div>
    </section>
  )
}

function Parts({ parts, titleId }: { readonly parts: FactWords['parts']; readonly titleId: string }) {
  return (
    <table aria-labelledby={titleId} className={styles['parts']}>
      <tbody>
        {parts.map(({ classCode, size, what, where }) => {
          const style = blockClasses[classCode ?? -1]
          return (
            <tr key={`${size} ${what} ${where}`}>
              <td>{size}</td>
              <td>
                {style !== undefined && <ClassSwatch style={style} />} {what}
              </td>
              <td>{where}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
