import { describe, expect, it } from 'vitest'
import { createFormat } from './format.ts'

const november2025 = Date.UTC(2025, 10, 20)
const english = createFormat('en-GB', 'si', november2025)
const german = createFormat('de', 'iec', november2025)

describe('format', () => {
  it('writes sizes and counts as the locale does', () => {
    expect(english.size(13_900_000_000)).toBe('13.9 GB')
    expect(german.size(13_900_000_000)).toBe('12,9 GiB')
    expect(english.count(1_234_567)).toBe('1,234,567')
    expect(german.count(1_234_567)).toBe('1.234.567')
    expect(german.duration(3100)).toBe('3,1 s')
  })

  it('never rounds to all or nothing', () => {
    expect(english.percent(0.999)).toBe('99%')
    expect(english.percent(1)).toBe('100%')
    expect(english.percent(0.0001)).toBe('1%')
    expect(english.percent(0)).toBe('0%')
  })

  it('shows the time this year, and the year otherwise', () => {
    const seconds = (year: number) => Math.floor(new Date(year, 9, 3, 14, 2).getTime() / 1000)
    expect(english.date({ seconds: seconds(2025), nanoseconds: 0 })).toBe('3 Oct, 14:02')
    expect(english.date({ seconds: seconds(2019), nanoseconds: 0 })).toBe('3 Oct 2019')
    expect(english.date({ seconds: 9e15, nanoseconds: 5 })).toBe('@9000000000000000.000000005')
  })
})
