/** The one place where the page reaches for what the preload exposed. */

import type { Api } from '../../shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly reftar: Api
  }
}

export const api: Api = window.reftar
