/** Runs in every new document before the page's scripts: the renderer's half of Electron, then the app's preload. */

import { bindingName, type PageFacts } from '../messages.ts'
import { refuseUnknown } from '../provided.ts'
import { contextBridge } from './context-bridge.ts'
import { makeIpcRenderer } from './ipc-renderer.ts'
import { webUtils } from './web-utils.ts'

/** The preload's source, wrapped by the host into a function of what a sandboxed preload may use. */
type Preload = (
  require: (name: string) => object,
  module: { exports: object },
  exports: object,
  process: object,
) => void

export function start(facts: PageFacts, preload: Preload): void {
  const post: unknown = Reflect.get(globalThis, bindingName)
  if (window !== window.top || typeof post !== 'function') return
  Reflect.deleteProperty(globalThis, bindingName)
  const { ipcRenderer, receive } = makeIpcRenderer((text) => post(text))
  Object.defineProperty(globalThis, Symbol.for(bindingName), { value: receive })
  const electron = refuseUnknown('renderer module', { ipcRenderer, contextBridge, webUtils })
  const process = { ...facts, type: 'renderer', sandboxed: true, contextIsolated: true }
  const require = (name: string) => {
    if (/^electron(\/(renderer|common))?$/.test(name)) return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports, process)
}
