/** `Notification`: shown to nobody; a test finds out by replacing `show`, and clicks with `emit('click')`. */

import { EventEmitter } from 'node:events'
import type { NotificationConstructorOptions } from 'electron'
import { refuseUnknown } from './provided.ts'

export class HostNotification extends EventEmitter {
  title: string
  body: string
  silent: boolean

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super()
    this.title = title
    this.body = body
    this.silent = silent
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    this.emit('show')
  }
  close(): void {
    this.emit('close')
  }
}

refuseUnknown('Notification', HostNotification.prototype)
