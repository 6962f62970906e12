/** The one place where the page reaches for what the preload exposed. Refusals are thrown as the ReftarError that they were in main. */
import { errorOf } from '../../shared/errors.ts'
import type { Answer, Api, RequestName, Requests, WindowStart } from '../../shared/ipc/contract.ts'
import type { GivenPath } from '../../shared/ipc/settings.ts'

declare global {
  interface Window {
    readonly reftar: Api<File>
  }
}

/** What the store and its features ask of main. */
export interface Backend {
  /** Asks main. Throws ReftarError. */
  readonly request: <Name extends RequestName>(
    name: Name,
    ...args: Requests[Name]['args']
  ) => Promise<Requests[Name]['result']>
  readonly on: Api<File>['on']
  /** What was dropped, looked at by main. Throws ReftarError. */
  readonly dropped: (files: readonly File[]) => Promise<readonly GivenPath[]>
}

function unwrap<Result>(answer: Answer<Result>): Result {
  if (answer.ok) return answer.value
  throw errorOf(answer.error)
}

/** What main says when the window opens. Throws ReftarError. */
export async function windowStart(api: Api<File>): Promise<WindowStart> {
  return unwrap(await api.start())
}

export function connect(api: Api<File>): Backend {
  return {
    request: async (name, ...args) => unwrap(await api.request(name, ...args)),
    on: api.on,
    dropped: async (files) => unwrap(await api.dropped(files)),
  }
}
