import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../../../native/index.ts'
import { type ByteString, textToByteString } from '../../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { plainEntry } from '../format/format.test-support.ts'
import type { Handle, Ports } from '../ports.ts'
import { ArchiveMaker, BLOCK, emptyFile, folder, openBytes } from '../read/archive.test-support.ts'
import { openParts } from '../read/reader2.ts'
import { sealArchive } from './seal.ts'

/** Frames as ArchiveMaker writes them: the raw bytes behind one byte. */
const frameOf = (frame: Uint8Array) => frame.slice(1)
const ports: Ports = {
  ...createPorts(),
  compressor: {
    compress: async (raw) => Uint8Array.of(0x5a, ...raw),
    decompress: async (frame) => frameOf(frame),
    decompressSync: frameOf,
  },
}

let base = ''
let file = ''
beforeEach(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'reftar-seal-'))
  file = path.join(base, 'archive')
})
afterEach(() => fs.rmSync(base, { recursive: true, force: true }))

function job(signal = new AbortController().signal): JobContext {
  return { signal, progress() {}, problem() {} }
}

const seal = (through = ports, signal?: AbortSignal) => sealArchive(through, textToByteString(file), job(signal))

/** Data in four regions with sections between, before and behind them; every block different. */
function instantArchive(): { bytes: Uint8Array; dataBlocks: number[] } {
  const maker = new ArchiveMaker()
  const dataBlocks: number[] = []
  const data = (blocks: number): number => {
    const first = maker.nextBlock
    const bytes = Buffer.alloc(blocks * BLOCK)
    for (let i = 0; i < blocks; i++) {
      bytes.fill(first + i + 1, i * BLOCK, (i + 1) * BLOCK)
      dataBlocks.push(first + i)
    }
    return maker.data(bytes)
  }
  const entry = (name: string, blocks: number, archiveOffset: number) => ({
    ...plainEntry,
    path: name as ByteString,
    sizeBytes: blocks * BLOCK,
    segments: [{ kind: 'data' as const, lengthBytes: blocks * BLOCK, archiveOffset }],
  })
  const first = data(3)
  maker.pack(Buffer.alloc(5000, 1))
  const second = data(1)
  maker.page([entry('a', 3, first), entry('b', 1, second)])
  maker.pack(Buffer.from('next to the page'))
  const third = data(300)
  maker.page([entry('c', 300, third)])
  const fourth = data(2)
  maker.page([entry('d', 2, fourth), folder('e'), emptyFile('e/f')])
  return { bytes: maker.finish('absent'), dataBlocks }
}

async function problemsOf(bytes: Uint8Array): Promise<ErrorData[]> {
  const problems: ErrorData[] = []
  await openBytes(bytes).verify({ ...job(), problem: (problem) => problems.push(problem) })
  return problems
}

function hashedBlocks(bytes: Uint8Array): number[] {
  const readerPorts = {
    ...ports,
    files: {
      ...ports.files,
      read: (_handle: Handle, buffer: Uint8Array, bufferOffset: number, length: number, position: number | null) => {
        const piece = bytes.subarray(position ?? 0, (position ?? 0) + length)
        buffer.set(piece, bufferOffset)
        return piece.length
      },
    },
  }
  const { hashes } = openParts(readerPorts, 3 as Handle, bytes.length)
  return hashes.sections
    .flatMap((section) => hashes.chunksOf(section))
    .flatMap(({ offset, lengthBytes }) => Array.from({ length: lengthBytes / BLOCK }, (_, i) => offset / BLOCK + i))
}

describe('sealArchive', () => {
  it('appends the hashes of exactly the data, and changes nothing before', async () => {
    const { bytes, dataBlocks } = instantArchive()
    fs.writeFileSync(file, bytes)
    const summary = await seal()
    const sealed = new Uint8Array(fs.readFileSync(file))
    expect(Buffer.from(sealed.subarray(0, bytes.length)).equals(bytes)).toBe(true)
    expect(hashedBlocks(sealed)).toEqual(dataBlocks)
    expect(summary).toMatchObject({ hashedBytes: dataBlocks.length * BLOCK, alreadySealed: false })
    const { info } = openBytes(sealed)
    expect(info).toMatchObject({ complete: true, dataHashes: 'complete', notices: [], rootHash: summary.rootHash })
    expect(info.totals).toEqual(openBytes(bytes).info.totals)
    expect(await problemsOf(sealed)).toEqual([])
    const at = (dataBlocks.at(-1) ?? 0) * BLOCK
    sealed[at] = (sealed[at] ?? 0) ^ 1
    expect(await problemsOf(sealed)).not.toEqual([])
  })

  it('does nothing the second time', async () => {
    fs.writeFileSync(file, instantArchive().bytes)
    const first = await seal()
    const sealed = fs.readFileSync(file)
    expect(await seal()).toMatchObject({ alreadySealed: true, hashedBytes: 0, rootHash: first.rootHash })
    expect(fs.readFileSync(file).equals(sealed)).toBe(true)
  })

  it('seals an archive without data', async () => {
    const maker = new ArchiveMaker()
    maker.page([emptyFile('a')])
    fs.writeFileSync(file, maker.finish('absent'))
    expect(await seal()).toMatchObject({ hashedBytes: 0, alreadySealed: false })
    const sealed = new Uint8Array(fs.readFileSync(file))
    expect(openBytes(sealed).info.dataHashes).toBe('complete')
    expect(await problemsOf(sealed)).toEqual([])
  })

  it('can be sealed after a sealing that was cut off anywhere', async () => {
    const { bytes, dataBlocks } = instantArchive()
    fs.writeFileSync(file, bytes)
    await seal()
    const sealed = fs.readFileSync(file)
    for (let length = bytes.length + 1; length < sealed.length; length += 1500) {
      fs.writeFileSync(file, sealed.subarray(0, length))
      expect(openBytes(new Uint8Array(fs.readFileSync(file))).info).toMatchObject({
        complete: true,
        dataHashes: 'absent',
      })
      expect(await seal()).toMatchObject({ hashedBytes: dataBlocks.length * BLOCK })
      expect(fs.readFileSync(file).equals(sealed)).toBe(true)
    }
  })

  it('leaves the archive as it was when writing fails', async () => {
    const { bytes } = instantArchive()
    for (let failing = 0; failing < 3; failing++) {
      fs.writeFileSync(file, bytes)
      let writes = 0
      const write: Ports['files']['write'] = (...parameters) => {
        if (writes++ === failing) throw new ReftarError('no-space', { verbatim: 'full' })
        return ports.files.write(...parameters)
      }
      await expect(seal({ ...ports, files: { ...ports.files, write } })).rejects.toMatchObject({
        code: 'no-space',
        context: { path: file },
      })
      expect(fs.readFileSync(file).equals(bytes)).toBe(true)
    }
  })

  it('leaves the archive as it was when cancelled', async () => {
    const { bytes } = instantArchive()
    fs.writeFileSync(file, bytes)
    const controller = new AbortController()
    controller.abort()
    let now = 0
    const clock = { ...ports.clock, now: () => (now += 1000) }
    await expect(seal({ ...ports, clock }, controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(fs.readFileSync(file).equals(bytes)).toBe(true)
  })

  it('refuses an archive that another run is sealing', async () => {
    const { bytes } = instantArchive()
    fs.writeFileSync(file, bytes)
    const other = ports.files.openFilePath(textToByteString(file), 'read-write')
    try {
      expect(ports.files.tryLock(other)).toBe('locked')
      await expect(seal()).rejects.toMatchObject({ code: 'busy' })
      expect(fs.readFileSync(file).equals(bytes)).toBe(true)
    } finally {
      ports.files.close(other)
    }
    expect(await seal()).toMatchObject({ alreadySealed: false })
  })

  it('refuses an archive that was cut off, and what is none', async () => {
    const { bytes } = instantArchive()
    fs.writeFileSync(file, bytes.subarray(0, bytes.length - 2 * BLOCK))
    await expect(seal()).rejects.toMatchObject({ code: 'incomplete' })
    expect(fs.readFileSync(file).length).toBe(bytes.length - 2 * BLOCK)
    fs.writeFileSync(file, 'no archive at all')
    await expect(seal()).rejects.toMatchObject({ code: 'not-an-archive' })
    fs.rmSync(file)
    await expect(seal()).rejects.toMatchObject({ code: 'not-found', context: { path: file } })
  })
})
