/** An archive that shrinks or becomes another one while it is open: an error that says so, and no wrong contents. */
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { defaultLimits } from '../../src/main/engine/limits.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { simple2 } from '../corpus/cases.ts'
import { MemoryArchive } from './memory-archive.ts'
import { everything1, everything2 } from './seeds.ts'

const changes: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['is emptied', () => new Uint8Array(0)],
  ['loses its second half', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['becomes zeros', (bytes) => new Uint8Array(bytes.length)],
  ['becomes another archive', () => simple2([{ path: 'other' }])],
]

/** Codes of all errors that reading every entry and its content ends with. */
async function errorsOf(reader: ArchiveReader): Promise<Set<string>> {
  const codes = new Set<string>()
  const attempt = async (act: () => unknown): Promise<void> => {
    try {
      await act()
    } catch (error) {
      codes.add(error instanceof ReftarError ? error.code : String(error))
    }
  }
  await attempt(() => [...reader.entries()])
  await attempt(() => reader.readData(4096, 4096, new Uint8Array(4096)))
  await attempt(() => reader.loadPack(0))
  await attempt(async () => {
    let faults = 0
    await reader.verify({ signal: new AbortController().signal, progress: () => {}, problem: () => faults++ })
    if (faults > 0) codes.add('damaged')
  })
  return codes
}

describe.each(changes)('it %s', (_, change) => {
  it('format 2', async () => {
    const archive = new MemoryArchive(createPorts())
    archive.bytes = everything2()
    const reader = archive.open(defaultLimits)
    archive.bytes = change(everything2())
    expect([...(await errorsOf(reader))]).toEqual(['damaged'])
  })

  it('format 1', async () => {
    const archive = new MemoryArchive(createPorts())
    archive.bytes = everything1()
    const reader = archive.open(defaultLimits)
    archive.bytes = change(everything1())
    const codes = await errorsOf(reader)
    // It has no packs, which asking for one is a mistake about.
    codes.delete('internal')
    expect([...codes]).toEqual(['damaged'])
  })
})
