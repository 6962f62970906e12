/**
 * Calls of the desktop, which no spec can click: dialogs, the file manager, notifications. A spec replaces one with its
 * answer, and reads afterwards with which arguments it was called.
 */

import type { ElectronApplication } from '@playwright/test'

declare global {
  /** In the main process: `dialog.showOpenDialog` → the arguments of each call, as far as they can be cloned. */
  var recordedNativeCalls: Record<string, unknown[][]> | undefined
}

type NativeModule = 'dialog' | 'shell' | 'app' | 'clipboard'

/** From now on `module.method` returns `answer` instead of asking the desktop. */
export async function answerNative(
  app: ElectronApplication,
  module: NativeModule,
  method: string,
  answer?: unknown,
): Promise<void> {
  await app.evaluate(
    (electron, { module, method, answer }) => {
      globalThis.recordedNativeCalls ??= {}
      const calls: unknown[][] = []
      globalThis.recordedNativeCalls[`${module}.${method}`] = calls
      const isWindow = (argument: unknown) => argument instanceof electron.BrowserWindow
      Reflect.set(electron[module], method, (...args: unknown[]) => {
        calls.push(args.filter((argument) => !isWindow(argument)))
        return answer
      })
    },
    { module, method, answer },
  )
}

/** The arguments of each call since `answerNative`, without the window that a dialog belongs to. */
export function nativeCalls(app: ElectronApplication, module: NativeModule, method: string): Promise<unknown[][]> {
  return app.evaluate((_, name) => globalThis.recordedNativeCalls?.[name] ?? [], `${module}.${method}`)
}
