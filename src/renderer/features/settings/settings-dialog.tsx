/** What the app remembers of how the user wants it. Changes show at once: there is nothing to confirm. */
import type { Settings } from '../../../shared/ipc/settings.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RadioChoice } from '../../parts/radio-choice.tsx'
import { Select } from '../../parts/select.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './settings.module.css'

const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][]
const units = ['si', 'iec'] as const satisfies readonly Settings['units'][]
/** Languages in their own names: whoever is lost finds his. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const

export function SettingsDialog() {
  const { text } = useWords()
  const settings = useWindow((state) => state.settings)
  const change = useWindow((state) => state.changeSettings)
  const close = useWindow((state) => state.closeDialog)
  const { create, extract } = settings
  return (
    <Dialog
      title={text('settings.title')}
      onClose={close}
      onEnter={close}
      footer={
        <Button look="primary" onPress={close}>
          {text('app.close')}
        </Button>
      }
    >
      <div className={styles['groups']}>
        <div className={styles['pair']}>
          <Select
            label={text('settings.theme')}
            value={settings.theme}
            options={themes.map((value) => ({ value, label: text(`settings.theme.${value}`) }))}
            onChange={(theme) => change({ theme })}
          />
          <Select
            label={text('settings.language')}
            value={settings.language}
            options={[{ value: 'system', label: text('settings.language.system') }, ...languages]}
            onChange={(language) => change({ language })}
          />
        </div>
        <RadioChoice
          label={text('settings.units')}
          value={settings.units}
          options={units.map((value) => ({ value, label: text(`settings.units.${value}`) }))}
          onChange={(chosen) => change({ units: chosen })}
        />
        <section className={styles['group']}>
          <h3 className={styles['heading']}>{text('settings.create')}</h3>
          <Checkbox
            label={text('create.deduplicate')}
            isSelected={create.deduplicate}
            onChange={(deduplicate) => change({ create: { ...create, deduplicate } })}
          />
        </section>
        <section className={styles['group']}>
          <h3 className={styles['heading']}>{text('settings.extract')}</h3>
          <Checkbox
            label={text('extract.smartFolder')}
            isSelected={extract.smartFolder}
            onChange={(smartFolder) => change({ extract: { ...extract, smartFolder } })}
          />
          <Checkbox
            label={text('extract.verify')}
            isSelected={extract.verifyContents}
            onChange={(verifyContents) => change({ extract: { ...extract, verifyContents } })}
          />
          <Checkbox
            label={text('extract.reveal')}
            isSelected={extract.revealWhenDone}
            onChange={(revealWhenDone) => change({ extract: { ...extract, revealWhenDone } })}
          />
        </section>
      </div>
    </Dialog>
  )
}
