/** Speaks Chromium's DevTools protocol over a pair of pipes: messages of JSON, each ended by a zero byte. */

import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from '@playwright/test'

/** The protocol's commands and events with the types that Playwright has for them. */
export type Devtools = Pick<CDPSession, 'send' | 'on'>

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly sessionId?: string
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

interface Request {
  readonly method: string
  resolve(result: unknown): void
  reject(error: Error): void
}

export class DevtoolsConnection {
  readonly root: Devtools
  readonly #output: Writable
  readonly #requests = new Map<number, Request>()
  readonly #sessions = new Map<string | undefined, EventEmitter>()
  #nextId = 1
  #closed = false
  #unfinished: Buffer[] = []

  constructor(output: Writable, input: Readable) {
    this.#output = output
    this.root = this.session(undefined)
    // Chromium's end is told by its exit; the pipes break a moment before.
    output.on('error', () => {})
    input.on('error', () => {})
    input.on('data', (bytes: Buffer) => this.#read(bytes))
  }

  /** Commands and events of one attached target; of the browser itself without an id. */
  session(sessionId: string | undefined): Devtools {
    const events = new EventEmitter().setMaxListeners(0)
    this.#sessions.set(sessionId, events)
    // Replies and events can't be checked against the protocol's types: their names decide which ones they have.
    const send = (method: string, params?: object) => this.#request(method, params, sessionId)
    return Object.assign(events, { send }) as unknown as Devtools
  }

  /** Fails what still waits for a reply, and every later command. */
  close(): void {
    this.#closed = true
    for (const { method, reject } of this.#requests.values()) reject(new Error(`${method}: Chromium has ended.`))
    this.#requests.clear()
  }

  #request(method: string, params: object | undefined, sessionId: string | undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium has ended.`))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#requests.set(id, { method, resolve, reject })
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  /** Messages can be large: what was searched for its end is never searched again. */
  #read(bytes: Buffer): void {
    let start = 0
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      this.#unfinished.push(bytes.subarray(start, end))
      const message: Message = JSON.parse(Buffer.concat(this.#unfinished).toString())
      this.#unfinished = []
      start = end + 1
      this.#take(message)
    }
    if (start < bytes.length) this.#unfinished.push(bytes.subarray(start))
  }

  #take({ id, method, params, sessionId, result, error }: Message): void {
    if (id === undefined) {
      if (method !== undefined) this.#sessions.get(sessionId)?.emit(method, params)
      return
    }
    const request = this.#requests.get(id)
    this.#requests.delete(id)
    if (error === undefined) request?.resolve(result)
    else request?.reject(new Error(`${request.method}: ${error.message}`))
  }
}
