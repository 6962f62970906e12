/** Calls into a worker thread and events out of it, typed by an interface of functions. */
import type { MessagePort, Worker } from 'node:worker_threads'
import { type ErrorData, errorData, errorOf, ReftarError } from '../../shared/errors.ts'
import type { Answer } from '../../shared/ipc/contract.ts'
import { type Said, said } from '../../shared/said.ts'

/** Arguments and results are plain data. */
type Calls<Table> = { readonly [Name in keyof Table]: (...args: never[]) => unknown }

interface CallMessage {
  readonly id: number
  readonly name: string
  readonly args: never[]
}

/** `never`: what crossed the border is typed by who asked. */
type WorkerMessage<Event> =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<never> }
  | { readonly kind: 'event'; readonly event: Event }

/** The asking side. It owns the worker. */
export class WorkerCalls<Table extends Calls<Table>, Event> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (answer: Answer<never>) => void>()
  #lastId = 0
  #ended: ErrorData | undefined

  /** `onEnd` is told once why the worker ended, unless that was asked for by `end`. */
  constructor(worker: Worker, onEvent: (event: Event) => void, onEnd: (error: ErrorData) => void) {
    this.#worker = worker
    worker.on('message', (message: WorkerMessage<Event>) => {
      if (message.kind === 'event') {
        if (this.#ended === undefined) onEvent(message.event)
        return
      }
      this.#waiting.get(message.id)?.(message.answer)
      this.#waiting.delete(message.id)
    })
    whenEnded(worker, (error) => {
      if (this.#ended !== undefined) return
      this.#giveUp(error)
      onEnd(error)
    })
  }

  /** Rejects with what the call threw, or with `work-ended` when the worker is gone. */
  call<Name extends keyof Table & string>(
    name: Name,
    ...args: Parameters<Table[Name]>
  ): Promise<Awaited<ReturnType<Table[Name]>>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(errorOf(this.#ended))
        return
      }
      const id = ++this.#lastId
      this.#waiting.set(id, (answer) => (answer.ok ? resolve(answer.value) : reject(errorOf(answer.error))))
      this.#worker.postMessage({ id, name, args })
    })
  }

  async end(): Promise<void> {
    this.#giveUp(errorData(new ReftarError('cancelled', 'It was closed')))
    await this.#worker.terminate()
  }

  #giveUp(error: ErrorData): void {
    this.#ended ??= error
    for (const answer of this.#waiting.values()) answer({ ok: false, error })
    this.#waiting.clear()
  }
}

/** Tells why a worker thread ended by itself; more than once, if it has several things to say. */
export function whenEnded(worker: Worker, tell: (error: ErrorData) => void): void {
  const say = (reason: Said): void =>
    tell(errorData(new ReftarError('work-ended', said('The work ended unexpectedly: {reason}', { reason }))))
  worker.on('error', (error) => say({ verbatim: error instanceof Error ? error.message : String(error) }))
  worker.on('exit', (code) => say(said('the thread that did it ended with code {code}', { code })))
}

/** The answering side: runs in the worker. Returns what sends events. */
export function serveCalls<Table extends Calls<Table>, Event>(port: MessagePort, table: Table): (event: Event) => void {
  const calls: ReadonlyMap<string, (...args: never[]) => unknown> = new Map(Object.entries(table))
  port.on('message', async ({ id, name, args }: CallMessage) => {
    let answer: Answer<unknown>
    try {
      const call = calls.get(name)
      if (call === undefined) throw new ReftarError('internal', `there is no call ${name}`)
      answer = { ok: true, value: await call(...args) }
    } catch (error) {
      answer = { ok: false, error: errorData(error) }
    }
    port.postMessage({ kind: 'answer', id, answer })
  })
  return (event) => port.postMessage({ kind: 'event', event })
}
