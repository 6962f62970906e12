/** Registers one handler for every request of the contract; errors cross to the window as data. */
import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { errorData, ReftarError } from '../../shared/errors.ts'
import {
  type Answer,
  droppedChannel,
  type RequestName,
  type Requests,
  requestChannels,
} from '../../shared/ipc/contract.ts'
import type { GivenPath } from '../../shared/ipc/settings.ts'
import { argumentGuards } from './argument-guards.ts'
import { type Guard, isListOf, isTextUpTo } from './guards.ts'

export type Handlers = {
  readonly [Name in RequestName]: (
    ...args: Requests[Name]['args']
  ) => Requests[Name]['result'] | Promise<Requests[Name]['result']>
}

/** Thousands are dropped at once; more than this is no drop. */
const MOST_DROPPED = 100_000
const LONGEST_PATH = 1 << 16

const isDropped = isListOf(isTextUpTo(LONGEST_PATH), MOST_DROPPED)

/**
 * Answers the requests of pages that `isTrustedPage` accepts, and refuses all others. `dropped` is told the paths
 * that the preload took from dropped files.
 */
export function handleRequests(
  handlers: Handlers,
  dropped: (paths: readonly string[]) => Promise<readonly GivenPath[]>,
  isTrustedPage: (url: string) => boolean,
): void {
  const answer = <Args>(
    channel: string,
    isArguments: Guard<Args>,
    takeArguments: (args: unknown[]) => unknown,
    work: (args: Args) => unknown,
  ): void => {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...args: unknown[]): Promise<Answer<unknown>> => {
      if (event.senderFrame === null || !isTrustedPage(event.senderFrame.url)) {
        throw new Error(`${channel}: refused, not our page`)
      }
      try {
        const taken = takeArguments(args)
        if (!isArguments(taken)) throw new ReftarError('internal', `${channel} was asked with wrong arguments`)
        return { ok: true, value: await work(taken) }
      } catch (error) {
        return { ok: false, error: errorData(error) }
      }
    })
  }
  const register = <Name extends RequestName>(name: Name): void => {
    const handler = handlers[name]
    const isArguments: Guard<Requests[Name]['args']> = argumentGuards[name]
    answer(
      requestChannels[name],
      isArguments,
      (args) => args,
      (args) => handler(...args),
    )
  }
  for (const name of Object.keys(requestChannels)) if (isRequestName(name)) register(name)
  answer(droppedChannel, isDropped, ([paths]) => paths, dropped)
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestChannels, name)
}
