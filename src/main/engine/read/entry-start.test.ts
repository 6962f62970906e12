import { expect, it } from 'vitest'
import type { ByteString } from '../../../shared/byte-string.ts'
import { BLOCK, openBytes, sampleArchive } from './archive.test-support.ts'
import { readEntryStart } from './entry-start.ts'

async function start(path: string, maxBytes: number, archive = sampleArchive().archive): Promise<Uint8Array> {
  const reader = openBytes(archive)
  const entry = reader.find(path as ByteString)
  if (entry === undefined) throw new Error(`there is no ${path}`)
  return readEntryStart(reader, entry, maxBytes)
}

it('reads through data, holes and packs, and no further than asked', async () => {
  const whole = await start('b/x', 1 << 20)
  expect(whole).toHaveLength(2 * BLOCK + 50)
  expect(whole.subarray(0, BLOCK)).toEqual(new Uint8Array(BLOCK).fill(0xb2))
  expect(whole.subarray(BLOCK, 2 * BLOCK)).toEqual(new Uint8Array(BLOCK))
  expect(whole.subarray(2 * BLOCK)).toEqual(new Uint8Array(50).fill(7))
  expect(await start('b/x', BLOCK + 1)).toEqual(whole.subarray(0, BLOCK + 1))
})

it('follows a hard link, and has nothing for what is no file', async () => {
  expect(await start('a/2', 10)).toEqual(new Uint8Array(10).fill(0xa1))
  expect(await start('a', 10)).toHaveLength(0)
  expect(await start('a/4', 10)).toHaveLength(0)
})

it('says when the bytes aren’t what was stored', async () => {
  const { archive } = sampleArchive()
  const at = archive.indexOf(0xa1)
  archive[at + 5] = 0
  await expect(start('a/1', 10, archive)).rejects.toMatchObject({ code: 'damaged' })
})
