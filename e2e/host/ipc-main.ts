/** `ipcMain`: handlers of `invoke`, and listeners of `send`. */

import { EventEmitter } from 'node:events'
import type { IpcMain } from 'electron'
import { refuseUnknown } from './provided.ts'

type Handler = Parameters<IpcMain['handle']>[1]

class HostIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (...args) => {
      this.removeHandler(channel)
      return handler(...args)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  handlerOf(channel: string): Handler {
    const handler = this.#handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler
  }
}

refuseUnknown('ipcMain', HostIpcMain.prototype)
export const ipcMain = new HostIpcMain().setMaxListeners(0)
