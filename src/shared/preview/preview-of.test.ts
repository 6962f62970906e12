import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { imageHeader } from './image-header.ts'
import { PREVIEW_IMAGE_BYTES, PREVIEW_START_BYTES, previewOf } from './preview-of.ts'

const bytes = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0))
const preview = (start: Uint8Array, sizeBytes = start.length) => previewOf(start, sizeBytes)
const big = (value: number, length: number) =>
  Array.from({ length }, (_, i) => (value >>> (8 * (length - 1 - i))) & 0xff)
const little = (value: number, length: number) => big(value, length).reverse()

const png = (width: number, height: number) =>
  Uint8Array.of(
    ...bytes('\x89PNG\r\n\x1a\n'),
    ...big(13, 4),
    ...bytes('IHDR'),
    ...big(width, 4),
    ...big(height, 4),
    8,
    2,
  )
const gif = (width: number, height: number) =>
  Uint8Array.of(...bytes('GIF89a'), ...little(width, 2), ...little(height, 2))
const jpeg = (width: number, height: number) =>
  Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xe0, ...big(16, 2), ...bytes('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[
      0xff,
      0xc4,
      ...big(4, 2),
      0,
      0,
      0xff,
      0xff,
      0xc2,
      ...big(17, 2),
      8,
      ...big(height, 2),
      ...big(width, 2),
      3,
      0,
      0,
    ],
  )
const webp = (chunk: string, ...rest: number[]) =>
  Uint8Array.of(
    ...bytes('RIFF'),
    0,
    0,
    0,
    0,
    ...bytes('WEBP'),
    ...bytes(chunk),
    0,
    0,
    0,
    0,
    ...rest,
    ...new Uint8Array(10),
  )
const extended = webp('VP8X', 0, 0, 0, 0, ...little(1999, 3), ...little(999, 3))
const lossless = webp('VP8L', 0x2f, ...little((1999 | (999 << 14)) >>> 0, 4), 0, 0, 0, 0, 0)
const lossy = webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, ...little(2000, 2), ...little(1000, 2))

describe('images', () => {
  it.each([
    ['image/png', png(2000, 1000)],
    ['image/gif', gif(2000, 1000)],
    ['image/jpeg', jpeg(2000, 1000)],
    ['image/webp', extended],
    ['image/webp', lossless],
    ['image/webp', lossy],
  ] as const)('%s is known by its first bytes, with its size', (mediaType, start) => {
    expect(imageHeader(start)).toEqual({ mediaType, pixels: 2_000_000 })
    expect(preview(start)).toEqual({ kind: 'image', mediaType })
  })

  it('that are too large, or would unfold too far, or don’t say how far, aren’t shown', () => {
    const tooLarge = { kind: 'none', reason: 'too-large' }
    expect(preview(png(10, 10), PREVIEW_IMAGE_BYTES + 1)).toEqual(tooLarge)
    expect(preview(png(60_000, 60_000))).toEqual(tooLarge)
    expect(preview(gif(65_535, 65_535))).toEqual(tooLarge)
    expect(preview(png(1, 1).subarray(0, 20))).toEqual(tooLarge)
    expect(preview(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2))).toEqual(tooLarge)
  })

  it('made of text are texts', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    expect(preview(bytes(svg))).toEqual({ kind: 'text', text: svg, truncated: false })
  })
})

describe('texts', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', new TextEncoder().encode('Grüße\n\t— 漢字 🙂'), 'Grüße\n\t— 漢字 🙂'],
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'a'],
    ['UTF-16, little end first', Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xfc, 0), 'aü'],
    ['UTF-16, big end first', Uint8Array.of(0xfe, 0xff, 0, 0x61, 0, 0xfc), 'aü'],
    ['Windows-1252', bytes('Stra\xdfe f\xfcr 5 \x80'), 'Straße für 5 €'],
    ['colours of a terminal', bytes('\x1b[31mred\x1b[0m'), '\x1b[31mred\x1b[0m'],
  ])('%s', (_, start, text) => {
    expect(preview(start)).toEqual({ kind: 'text', text, truncated: false })
  })

  it('a character that the end cuts off is left out, of a text that goes on only', () => {
    const whole = new TextEncoder().encode('aü')
    expect(previewOf(whole.subarray(0, 2), 1000)).toEqual({ kind: 'text', text: 'a', truncated: true })
    expect(preview(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xfc), 1000)).toEqual({
      kind: 'text',
      text: 'a',
      truncated: true,
    })
    expect(previewOf(Uint8Array.of(0x61, 0xc3), 2)).toMatchObject({ kind: 'none' })
  })

  it('programs, zeros and compressed data are none', () => {
    const compressed = deflateSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => String(i * i)).join()))
    for (const start of [
      bytes('\x7fELF\x02\x01\x01\0\0'),
      new Uint8Array(100),
      compressed,
      bytes('\xe9\xe8\xff\xfe'),
    ]) {
      expect(preview(start)).toEqual({ kind: 'none', reason: 'binary' })
    }
    expect(preview(new Uint8Array(0))).toEqual({ kind: 'none', reason: 'empty' })
  })
})

it('whatever the bytes, there is an answer', () => {
  const magic = fc.constantFrom(
    '',
    '\x89PNG\r\n\x1a\n',
    'GIF89a',
    'RIFF....WEBPVP8X',
    'RIFF....WEBPVP8L',
    '\xff\xd8\xff',
  )
  fc.assert(
    fc.property(magic, fc.uint8Array({ maxLength: 100 }), fc.nat(PREVIEW_START_BYTES), (prefix, rest, more) => {
      const start = Uint8Array.of(...bytes(prefix), ...rest)
      expect(['text', 'image', 'none']).toContain(previewOf(start, start.length + more).kind)
    }),
  )
})
