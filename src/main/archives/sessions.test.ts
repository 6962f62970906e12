import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWorker } from '../../../test/support/built-worker.ts'
import { create } from '../../../test/support/creation.ts'
import { textToByteString } from '../../shared/byte-string.ts'
import { ArchiveSessions } from './sessions.ts'

let worker: Awaited<ReturnType<typeof buildWorker>>
let folder: string
const closed: number[] = []
let sessions: ArchiveSessions

beforeAll(async () => {
  mkdirSync('out', { recursive: true })
  worker = await buildWorker('src/main/archives/worker.ts')
  folder = mkdtempSync(join(tmpdir(), 'reftar-sessions-'))
  writeFileSync(join(folder, 'a.txt'), 'a')
  await create(folder, ['a.txt'], join(folder, 'a.reftar'))
  sessions = new ArchiveSessions(worker.path, {
    viewChanged: () => undefined,
    archiveLost: () => undefined,
    closed: async (archiveId) => {
      closed.push(archiveId)
    },
  })
})
afterAll(async () => {
  await sessions.closeAll()
  worker.remove()
  rmSync(folder, { recursive: true })
})

const open = () => sessions.open(textToByteString(join(folder, 'a.reftar')))

it('closes what was still being opened when all were closed', async () => {
  const opening = open()
  await sessions.closeAll()
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
  expect(closed).toEqual([1])
  expect(() => sessions.archive(1)).toThrow('open any more')
  const { archiveId, info } = await open()
  expect(archiveId).toBe(2)
  expect(info.complete).toBe(true)
  expect(sessions.pathOf(archiveId)).toBe(join(folder, 'a.reftar'))
})
