/** Exposes the contract's requests by name; the page never sees `ipcRenderer`. */

import { contextBridge, ipcRenderer } from 'electron'
import { type Api, channels } from '../shared/ipc/contract.ts'

const api: Api = {
  productInfo: () => ipcRenderer.invoke(channels.productInfo),
}

contextBridge.exposeInMainWorld('reftar', api)
