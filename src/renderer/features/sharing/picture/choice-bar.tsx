/** What is chosen in the picture, in words, and what can be done with it. */
import { ListFilter, X } from 'lucide-react'
import { useWords } from '../../../lib/use-words.ts'
import { Button, IconButton } from '../../../parts/button.tsx'
import { factWords } from './facts-words.ts'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

const mostFilesNamed = 6

export function ChoiceBar({ state }: { readonly state: PictureState }) {
  const { chosen, choose, setQuery, shortPath } = state
  const words = useWords()
  const { text } = words
  if (chosen === undefined) return <p className={styles['choiceHint']}>{text('sharing.chooseHint')}</p>
  const { facts, choice } = chosen
  const { title, lines } = factWords(facts, state, words, mostFilesNamed)
  const file = choice.kind === 'range' ? choice.file : facts.files[0]?.file
  const names = new Set(facts.files.map(({ path }) => shortPath(path)))
  return (
    <section aria-label={text('sharing.chosen')} aria-live="polite" className={styles['choice']}>
      <div className={styles['choiceWords']}>
        <p className={styles['choiceTitle']}>{title}</p>
        <p>{lines.filter((line) => !names.has(line)).join(' · ')}</p>
        {!facts.complete && <p className={styles['muted']}>{text('sharing.notAllLit')}</p>}
      </div>
      {file !== undefined && (
        <Button icon={ListFilter} onPress={() => setQuery({ sharesWithFile: file })}>
          {text('sharing.onlySharers')}
        </Button>
      )}
      <IconButton icon={X} label={text('sharing.chooseNothing')} shortcut="Esc" onPress={() => choose(undefined)} />
      <ul className={styles['choiceFiles']}>
        {lines
          .filter((line) => names.has(line))
          .map((path) => (
            <li key={path}>{path}</li>
          ))}
      </ul>
    </section>
  )
}
