/** IPC between the host and one page: the page's binding upwards, calls of a function in the page downwards. */

import { makeCodec } from './codec.ts'
import { preventable } from './default-prevented.ts'
import type { Devtools } from './devtools.ts'
import { ipcMain } from './ipc-main.ts'
import { bindingName, type FromPage, isFromPage, type ToPage } from './messages.ts'
import type { HostWebContents } from './web-contents.ts'

const codec = makeCodec({
  toBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromBase64: (text) => new Uint8Array(Buffer.from(text, 'base64')).buffer,
})
/** Errors are made in here: Chromium keeps silent about an uncaught one that was made in the script of every document. */
const receive = `function (text) {
  globalThis[Symbol.for('${bindingName}')](text, (message) => new Error(message))
}`

export class PageMessages {
  readonly #page: Devtools
  readonly #contents: HostWebContents
  /** Where the current document's preload runs; none between documents. */
  #contextId: number | undefined

  constructor(page: Devtools, frameId: string, contents: HostWebContents) {
    this.#page = page
    this.#contents = contents
    page.on('Runtime.executionContextCreated', ({ context: { id, auxData } }) => {
      const { isDefault, frameId: ofFrame } = Object(auxData)
      if (isDefault === true && ofFrame === frameId) this.#contextId = id
    })
    page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.#contextId = undefined
    })
    page.on('Runtime.executionContextsCleared', () => {
      this.#contextId = undefined
    })
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const message = codec.decode(payload)
      if (name === bindingName && isFromPage(message)) void this.#take(message, executionContextId)
    })
  }

  /** @throws a DataCloneError, as Electron does. Without a document the message is lost, also as in Electron. */
  post(message: ToPage, contextId = this.#contextId): void {
    const text = codec.encode(message)
    if (contextId === undefined) return
    this.#page
      .send('Runtime.callFunctionOn', {
        functionDeclaration: receive,
        executionContextId: contextId,
        arguments: [{ value: text }],
        silent: true,
      })
      // The document has gone in the meantime.
      .catch(() => {})
  }

  async #take(message: FromPage, contextId: number): Promise<void> {
    if (message[0] === 'send') {
      ipcMain.emit(message[1], this.#event(), ...message[2])
      return
    }
    const [, id, channel, args] = message
    try {
      // The host's contents stand for Electron's, of which the app uses only what is provided.
      const value: unknown = await Reflect.apply(ipcMain.handlerOf(channel), undefined, [this.#event(), ...args])
      this.post(['result', id, value], contextId)
    } catch (error) {
      this.post(['error', id, `Error invoking remote method '${channel}': ${error}`], contextId)
    }
  }

  #event() {
    const sender = this.#contents
    const reply = (channel: string, ...args: unknown[]) => sender.send(channel, ...args)
    return preventable({
      type: 'frame' as const,
      sender,
      senderFrame: sender.mainFrame,
      frameId: 1,
      processId: 0,
      reply,
      ports: [],
    })
  }
}
