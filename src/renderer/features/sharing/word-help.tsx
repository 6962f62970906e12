/** What the words of the picture and the table mean, in one place. */
import { CircleQuestionMark } from 'lucide-react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import styles from './word-help.module.css'

const explained = ['block', 'piece', 'hole', 'gap', 'shared', 'thin', 'short'] as const

export function WordHelp() {
  const text = useText()
  return (
    <DialogTrigger>
      <IconButton icon={CircleQuestionMark} label={text('sharing.help')} />
      <Popover placement="bottom end" className={styles['popover'] ?? ''}>
        <Dialog aria-label={text('sharing.help')} className={styles['words'] ?? ''}>
          <dl>
            {explained.map((word) => (
              <div key={word}>
                <dt>{text(`sharing.help.${word}`)}</dt>
                <dd>{text(`sharing.help.${word}.meaning`)}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
