/**
 * A second reader of format 1, by the rules of docs/format-1.md and sharing no code with the engine: the judge of what
 * the engine writes. It reads the whole archive into memory, and throws at everything that the rules don't allow.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'

interface Format1Extent {
  readonly kind: 'D' | 'R' | 'S'
  readonly id: number
  readonly blocks: number
  readonly fileOffset: number
}

interface Format1Entry {
  /** Latin-1, one character a byte, as everywhere in tests. */
  readonly path: string
  readonly type: string
  readonly size: number
  readonly seconds: number
  readonly target: string
  readonly content: Buffer
  readonly extents: readonly Format1Extent[]
}

export interface Format1Archive {
  readonly blockSize: number
  readonly sizeBytes: number
  readonly entries: readonly Format1Entry[]
}

/** Decodes an archive that our writer made. */
export function readFormat1(path: string): Format1Archive {
  const bytes = readFileSync(path)
  assert.equal(bytes.toString('latin1', 0, 6), 'reftar')
  assert.equal(bytes.readUInt16LE(6), 1)
  const blockSize = bytes.readUInt32LE(8)
  const state: State = { bytes, blockSize, at: blockSize, data: new Map() }
  assertZeros(bytes, 12, blockSize)
  const entries: Format1Entry[] = []
  while (state.at < bytes.length) entries.push(readEntry(state))
  assert.equal(state.at, bytes.length)
  return { blockSize, sizeBytes: bytes.length, entries }
}

interface State {
  readonly bytes: Buffer
  readonly blockSize: number
  at: number
  readonly data: Map<number, { readonly payload: Buffer; readonly blocks: number; readonly crc: number }>
}

function assertZeros(bytes: Buffer, from: number, to: number): void {
  assert.ok(
    bytes.subarray(from, to).every((byte) => byte === 0),
    `padding at ${from} isn't zeros`,
  )
}

/** Leaves `state.at` on the next block boundary behind `end`, checking the padding. */
function pad(state: State, end: number): void {
  const next = Math.ceil(end / state.blockSize) * state.blockSize
  assertZeros(state.bytes, end, next)
  state.at = next
}

function readEntry(state: State): Format1Entry {
  const { bytes, blockSize } = state
  const start = state.at
  assert.equal(bytes.toString('latin1', start, start + 4), 'FILE')
  const headerSize = bytes.readUInt32LE(start + 4)
  const size = Number(bytes.readBigUInt64LE(start + 8))
  assert.equal(bytes.readUInt32LE(start + 16), 0)
  const type = bytes.toString('latin1', start + 20, start + 21)
  const seconds = Number(bytes.readBigInt64LE(start + 61))
  let at = start + 77
  const strings = Array.from({ length: 6 }, () => {
    const length = bytes.readUInt32LE(at)
    const text = bytes.toString('latin1', at + 4, at + 4 + length)
    at += 4 + length
    return text
  })
  at += 128 + 8
  const isInline = type === '0' && size < blockSize
  const inline = bytes.subarray(at, isInline ? at + size : at)
  assert.equal(start + headerSize, at + inline.length)
  pad(state, at + inline.length)
  const [, , folder = '', name = '', target = ''] = strings
  const path = folder === '' ? name : `${folder}/${name}`
  if (type !== '0' || isInline) return { path, type, size, seconds, target, content: inline, extents: [] }
  return { path, type, size, seconds, target, ...readExtents(state, size) }
}

function readExtents(state: State, size: number): { content: Buffer; extents: Format1Extent[] } {
  const { bytes, blockSize } = state
  const extents: Format1Extent[] = []
  const parts: Buffer[] = []
  let covered = 0
  while (covered < size) {
    const start = state.at
    const id = Number(bytes.readBigUInt64LE(start))
    const blocks = bytes.readUInt32LE(start + 8)
    const kind = bytes.toString('latin1', start + 12, start + 13)
    const fileOffset = Number(bytes.readBigUInt64LE(start + 13))
    const crc = bytes.readUInt32LE(start + 21)
    assert.ok(blocks > 0)
    assert.equal(fileOffset, covered)
    pad(state, start + 25)
    if (kind === 'D') {
      const payload = bytes.subarray(state.at, state.at + blocks * blockSize)
      assert.equal(payload.length, blocks * blockSize)
      assert.equal(crc32(payload), crc)
      assert.ok(!state.data.has(id), `extent ${id} comes twice`)
      assert.equal(id, state.data.size)
      state.data.set(id, { payload, blocks, crc })
      parts.push(payload)
      state.at += payload.length
      extents.push({ kind, id, blocks, fileOffset })
    } else if (kind === 'R') {
      const known = state.data.get(id)
      assert.ok(known, `extent ${id} isn't there yet`)
      assert.equal(blocks, known.blocks)
      assert.equal(crc, known.crc)
      parts.push(known.payload)
      extents.push({ kind, id, blocks, fileOffset })
    } else {
      assert.equal(kind, 'S')
      assert.equal(crc, 0)
      parts.push(Buffer.alloc(blocks * blockSize))
      extents.push({ kind: 'S', id, blocks, fileOffset })
    }
    covered += blocks * blockSize
  }
  const whole = Buffer.concat(parts)
  assertZeros(whole, size, whole.length)
  return { content: whole.subarray(0, size), extents }
}
