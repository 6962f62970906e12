const { contextBridge, ipcRenderer, webUtils } = require('electron')

contextBridge.exposeInMainWorld('small', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  onHeard: (listener) => {
    ipcRenderer.on('heard', (_event, text) => listener(text))
  },
  pathOf: (file) => webUtils.getPathForFile(file),
})
