import { describe, expect, it } from 'vitest'
import { ReftarError } from '../../../shared/errors.ts'
import type { Cloner, FileSystem, Handle } from '../ports.ts'
import { FileSink, GROWTH_STEP_BYTES, PipeSink } from './sink.ts'

const target = 8 as Handle
const source = 5 as Handle

type Call = 'write' | 'read' | 'truncate' | 'cloneRange'

/** A file in memory that takes at most 1000 bytes a call, and one call that fails. */
function makePorts(failing?: Call) {
  const file = Buffer.alloc(20_000)
  const sizes: number[] = []
  const fail = (call: Call) => {
    if (call === failing) throw new ReftarError('io-error', { verbatim: call })
  }
  const files = {
    write: (_handle: Handle, buffer: Uint8Array, offset: number, length: number, position: number) => {
      fail('write')
      const count = Math.min(length, 1000)
      file.set(buffer.subarray(offset, offset + count), position)
      return count
    },
    read: (_handle: Handle, buffer: Uint8Array, offset: number, length: number, position: number) => {
      fail('read')
      const piece = file.subarray(position, position + Math.min(length, 1000))
      buffer.set(piece, offset)
      return piece.length
    },
    truncate: (_handle: Handle, sizeBytes: number) => {
      fail('truncate')
      sizes.push(sizeBytes)
    },
    beginWriteback: () => {},
    sync: () => {},
  } as unknown as FileSystem
  const cloner = { cloneRange: () => fail('cloneRange') } as unknown as Cloner
  return { files, cloner, file, sizes }
}

describe('FileSink', () => {
  it('writes and reads back all of it, in however many calls', () => {
    const { files, cloner } = makePorts()
    const sink = new FileSink(files, cloner, target)
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251))
    sink.write(bytes, 4096)
    const back = Buffer.alloc(5000)
    sink.read(back, 5000, 4096)
    expect(back.equals(bytes)).toBe(true)
    expect(sink.hasFailed).toBe(false)
  })

  it('reads zeros behind the end, also into a used buffer', () => {
    const { files, cloner } = makePorts()
    const sink = new FileSink(files, cloner, target)
    const back = Buffer.alloc(100, 0xff)
    sink.read(back, 100, 19_950)
    expect(back.equals(Buffer.alloc(100))).toBe(true)
  })

  it('grows in steps before cloning, and is cut in the end', () => {
    const { files, cloner, sizes } = makePorts()
    const sink = new FileSink(files, cloner, target)
    sink.clone(source, 0, 4096, 4096)
    sink.clone(source, 0, 4096, 8192)
    sink.clone(source, 0, 4096, GROWTH_STEP_BYTES)
    sink.finish(12_345)
    expect(sizes).toEqual([GROWTH_STEP_BYTES, 2 * GROWTH_STEP_BYTES, 12_345])
  })

  it.each([
    ['write', (sink: FileSink) => sink.write(Buffer.alloc(10), 0)],
    ['read', (sink: FileSink) => sink.read(Buffer.alloc(10), 10, 0)],
    ['truncate', (sink: FileSink) => sink.clone(source, 0, 4096, 4096)],
    ['cloneRange', (sink: FileSink) => sink.clone(source, 0, 4096, 4096)],
  ] as const)('has failed once %s went wrong', (call, act) => {
    const { files, cloner } = makePorts(call)
    const sink = new FileSink(files, cloner, target)
    expect(() => act(sink)).toThrow(call)
    expect(sink.hasFailed).toBe(true)
  })
})

describe('PipeSink', () => {
  it('writes in order, can’t be read or cloned into, and says when it failed', () => {
    const { files } = makePorts('write')
    const sink = new PipeSink(files, target)
    expect(sink.handle).toBeUndefined()
    expect(() => sink.clone()).toThrow()
    expect(() => sink.read()).toThrow()
    expect(sink.hasFailed).toBe(false)
    expect(() => sink.write(Buffer.alloc(1))).toThrow(ReftarError)
    expect(sink.hasFailed).toBe(true)
  })
})
