/** What the first picture doesn't need: a file of its own, loaded as soon as that is drawn. */
import type { ComponentType } from 'react'
import { I18nProvider } from 'react-aria-components'
import { Browser as BrowserView } from './features/browser/browser.tsx'
import { DialogHost as Dialogs } from './features/dialogs/dialog-host.tsx'
import { JobsBar as Jobs } from './features/jobs/jobs-bar.tsx'
import { FolderSharing as FolderSharingView } from './features/sharing/folder-sharing.tsx'
import { Opening as OpeningView } from './features/start/opening.tsx'
import { useFormat } from './lib/texts.tsx'
import { TooltipBubble as Bubble } from './parts/tooltip-bubble.tsx'

export { ErrorNotice } from './parts/error-notice.tsx'

/** Tells react-aria-components the window's language: here, as the first picture has none of it (lazy-part.ts). */
function localised<Props extends object>(Part: ComponentType<Props>) {
  return function Localised(props: Props) {
    return (
      <I18nProvider locale={useFormat().locale}>
        <Part {...props} />
      </I18nProvider>
    )
  }
}

export const Browser = localised(BrowserView)
export const DialogHost = localised(Dialogs)
export const FolderSharing = localised(FolderSharingView)
export const JobsBar = localised(Jobs)
export const Opening = localised(OpeningView)
export const TooltipBubble = localised(Bubble)
