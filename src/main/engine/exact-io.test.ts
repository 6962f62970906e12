import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { readUpTo, writeAll } from './exact-io.ts'
import type { FileSystem, Handle } from './ports.ts'

const handle = 3 as Handle

/** A file whose calls do as little as `counts` says, in turn; a stream where the position is null. */
function makeFiles(content: Uint8Array, counts: readonly number[]) {
  const file = Buffer.from(content)
  let call = 0
  let streamAt = 0
  const amount = (length: number) => Math.min(length, counts[call++ % counts.length] ?? 1)
  const files = {
    read: (_handle: Handle, buffer: Uint8Array, offset: number, length: number, position: number | null) => {
      const piece = file.subarray(position ?? streamAt).subarray(0, amount(length))
      buffer.set(piece, offset)
      streamAt += piece.length
      return piece.length
    },
    write: (_handle: Handle, buffer: Uint8Array, offset: number, length: number, position: number | null) => {
      const count = amount(length)
      file.set(buffer.subarray(offset, offset + count), position ?? streamAt)
      streamAt += count
      return count
    },
  } as unknown as FileSystem
  return { files, file }
}

const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const content = fc.uint8Array({ maxLength: 60 })

describe('readUpTo', () => {
  it('reads all there is, in however many calls, and nothing beside it', () => {
    fc.assert(
      fc.property(content, counts, fc.nat(70), fc.nat(20), fc.boolean(), (bytes, few, length, position, isStream) => {
        const { files } = makeFiles(bytes, few)
        const buffer = new Uint8Array(80).fill(0xee)
        const from = isStream ? 0 : position
        const expected = bytes.subarray(from, from + length)
        expect(readUpTo(files, handle, buffer, 5, length, isStream ? null : position)).toBe(expected.length)
        expect(Buffer.from(buffer.subarray(5, 5 + expected.length)).equals(expected)).toBe(true)
        expect(buffer.subarray(0, 5).every((byte) => byte === 0xee)).toBe(true)
        expect(buffer.subarray(5 + expected.length).every((byte) => byte === 0xee)).toBe(true)
      }),
    )
  })
})

describe('writeAll', () => {
  it('writes all of it, in however many calls, and nothing beside it', () => {
    fc.assert(
      fc.property(content, counts, fc.nat(20), fc.boolean(), (bytes, few, position, isStream) => {
        const { files, file } = makeFiles(new Uint8Array(100), few)
        const buffer = Buffer.concat([Buffer.alloc(3, 0xee), bytes, Buffer.alloc(3, 0xee)])
        writeAll(files, handle, buffer, 3, bytes.length, isStream ? null : position)
        const expected = Buffer.alloc(100)
        expected.set(bytes, isStream ? 0 : position)
        expect(file.equals(expected)).toBe(true)
      }),
    )
  })

  it('throws instead of trying for ever', () => {
    const { files } = makeFiles(new Uint8Array(10), [0])
    expect(() => writeAll(files, handle, new Uint8Array(4), 0, 4, 0)).toThrow(
      expect.objectContaining({ code: 'io-error' }),
    )
  })
})
