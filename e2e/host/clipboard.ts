/** `clipboard`: the app's own, as there is no desktop to share it with. */

import { refuseUnknown } from './provided.ts'

let text = ''

export const clipboard = refuseUnknown('clipboard', {
  readText: () => text,
  writeText: (value: string) => {
    text = value
  },
  clear: () => {
    text = ''
  },
})
