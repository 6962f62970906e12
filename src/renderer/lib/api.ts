/** The one place where the page reaches for what the preload exposed. */
import { type ErrorData, errorTable, ReftarError } from '../../shared/errors.ts'
import type { Answer, Api, RequestName, Requests } from '../../shared/ipc/contract.ts'

declare global {
  interface Window {
    readonly reftar: Api<File>
  }
}

function unwrap<Result>(answer: Answer<Result>): Result {
  if (answer.ok) return answer.value
  throw fromData(answer.error)
}

function fromData({ code, message, ...context }: ErrorData): ReftarError {
  return new ReftarError(code in errorTable ? code : 'internal', message, context)
}

/** Asks main; a refusal is thrown as the ReftarError that it was there. */
export async function request<Name extends RequestName>(
  name: Name,
  ...args: Requests[Name]['args']
): Promise<Requests[Name]['result']> {
  return unwrap(await window.reftar.request(name, ...args))
}
