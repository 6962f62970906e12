/** `dialog`: nobody sees one here, so each is cancelled unless a test replaces it. */

import type { Dialog, MessageBoxOptions } from 'electron'
import { refuseUnknown } from './provided.ts'

type Provided = 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'

/** The options come last, after the window if there is one. */
function cancelledMessageBox(first: object, second?: object) {
  const { cancelId, defaultId }: Partial<MessageBoxOptions> = second ?? first
  return Promise.resolve({ response: cancelId ?? defaultId ?? 0, checkboxChecked: false })
}

export const dialog = refuseUnknown('dialog', {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showMessageBox: cancelledMessageBox,
  showErrorBox: (title, content) => void process.stderr.write(`${title}\n${content}\n`),
} satisfies Pick<Dialog, Provided>)
