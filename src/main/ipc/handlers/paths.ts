/** Requests by which the user names paths: what the dialogs answer is granted here. */
import { app, dialog, type OpenDialogOptions, type OpenDialogReturnValue, shell } from 'electron'
import { type ByteString, byteStringToText, textToByteString } from '../../../shared/byte-string.ts'
import type { GivenPath } from '../../../shared/ipc/settings.ts'
import type { Text } from '../../language.ts'
import { folderOf } from '../../paths/absolute.ts'
import { lookAtAll } from '../../paths/given.ts'
import { archiveFor, isFolder } from '../../paths/suggestions.ts'
import type { Desktop } from '../desktop.ts'
import type { Handlers } from '../handle.ts'

type Names =
  | 'chooseFiles'
  | 'chooseFolders'
  | 'chooseArchive'
  | 'chooseNewArchive'
  | 'suggestArchive'
  | 'suggestTarget'
  | 'chooseTargetFolder'
  | 'revealPath'

export function pathHandlers({ memory, grants, window, archives }: Desktop, text: Text): Pick<Handlers, Names> {
  const open = (options: OpenDialogOptions): Promise<OpenDialogReturnValue> =>
    window.window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window.window, options)

  const chooseInputs = async (options: OpenDialogOptions): Promise<readonly GivenPath[]> => {
    const { filePaths } = await open(options)
    const paths = filePaths.map(textToByteString)
    grants.allow(paths, 'read')
    return lookAtAll(paths)
  }
  const archiveFilters = () => [
    { name: text('dialog.archives'), extensions: ['reftar'] },
    { name: text('dialog.allFiles'), extensions: ['*'] },
  ]

  return {
    chooseFiles: () => chooseInputs({ title: text('dialog.chooseFiles'), properties: ['openFile', 'multiSelections'] }),
    chooseFolders: () =>
      chooseInputs({ title: text('dialog.chooseFolders'), properties: ['openDirectory', 'multiSelections'] }),
    async chooseArchive() {
      const { filePaths } = await open({
        title: text('dialog.chooseArchive'),
        filters: archiveFilters(),
        properties: ['openFile'],
      })
      const [path] = filePaths.map(textToByteString)
      if (path !== undefined) grants.allow([path], 'read')
      return path
    },
    async chooseNewArchive(suggested) {
      const options = {
        title: text('dialog.chooseNewArchive'),
        filters: archiveFilters(),
        defaultPath: dialogPath(suggested),
      }
      const { filePath } = await (window.window === undefined
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(window.window, options))
      if (filePath === '') return undefined
      const path = textToByteString(filePath)
      grants.allow([path], 'write')
      return path
    },
    async suggestArchive(inputs) {
      await grants.require(inputs, 'read')
      const path = await archiveFor(inputs, textToByteString(app.getPath('home')))
      grants.allow([path], 'write')
      return path
    },
    async suggestTarget(archiveId) {
      const { targetFolder } = memory
      const isThere = targetFolder !== undefined && (await isFolder(targetFolder))
      const beside = folderOf(archives.pathOf(archiveId))
      const folder = isThere ? targetFolder : beside
      grants.allow([folder, beside], 'write')
      return folder
    },
    async chooseTargetFolder(startingAt) {
      const { filePaths } = await open({
        title: text('dialog.chooseTarget'),
        properties: ['openDirectory', 'createDirectory'],
        ...(startingAt === undefined ? {} : { defaultPath: dialogPath(startingAt) }),
      })
      const [path] = filePaths.map(textToByteString)
      if (path === undefined) return undefined
      grants.allow([path], 'write')
      memory.rememberTarget(path)
      return path
    },
    async revealPath(path) {
      shell.showItemInFolder(dialogPath(await grants.requireOne(path, 'read')))
    },
  }
}

/** Electron takes text; a path that is no UTF-8 is out of its reach. */
function dialogPath(path: ByteString): string {
  return byteStringToText(path) ?? app.getPath('home')
}
