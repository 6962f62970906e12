/** What is chosen in the picture: who uses which part of it, and what can be done with it. */
import { ListFilter, X } from 'lucide-react'
import { useMemo } from 'react'
import { blockClasses } from '../../../../shared/sharing/block-class.ts'
import { useWords } from '../../../lib/use-words.ts'
import { Button, IconButton } from '../../../parts/button.tsx'
import { Freed } from '../freed-sentences.tsx'
import { type FactWords, factWords } from './facts-words.ts'
import { ClassSwatch } from './legend.tsx'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

const mostFilesNamed = 6

export function ChoiceBar({ state }: { readonly state: PictureState }) {
  const { kind, sharing, chosen, choose, setQuery, shortPath } = state
  const words = useWords()
  const { text, format } = words
  const wholeFile = chosen?.choice.kind === 'range' && chosen.facts.isWholeFile ? chosen.choice.file : undefined
  const whole = useMemo(
    () => (wholeFile === undefined ? undefined : ({ kind: 'file', file: wholeFile } as const)),
    [wholeFile],
  )
  if (chosen === undefined) return <p className={styles['choiceHint']}>{text('sharing.chooseHint')}</p>
  const { facts, choice } = chosen
  const { title, parts, lines } = factWords(facts, choice, state, words)
  const file = choice.kind === 'range' ? choice.file : facts.files[0]?.file
  const named = facts.files.slice(0, mostFilesNamed)
  // Of two, every part names both.
  const isListed = facts.fileCount > 2
  return (
    <section aria-label={text('sharing.chosen')} aria-live="polite" className={styles['choice']}>
      <div className={styles['choiceWords']}>
        <p className={styles['choiceTitle']}>{title}</p>
        <Parts parts={parts} caption={text('sharing.ofThese', { size: format.size(facts.lengthBytes) })} />
      </div>
      {file !== undefined && (
        <Button icon={ListFilter} onPress={() => setQuery({ sharesWithFile: file })}>
          {text('sharing.onlySharers')}
        </Button>
      )}
      <IconButton icon={X} label={text('sharing.chooseNothing')} shortcut="Esc" onPress={() => choose(undefined)} />
      <div className={styles['choiceFurther']}>
        {whole !== undefined && <Freed kind={kind} sharing={sharing} of={whole} />}
        <p>{lines.join(' · ')}</p>
        {!facts.complete && <p>{text('sharing.notAllLit')}</p>}
        {isListed && (
          <ul className={styles['choiceFiles']}>
            {named.map(({ file, path }) => (
              <li key={file}>{shortPath(path)}</li>
            ))}
            {facts.fileCount > named.length && (
              <li>{text('sharing.moreFiles', { count: facts.fileCount - named.length })}</li>
            )}
          </ul>
        )}
      </div>
    </section>
  )
}

function Parts({ parts, caption }: { readonly parts: FactWords['parts']; readonly caption: string }) {
  return (
    <table className={styles['parts']}>
      <caption>{caption}</caption>
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
