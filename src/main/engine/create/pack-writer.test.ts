import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PACK_TARGET_BYTES } from '../format/layout.ts'
import { PACKS_AHEAD, PackWriter } from './pack-writer.ts'
import type { Payload } from './section-writer.ts'

interface Compression {
  readonly raw: Buffer
  readonly finish: () => void
  readonly fail: (error: Error) => void
}

/** A compressor that answers when a test wants: a frame is the first byte and the length. */
function makeWriter(jobs: number) {
  const compressions: Compression[] = []
  const emitted: Payload[] = []
  const compressor = {
    compress: (raw: Uint8Array) =>
      new Promise<Uint8Array>((resolve, reject) => {
        const frame = Buffer.from(`${raw[0]}:${raw.length}`)
        compressions.push({ raw: Buffer.from(raw), finish: () => resolve(frame), fail: reject })
      }),
    decompress: async () => Buffer.alloc(0),
    decompressSync: () => Buffer.alloc(0),
  }
  const writer = new PackWriter(compressor, 3, jobs, (payload) =>
    emitted.push({ ...payload, stored: Buffer.from(payload.stored) }),
  )
  const emittedFrames = () => emitted.map(({ stored }) => Buffer.from(stored).toString())
  return { writer, compressions, emitted, emittedFrames }
}

/** Packs `lengthBytes` bytes of one value. */
async function put(writer: PackWriter, value: number, lengthBytes: number) {
  if (!writer.hasRoom(lengthBytes)) await writer.makeRoom()
  const { buffer, at } = writer.space
  buffer.fill(value, at, at + lengthBytes)
  return writer.commit(lengthBytes)
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('PackWriter', () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  beforeEach(() => void process.on('unhandledRejection', note))
  afterEach(() => void process.off('unhandledRejection', note))

  it('emits in order what is compressed, without waiting for the rest', async () => {
    const { writer, compressions, emittedFrames } = makeWriter(4)
    for (const value of [49, 50, 51]) {
      await put(writer, value, 10)
      await writer.makeRoom()
    }
    compressions[0]?.finish()
    compressions[2]?.finish()
    await turn()
    writer.emitFinished()
    expect(emittedFrames()).toEqual(['49:10'])
    compressions[1]?.finish()
    await turn()
    writer.emitFinished()
    expect(emittedFrames()).toEqual(['49:10', '50:10', '51:10'])
    expect(writer.unwritten(2)).toBeUndefined()
  })

  it('places bytes one after another and begins a new pack when one is full', async () => {
    const { writer, compressions } = makeWriter(4)
    expect(await put(writer, 1, 100)).toEqual({ pack: 0, packOffset: 0 })
    expect(writer.nextPlace).toEqual({ pack: 0, packOffset: 100 })
    expect(writer.hasRoom(PACK_TARGET_BYTES - 100)).toBe(true)
    expect(writer.hasRoom(PACK_TARGET_BYTES - 99)).toBe(false)
    expect(await put(writer, 2, PACK_TARGET_BYTES - 100)).toEqual({ pack: 0, packOffset: 100 })
    expect(compressions).toHaveLength(0)
    expect(await put(writer, 3, 1)).toEqual({ pack: 1, packOffset: 0 })
    expect(compressions).toHaveLength(1)
    const [first] = compressions
    expect(first?.raw.equals(Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(PACK_TARGET_BYTES - 100, 2)]))).toBe(
      true,
    )
  })

  it('emits packs in the order of their numbers, whichever is compressed first', async () => {
    const { writer, compressions, emittedFrames } = makeWriter(3)
    for (const value of [1, 2, 3]) await put(writer, value, PACK_TARGET_BYTES)
    const flushed = writer.flush()
    await turn()
    expect(compressions).toHaveLength(3)
    compressions[2]?.finish()
    compressions[1]?.finish()
    await turn()
    expect(emittedFrames()).toEqual([])
    compressions[0]?.finish()
    await flushed
    expect(emittedFrames()).toEqual([1, 2, 3].map((value) => `${value}:${PACK_TARGET_BYTES}`))
  })

  it('waits for the oldest when many are under way', async () => {
    const { writer, compressions, emittedFrames } = makeWriter(2)
    let waiting: Promise<unknown> | undefined
    for (let value = 1; waiting === undefined && value < 20; value++) {
      const placed = put(writer, value, PACK_TARGET_BYTES)
      const isPlaced = await Promise.race([placed.then(() => true), turn().then(() => false)])
      if (!isPlaced) waiting = placed
    }
    const started = compressions.length
    expect(started).toBeGreaterThanOrEqual(2)
    expect(started).toBeLessThanOrEqual(2 * PACKS_AHEAD)
    expect(emittedFrames()).toEqual([])
    compressions[0]?.finish()
    await waiting
    expect(emittedFrames()).toEqual([`1:${PACK_TARGET_BYTES}`])
    expect(compressions).toHaveLength(started + 1)
  })

  it('shows the bytes of packs until they are written, and only then uses their memory again', async () => {
    const { writer, compressions } = makeWriter(3)
    const expectBytes = (pack: number, lengthBytes: number, value: number) =>
      expect(writer.unwritten(pack)?.equals(Buffer.alloc(lengthBytes, value))).toBe(true)
    await put(writer, 1, 50)
    expectBytes(0, 50, 1)
    await put(writer, 2, PACK_TARGET_BYTES)
    await put(writer, 3, PACK_TARGET_BYTES)
    expectBytes(0, 50, 1)
    expectBytes(1, PACK_TARGET_BYTES, 2)
    expectBytes(2, PACK_TARGET_BYTES, 3)
    expect(writer.unwritten(3)).toBeUndefined()
    const flushed = writer.flush()
    await turn()
    compressions[0]?.finish()
    await turn()
    expect(writer.unwritten(0)).toBeUndefined()
    expectBytes(1, PACK_TARGET_BYTES, 2)
    expectBytes(2, PACK_TARGET_BYTES, 3)
    for (const compression of compressions) compression.finish()
    await flushed
    for (const pack of [0, 1, 2]) expect(writer.unwritten(pack)).toBeUndefined()
    // Shorter than what lay in that memory before.
    expect(await put(writer, 9, 10)).toEqual({ pack: 3, packOffset: 0 })
    expectBytes(3, 10, 9)
  })

  it('stores raw what doesn’t get smaller', async () => {
    const { writer, compressions, emitted } = makeWriter(1)
    await put(writer, 7, 3)
    const flushed = writer.flush()
    await turn()
    compressions[0]?.finish()
    await flushed
    expect(emitted).toEqual([{ stored: Buffer.alloc(3, 7), encoding: 0, rawLengthBytes: 3 }])
  })

  it('says once that compression failed, and writes nothing from there on', async () => {
    const { writer, compressions, emittedFrames } = makeWriter(4)
    for (const value of [1, 2, 3, 4]) await put(writer, value, PACK_TARGET_BYTES)
    compressions[1]?.fail(new Error('no memory'))
    await turn()
    const flushed = writer.flush()
    await turn()
    for (const compression of compressions) compression.finish()
    await expect(flushed).rejects.toThrow('no memory')
    await turn()
    expect(emittedFrames()).toEqual([`1:${PACK_TARGET_BYTES}`])
    expect(unhandled).toEqual([])
  })

  it('writes nothing when nothing was packed', async () => {
    const { writer, emitted } = makeWriter(1)
    await writer.flush()
    expect(emitted).toEqual([])
  })
})
