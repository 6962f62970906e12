import { expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { OpenArchive } from '../../shared/ipc/archives.ts'
import type { Settings } from '../../shared/ipc/settings.ts'
import type { Backend } from '../lib/api.ts'
import { runCommand } from './commands.ts'
import { archiveGone } from './look-slice.ts'
import { createWindowStore } from './store.ts'

const path = (text: string): ByteString => text as ByteString
const archivePath = path('/a.reftar')

/** A main on whose disk one path is missing. */
function openStore() {
  const disk: { missing: string | undefined } = { missing: undefined }
  const backend: Backend = {
    on: () => () => undefined,
    dropped: async () => [],
    request: async (...[name]) => {
      if (name === 'openSharing' && disk.missing !== undefined)
        throw new ReftarError('not-found', 'No such file or folder', { path: disk.missing })
      return { sharingId: 1, version: 1 } as never
    },
  }
  const store = createWindowStore(backend, {
    product: { name: 'Reftar', version: '0', locale: 'en', homeDirectory: path('/home/ann') },
    settings: {} as Settings,
    recents: [],
  })
  store.setState({ archive: { archiveId: 1, path: archivePath } as OpenArchive })
  return { disk, store }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

it('an archive that a look didn’t find is gone, and can’t be extracted, until another look finds it', async () => {
  const { disk, store } = openStore()
  disk.missing = archivePath
  store.getState().openLook({ kind: 'contents', archivePath })
  store.getState().openLook({ kind: 'disk', roots: [{ path: archivePath, role: 'archive' }], extraction: undefined })
  await settled()
  expect(archiveGone(store.getState())?.path).toBe(archivePath)
  runCommand(store, 'extract')
  expect(store.getState().dialog).toBeUndefined()

  disk.missing = undefined
  store.getState().lookAgainForArchive()
  await settled()
  expect(archiveGone(store.getState())).toBeUndefined()
  runCommand(store, 'extract')
  expect(store.getState().dialog).toBeDefined()
})

it('an archive isn’t gone because an original is', async () => {
  const { disk, store } = openStore()
  disk.missing = '/original'
  store
    .getState()
    .openLook({ kind: 'disk', roots: [{ path: path('/original'), role: 'source' }], extraction: undefined })
  await settled()
  expect(store.getState().looks.disk?.failure).toBeDefined()
  expect(archiveGone(store.getState())).toBeUndefined()
})
