/** Exposes the contract's requests and events by name; the page never sees `ipcRenderer`, nor names a path of its own. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type Api, droppedChannel, eventChannels, requestChannels } from '../shared/ipc/contract.ts'

/** Asked while the page is still being read. Whoever takes it hears of a refusal. */
const start = ipcRenderer.invoke(requestChannels.start)
start.catch(() => {})

const api: Api<File> = {
  start: () => start,
  request: (name, ...args) => ipcRenderer.invoke(requestChannels[name], ...args),
  on(name, listener) {
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload)
    ipcRenderer.on(eventChannels[name], receive)
    return () => ipcRenderer.off(eventChannels[name], receive)
  },
  dropped: (files) =>
    ipcRenderer.invoke(
      droppedChannel,
      files.map((file) => webUtils.getPathForFile(file)),
    ),
}

contextBridge.exposeInMainWorld('reftar', api)
