/** `session`: what pages may ask of the user is what the app's permission handler allows, told to Chromium in advance. */

import type { Session } from 'electron'
import { chromium } from './chromium.ts'
import { refuseUnknown } from './provided.ts'

type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]

/** Electron's name of a permission → the name that Chromium's Browser domain has. */
const permissions = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  media: 'camera',
  midi: 'midi',
  notifications: 'notifications',
} as const

class HostSession implements Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> {
  /** Chromium itself asks nobody here: it denies whatever the check handler didn't allow. */
  setPermissionRequestHandler(): void {}

  setPermissionCheckHandler(handler: CheckHandler): void {
    const { root } = chromium().connection
    for (const [permission, name] of Object.entries(permissions)) {
      const details = { isMainFrame: true, requestingUrl: '' }
      const allowed = handler?.(null, permission as keyof typeof permissions, '', details) ?? true
      const setting = allowed ? 'granted' : 'denied'
      root.send('Browser.setPermission', { permission: { name }, setting }).catch((error: unknown) => {
        process.stderr.write(`[host] The permission ${name} could not be set: ${error}\n`)
      })
    }
  }
}

refuseUnknown('session', HostSession.prototype)
export const defaultSession = new HostSession()
export const session = refuseUnknown('session', { defaultSession })
