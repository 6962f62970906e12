/** Reports on what was found: chosen by format, written where the save dialog says. */
import { Download } from 'lucide-react'
import { reportFormats, type SharingState } from '../../../shared/ipc/sharing.ts'
import { useBackend } from '../../lib/backend.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { useWindow } from '../../store/store.ts'

export function ReportMenu({ sharing: { sharingId } }: { readonly sharing: SharingState }) {
  const text = useText()
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const save = (format: (typeof reportFormats)[number]): void => {
    void attempt(async () => {
      const path = await backend.request('saveSharingReport', sharingId, format)
      if (path !== undefined) await backend.request('revealPath', path)
    })
  }
  return (
    <Menu
      label={text('sharing.report')}
      items={reportFormats.map((format) => ({
        id: format,
        label: text(`sharing.report.${format}`),
        run: () => save(format),
      }))}
    >
      <Button icon={Download}>{text('sharing.report')}</Button>
    </Menu>
  )
}
