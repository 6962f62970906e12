/** Requests about the app itself: settings and recent archives. */
import { app } from 'electron'
import { version } from '../../../../package.json' with { type: 'json' }
import { textToByteString } from '../../../shared/byte-string.ts'
import type { RecentArchive } from '../../../shared/ipc/settings.ts'
import type { Desktop } from '../desktop.ts'
import type { Handlers } from '../handle.ts'

type Names = 'start' | 'changeSettings' | 'forgetRecent'

/** `settingsChanged` hears of new settings before the page does. */
export function appHandlers({ memory, window }: Desktop, settingsChanged: () => void): Pick<Handlers, Names> {
  return {
    start: async () => ({
      product: {
        name: 'Reftar',
        version,
        locale: app.getLocale(),
        homeDirectory: textToByteString(app.getPath('home')),
      },
      settings: memory.settings,
      recents: await memory.recents(),
    }),
    changeSettings(change) {
      const settings = memory.changeSettings(change)
      settingsChanged()
      window.send('settingsChanged', settings)
      return settings
    },
    forgetRecent(path): Promise<readonly RecentArchive[]> {
      memory.forgetArchive(path)
      return memory.recents()
    },
  }
}
