import { describe, expect, it, test } from 'vitest'
import { fc } from '../../test/support/fast-check.ts'
import { countOf, evenParts, formatCount, formatDuration, formatRatio, formatSize } from './format-size.ts'

describe('formatSize', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [96_000_000, '96 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.0 GB'],
    [3_100_000_000, '3.1 GB'],
    [13_900_000_000, '13.9 GB'],
    [120_400_000_000, '120 GB'],
    [Number.MAX_SAFE_INTEGER, '9.0 PB'],
    [-2048, '-2.0 kB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text)
  })

  test.each([
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [5 * 2 ** 20, '5.0 MiB'],
    [2 ** 30 - 1, '1.0 GiB'],
  ])('%d bytes are %s in IEC units', (bytes, text) => {
    expect(formatSize(bytes, 'iec')).toBe(text)
  })
})

test('counts are grouped and agree with their noun', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567')
  expect(countOf(0, 'file')).toBe('0 files')
  expect(countOf(1, 'file')).toBe('1 file')
  expect(countOf(2, 'entry', 'entries')).toBe('2 entries')
})

test.each([
  [40, '0.0 s'],
  [1500, '1.5 s'],
  [9960, '10 s'],
  [59_600, '1 min 0 s'],
  [185_000, '3 min 5 s'],
  [7_440_000, '2 h 4 min'],
  [3_599_900, '1 h 0 min'],
])('%d ms are %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('a ratio needs both sides', () => {
  expect(formatRatio(20, 5)).toBe('4.00 : 1')
  expect(formatRatio(20, 0)).toBeUndefined()
  expect(formatRatio(0, 0)).toBeUndefined()
})

describe('parts of a total', () => {
  const shown = (total: number, ...parts: number[]) => evenParts(total, parts).map((part) => formatSize(part))

  it('add up as they are shown', () => {
    expect(shown(844.3e6, 16e3, 206.6e6, 637.684e6)).toEqual(['16 kB', '206 MB', '638 MB'])
    expect(shown(206.75e6, 26.3e6, 180.45e6)).toEqual(['26 MB', '181 MB'])
    expect(shown(0, 0, 0)).toEqual(['0 B', '0 B'])
    expect(shown(1e6, 1e6)).toEqual(['1.0 MB'])
    // Not all of it.
    expect(shown(8.3e6, 5.2e6, 1e6)).toEqual(['5.2 MB', '1.0 MB'])
  })

  it('whatever they are, no part further off than one in its last digit', () => {
    const part = fc.integer({ min: 10_000_000, max: 160_000_000 })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const total = parts.reduce((sum, bytes) => sum + bytes, 0)
        const megabytes = (bytes: number) => Number.parseInt(formatSize(bytes), 10)
        const even = evenParts(total, parts)
        expect(even.reduce((sum, bytes) => sum + megabytes(bytes), 0)).toBe(megabytes(total))
        even.forEach((bytes, at) => {
          expect(Math.abs(bytes - (parts[at] ?? 0))).toBeLessThanOrEqual(1_000_000)
        })
      }),
    )
  })
})
