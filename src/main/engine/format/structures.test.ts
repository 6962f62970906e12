import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Directory, decodeDirectory, emptyTotals, encodeDirectory } from './directory.ts'
import { blake3, IncrementalHasher } from './hash.ts'
import { type Chunk, decodeHashes, encodeHashes } from './hashes.ts'
import { decodeSectionHeader, encodeSectionHeader, type SectionHeader, sectionKinds } from './section.ts'
import { decodeSuperblock, encodeSuperblock, type Superblock } from './superblock.ts'
import { decodeTrailer, encodeTrailer } from './trailer.ts'
import { ByteReader, ByteWriter } from './varint.ts'

const BLOCK = 4096
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const archiveId = fromHex('000102030405060708090a0b0c0d0e0f')
const hash = new Uint8Array(32).fill(0xee)

/** Every cut and every flipped bit: what comes out is a ReftarError or passes `accepts`. */
function damageEveryBit(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => unknown,
  accepts: (value: unknown) => boolean,
): void {
  const attempt = (damaged: Uint8Array): void => {
    try {
      expect(accepts(decode(damaged))).toBe(true)
    } catch (error) {
      if (!(error instanceof ReftarError)) throw error
    }
  }
  for (let length = 0; length < bytes.length; length++) attempt(bytes.slice(0, length))
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice()
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    attempt(flipped)
  }
}

describe('varint', () => {
  it('round-trips and is minimal', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }), (natural, integer) => {
        const writer = new ByteWriter(1)
        writer.varint(natural)
        writer.svarint(integer)
        const reader = new ByteReader(writer.view(), 'page')
        expect([reader.varint(), reader.svarint(), reader.remainingBytes]).toEqual([natural, integer, 0])
      }),
    )
  })

  it('is written as docs/format.md says', () => {
    const written = (value: number): string => {
      const writer = new ByteWriter()
      writer.varint(value)
      return hex(writer.view())
    }
    expect([0, 127, 128, 300, 2 ** 32, Number.MAX_SAFE_INTEGER].map(written)).toEqual([
      '00',
      '7f',
      '8001',
      'ac02',
      '8080808010',
      'ffffffffffffff0f',
    ])
    expect(() => written(-1)).toThrow(ReftarError)
    expect(() => written(2 ** 53)).toThrow(ReftarError)
  })

  it('is refused when it is cut off, too long, too large or not minimal', () => {
    for (const text of ['', '80', '8000', '808000', 'ffffffffffffff1f', 'ffffffffffffffff01', '8080808080808000']) {
      expect(() => new ByteReader(fromHex(text), 'page').varint()).toThrow(ReftarError)
    }
  })
})

describe('superblock', () => {
  const superblock: Superblock = {
    blockSizeBytes: BLOCK,
    archiveId,
    requiredFeatures: 0n,
    optionalFeatures: 5n,
    createdAt: { seconds: -2, nanoseconds: 999_999_999 },
  }
  const bytes = encodeSuperblock(superblock)

  it('is laid out as docs/format.md says', () => {
    const fields =
      '726566746172 0200 00100000 00000000 000102030405060708090a0b0c0d0e0f 0000000000000000 0500000000000000 feffffffffffffff ffc99a3b'
    expect(hex(bytes.subarray(0, 96))).toBe(`${fields.replaceAll(' ', '')}${'00'.repeat(36)}`)
    expect(hex(bytes.subarray(96))).toBe(hex(blake3(bytes.subarray(0, 96))))
    expect(decodeSuperblock(bytes)).toEqual(superblock)
  })

  it('is refused when cut or changed anywhere', () => {
    damageEveryBit(bytes, decodeSuperblock, () => false)
  })

  it('names unknown versions and features', () => {
    const newer = bytes.slice()
    newer[6] = 3
    expect(() => decodeSuperblock(newer)).toThrow(expect.objectContaining({ code: 'unsupported-version' }))
    const features = encodeSuperblock({ ...superblock, requiredFeatures: 1n })
    expect(() => decodeSuperblock(features)).toThrow(expect.objectContaining({ code: 'unsupported-version' }))
    expect(() => decodeSuperblock(fromHex('504b0304'.repeat(32)))).toThrow(
      expect.objectContaining({ code: 'not-an-archive' }),
    )
    for (const size of [0, 1, 512, 4097, 2 ** 21, 2 ** 31]) {
      expect(() => encodeSuperblock({ ...superblock, blockSizeBytes: size })).toThrow(ReftarError)
    }
  })
})

describe('section header', () => {
  const header: SectionHeader = {
    block: 9,
    archiveId,
    kind: sectionKinds.page,
    encoding: 1,
    sequence: 3,
    previousBlock: 7,
    rawLengthBytes: 1000,
    storedLengthBytes: 300,
    payloadHash: hash,
  }
  const bytes = encodeSectionHeader(header)

  it('is laid out as docs/format.md says', () => {
    const fields =
      '5246545345435432 000102030405060708090a0b0c0d0e0f 02000000 01000000 0300000000000000 0700000000000000 e803000000000000 2c01000000000000'
    expect(hex(bytes.subarray(0, 96))).toBe(`${fields.replaceAll(' ', '')}${'ee'.repeat(32)}`)
    expect(hex(bytes.subarray(96))).toBe(hex(blake3(fromHex(`${hex(bytes.subarray(0, 96))}0900000000000000`))))
    expect(decodeSectionHeader(bytes, archiveId, 9)).toEqual(header)
  })

  it('is none when cut, changed, moved or of another archive', () => {
    damageEveryBit(
      bytes,
      (damaged) => decodeSectionHeader(damaged, archiveId, 9),
      (value) => value === undefined,
    )
    expect(decodeSectionHeader(bytes, archiveId, 10)).toBeUndefined()
    expect(decodeSectionHeader(bytes, hash.subarray(0, 16), 9)).toBeUndefined()
  })
})

describe('hashes', () => {
  it('round-trip, and are refused when cut', () => {
    const chunks: Chunk[] = [
      { offset: BLOCK, lengthBytes: 3 * BLOCK, hash },
      { offset: 4 * BLOCK, lengthBytes: BLOCK, hash },
      { offset: 300 * BLOCK, lengthBytes: 256 * BLOCK, hash },
    ]
    const bytes = encodeHashes(chunks, BLOCK)
    expect(hex(bytes.subarray(0, 3))).toBe('030103')
    expect(decodeHashes(bytes, BLOCK)).toEqual(chunks)
    damageEveryBit(bytes, (damaged) => decodeHashes(damaged, BLOCK), Array.isArray)
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeHashes(bytes.subarray(0, length), BLOCK)).toThrow(ReftarError)
  })
})

describe('directory', () => {
  const place = { encoding: 0, rawLengthBytes: 10, storedLengthBytes: 10, payloadHash: hash }
  const directory: Directory = {
    creator: 'reftar 1.0',
    dataHashes: 'complete',
    totals: { ...emptyTotals, entries: 12, logicalBytes: 2 ** 50 },
    sources: [{ type: 'xfs', id: '1f2e' }],
    sections: [
      { ...place, kind: sectionKinds.pack, block: 1 },
      { ...place, kind: sectionKinds.page, block: 2, firstOrdinal: 0, entryCount: 5, firstPath: 'a' as ByteString },
      { ...place, kind: sectionKinds.hashes, block: 40, firstBlock: 3, endBlock: 40 },
      { ...place, kind: sectionKinds.page, block: 41, firstOrdinal: 5, entryCount: 7, firstPath: '\xff' as ByteString },
      { ...place, kind: 'unknown', kindNumber: 0x80000007, block: 42 },
    ],
  }
  const bytes = encodeDirectory(directory, BLOCK)

  it('round-trips and does no harm when damaged', () => {
    expect(decodeDirectory(bytes, BLOCK)).toEqual(directory)
    damageEveryBit(
      bytes,
      (damaged) => decodeDirectory(damaged, BLOCK),
      () => true,
    )
  })

  it('passes over records it does not know, but not over sections', () => {
    expect(decodeDirectory(Uint8Array.from([...bytes, 99, 2, 1, 1]), BLOCK)).toEqual(directory)
    const strange = encodeDirectory(
      { ...directory, sections: [{ ...place, kind: 'unknown', kindNumber: 77, block: 1 }] },
      BLOCK,
    )
    expect(() => decodeDirectory(strange, BLOCK)).toThrow(expect.objectContaining({ code: 'unsupported-version' }))
  })
})

describe('trailer', () => {
  it('is laid out as docs/format.md says', () => {
    const bytes = encodeTrailer({ directoryBlock: 258, fileLengthBytes: 2 ** 40, rootHash: hash })
    expect(hex(bytes)).toBe(`02010000000000000000000000010000${'ee'.repeat(32)}`)
    expect(decodeTrailer(bytes)).toEqual({ directoryBlock: 258, fileLengthBytes: 2 ** 40, rootHash: hash })
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeTrailer(bytes.subarray(0, length))).toThrow(ReftarError)
  })
})

describe('hash', () => {
  it('is BLAKE3, in one piece or several', () => {
    expect(hex(blake3(new Uint8Array(0)))).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262')
    const hasher = new IncrementalHasher()
    for (let round = 0; round < 2; round++) {
      expect(hex(hasher.update(fromHex('0102')).update(fromHex('03')).digest())).toBe(hex(blake3(fromHex('010203'))))
    }
  })
})
