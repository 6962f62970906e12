/** Registers one handler for every request of the contract: a missing one does not compile. */

import { ipcMain } from 'electron'
import { channels, type RequestName, type Requests } from '../../shared/ipc/contract.ts'

export type Handlers = {
  readonly [Name in RequestName]: () => Requests[Name]['result'] | Promise<Requests[Name]['result']>
}

export function handleRequests(handlers: Handlers, isTrustedPage: (url: string) => boolean): void {
  for (const [name, channel] of Object.entries(channels) as [RequestName, string][]) {
    ipcMain.handle(channel, (event) => {
      if (event.senderFrame === null || !isTrustedPage(event.senderFrame.url))
        throw new Error(`${name}: refused, not our page`)
      return handlers[name]()
    })
  }
}
