import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/fast-check.ts'
import {
  type ByteString,
  baseName,
  byteStringToBytes,
  byteStringToText,
  bytesToByteString,
  comparePaths,
  displayName,
  joinPath,
  parentPath,
  textToByteString,
} from './byte-string.ts'

const bytes = (text: string): ByteString => text as ByteString
const anyByte = fc.integer({ min: 0, max: 255 })
const anyName = fc.array(
  fc.oneof(anyByte, fc.constantFrom(0x2f, 0x5c, 0x78, 0x75, 0x7b, 0xc3, 0xa9, 0xe2, 0x80, 0xae)),
  {
    maxLength: 8,
  },
)
const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff })), { maxLength: 10 })
  .map((points) => String.fromCodePoint(...points))
const anyByteString = anyName.map((units) => bytes(String.fromCharCode(...units)))

describe('ByteString', () => {
  it('stands for its bytes, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (raw) => {
        const name = bytesToByteString(raw)
        expect(name).toHaveLength(raw.length)
        expect(Buffer.from(byteStringToBytes(name)).equals(raw)).toBe(true)
      }),
    )
    // A view of part of a buffer.
    expect(bytesToByteString(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('\x02\x03')
  })

  it('comes from text and goes back to it', () => {
    // Without a BOM at the beginning: see below.
    fc.assert(
      fc.property(anyText, (text) => {
        expect(byteStringToText(textToByteString(text))).toBe(text)
      }),
    )
    expect(textToByteString('é€')).toBe('\xc3\xa9\xe2\x82\xac')
  })

  it('has no text where it isn’t UTF-8', () => {
    for (const name of ['\xff', '\xc3', 'a\x80', '\xc0\xaf', '\xed\xa0\x80', '\xf8\x88\x80\x80\x80']) {
      expect(byteStringToText(bytes(name))).toBeUndefined()
    }
  })
})

describe('displayName', () => {
  it('shows plain text as it is', () => {
    for (const text of ['a', 'Fotos/é €.jpg', '日本語', '👍', "it's “so”", ' ']) {
      expect(displayName(textToByteString(text))).toBe(text)
    }
  })

  it('escapes what could disguise a name', () => {
    for (const [text, shown] of [
      ['a\nb', 'a\\u{a}b'],
      ['\u001b[31m', '\\u{1b}[31m'],
      ['\u007f', '\\u{7f}'],
      ['\u0085', '\\u{85}'],
      ['invoice\u202efdp.exe', 'invoice\\u{202e}fdp.exe'],
      ['\u2066a\u2069', '\\u{2066}a\\u{2069}'],
      ['a\u200bb', 'a\\u{200b}b'],
      ['a\ufeffb', 'a\\u{feff}b'],
      ['\u2028', '\\u{2028}'],
      ['\\u{a}', '\\\\u{a}'],
    ] as const) {
      expect(displayName(textToByteString(text))).toBe(shown)
    }
  })

  it('shows the bytes of what isn’t UTF-8', () => {
    expect(displayName(bytes('a\xff\x01\\é'))).toBe('a\\xff\\x01\\\\\\xe9')
    expect(displayName(bytes('\xff~ '))).toBe('\\xff~ ')
  })

  it('never shows a control or bidirectional character', () => {
    fc.assert(
      fc.property(fc.oneof(anyByteString, anyText.map(textToByteString)), (name) => {
        expect(displayName(name)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('shows two different names differently', () => {
    const shown = new Map<string, string>()
    const check = (name: ByteString) => {
      const text = displayName(name)
      expect(shown.get(text) ?? name).toBe(name)
      shown.set(text, name)
    }
    const alphabet = ['\\', 'x', 'u', '{', '}', 'f', 'a', '\x0a', '\xff', '\xc2', '\xa0', '\x80']
    for (const a of alphabet) {
      check(bytes(a))
      for (const b of alphabet) {
        check(bytes(a + b))
        for (const c of alphabet) check(bytes(a + b + c))
      }
    }
    fc.assert(
      fc.property(anyByteString, anyByteString, (a, b) => {
        expect(displayName(a) === displayName(b)).toBe(a === b)
      }),
      { numRuns: 1000 },
    )
  })

  it('shows a BOM at the beginning', () => {
    expect(displayName(textToByteString('\ufeffa'))).toBe('\\u{feff}a')
  })
})

describe('comparePaths', () => {
  const component = fc
    .array(fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(0x20, 0x2d, 0x2e, 0x30, 0x61)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((units) => String.fromCharCode(...units).replaceAll('/', '-'))
  const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((names) => bytes(names.join('/')))

  it('is byte order with “/” below every other byte', () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const key = (text: string) => Buffer.from(text.replaceAll('/', '\0'), 'latin1')
        expect(Math.sign(comparePaths(a, b))).toBe(Buffer.compare(key(a), key(b)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is walk order: components in turn, a folder directly before what it holds', () => {
    const byComponents = (a: string, b: string): number => {
      const [x, y] = [a.split('/'), b.split('/')]
      for (let i = 0; i < Math.min(x.length, y.length); i++) {
        const [left = '', right = ''] = [x[i], y[i]]
        if (left !== right) return left < right ? -1 : 1
      }
      return x.length - y.length
    }
    fc.assert(
      fc.property(path, path, (a, b) => {
        expect(Math.sign(comparePaths(a, b))).toBe(Math.sign(byComponents(a, b)))
      }),
      { numRuns: 1000 },
    )
  })

  it('orders what plain comparison doesn’t', () => {
    const sorted = ['a', 'a/b', 'a/b/c', 'a\x01', 'a ', 'a-b', 'a.b', 'a0', 'b'].map(bytes)
    expect([...sorted].reverse().sort(comparePaths)).toEqual(sorted)
    expect(comparePaths(bytes('a'), bytes('a'))).toBe(0)
  })
})

describe('joinPath, parentPath, baseName', () => {
  it('put together and take apart', () => {
    expect(joinPath(bytes('a/b'), bytes('c'))).toBe('a/b/c')
    expect(joinPath(bytes(''), bytes('c'))).toBe('c')
    expect(joinPath(bytes('a'), bytes(''))).toBe('a')
    expect(parentPath(bytes('a/b/c'))).toBe('a/b')
    expect(parentPath(bytes('a'))).toBe('')
    expect(baseName(bytes('a/b/c'))).toBe('c')
    expect(baseName(bytes('a'))).toBe('a')
  })
})
