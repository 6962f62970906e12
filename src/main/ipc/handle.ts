/** Registers one handler for every request of the contract; errors cross to the window as data. */
import { ipcMain } from 'electron'
import { errorData } from '../../shared/errors.ts'
import { type Answer, type RequestName, type Requests, requestChannels } from '../../shared/ipc/contract.ts'

export type Handlers = {
  readonly [Name in RequestName]: (
    ...args: Requests[Name]['args']
  ) => Requests[Name]['result'] | Promise<Requests[Name]['result']>
}

/** Answers the requests of pages that `isTrustedPage` accepts, and refuses all others. */
export function handleRequests(handlers: Partial<Handlers>, isTrustedPage: (url: string) => boolean): void {
  for (const [name, channel] of Object.entries(requestChannels)) {
    const handler: ((...args: never[]) => unknown) | undefined = handlers[name as RequestName]
    if (handler === undefined) continue
    ipcMain.handle(channel, async (event, ...args): Promise<Answer<unknown>> => {
      if (event.senderFrame === null || !isTrustedPage(event.senderFrame.url))
        throw new Error(`${name}: refused, not our page`)
      try {
        return { ok: true, value: await handler(...(args as never[])) }
      } catch (error) {
        return { ok: false, error: errorData(error) }
      }
    })
  }
}
