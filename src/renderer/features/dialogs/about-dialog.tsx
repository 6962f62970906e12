/** What this program is. */
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWindow } from '../../store/store.ts'

export function AboutDialog() {
  const text = useText()
  const version = useWindow(({ product }) => product.version)
  const close = useWindow((state) => state.closeDialog)
  return (
    <Dialog
      title={text('app.name')}
      width="narrow"
      onClose={close}
      footer={
        <Button look="primary" autoFocus onPress={close}>
          {text('app.close')}
        </Button>
      }
    >
      <p>{text('about.version', { version })}</p>
      <p>{text('about.text')}</p>
    </Dialog>
  )
}
