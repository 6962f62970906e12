/** `ipcRenderer` over the host's binding. */

import { makeCodec } from '../codec.ts'
import type { FromPage, ToPage } from '../messages.ts'
import { refuseUnknown } from '../provided.ts'
import { pageBase64 } from './base64.ts'

type Listener = (event: object, ...args: unknown[]) => void

interface Answer {
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Registration {
  readonly listener: Listener
  readonly once: boolean
}

const codec = makeCodec(pageBase64)

/** @returns the preload's `ipcRenderer`, and what the host calls with a message. */
export function makeIpcRenderer(post: (text: string) => void) {
  const registrations = new Map<string, readonly Registration[]>()
  const pending = new Map<number, Answer>()
  let nextId = 1

  const postMessage = (message: FromPage) => post(codec.encode(message))
  const registered = (channel: string) => registrations.get(channel) ?? []
  const add = (channel: string, listener: Listener, once: boolean) => {
    registrations.set(channel, [...registered(channel), { listener, once }])
    return ipcRenderer
  }
  const remove = (channel: string, listener: Listener) => {
    const last = registered(channel).findLastIndex((registration) => registration.listener === listener)
    registrations.set(
      channel,
      registered(channel).filter((_, index) => index !== last),
    )
    return ipcRenderer
  }

  const ipcRenderer = refuseUnknown('ipcRenderer', {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => {
      registrations.delete(channel)
      return ipcRenderer
    },
    listenerCount: (channel: string) => registered(channel).length,
    send: (channel: string, ...args: unknown[]) => postMessage(['send', channel, args]),
    // What can't be cloned rejects, before anything is pending.
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = nextId++
        postMessage(['invoke', id, channel, args])
        pending.set(id, { resolve, reject })
      }),
  })

  const settle = (id: number) => {
    const answer = pending.get(id)
    pending.delete(id)
    return answer
  }
  const receive = (text: string, makeError: (message: string) => Error) => {
    // Only the host posts here.
    const message = codec.decode(text) as ToPage
    if (message[0] === 'result') return settle(message[1])?.resolve(message[2])
    if (message[0] === 'error') return settle(message[1])?.reject(makeError(message[2]))
    const [, channel, args] = message
    for (const { listener, once } of registered(channel)) {
      if (once) remove(channel, listener)
      try {
        listener({ sender: ipcRenderer, ports: [] }, ...args)
      } catch (error) {
        // As an exception of its own: the other listeners still run.
        reportError(error)
      }
    }
  }
  return { ipcRenderer, receive }
}
