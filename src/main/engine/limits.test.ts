/** The limits at their edges: what honest archives claim passes, one more is refused by name. */
import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import { checkDirectory, checkEntryLimits, checkTotals, defaultLimits, ExtractionBudget, noLimits } from './limits.ts'

const deep = (components: number): ByteString =>
  textToByteString(Array.from({ length: components }, () => 'd').join('/'))

describe('entries', () => {
  it.each([
    [
      'components',
      () => checkEntryLimits(defaultLimits, deep(1024), 0),
      () => checkEntryLimits(defaultLimits, deep(1025), 0),
    ],
    [
      'bytes of a path',
      () => checkEntryLimits(defaultLimits, 'x'.repeat(65_535) as ByteString, 0),
      () => checkEntryLimits(defaultLimits, 'x'.repeat(65_536) as ByteString, 0),
    ],
    ['number', () => checkTotals(defaultLimits, 2 ** 26, 0), () => checkTotals(defaultLimits, 2 ** 26 + 1, 0)],
    ['size', () => checkTotals(defaultLimits, 1, 2 ** 53 - 1), () => checkTotals(defaultLimits, 1, 2 ** 53)],
    ['directory', () => checkDirectory(defaultLimits, 2 ** 26), () => checkDirectory(defaultLimits, 2 ** 26 + 1)],
  ])('%s', (_, honest, hostile) => {
    expect(honest).not.toThrow()
    expect(hostile).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
  })

  it('a refusal names the entry', () => {
    expect(() => checkEntryLimits({ ...defaultLimits, depth: 2 }, deep(3), 0)).toThrow(
      expect.objectContaining({ context: { entry: 'd/d/d' } }),
    )
  })
})

describe('an extraction', () => {
  const gib = 2 ** 30

  it('may write a small archive’s honest contents, and a thousand copies of a large one', () => {
    expect(() => new ExtractionBudget(defaultLimits, 4096).addWritten(gib)).not.toThrow()
    const budget = new ExtractionBudget(defaultLimits, gib)
    for (let copy = 0; copy < 1000; copy++) budget.addWritten(gib)
  })

  it('may have files of petabytes that are holes', () => {
    const budget = new ExtractionBudget(defaultLimits, 4096)
    for (let file = 0; file < 1000; file++) budget.addFile(2 ** 42)
  })

  it('ends where a small archive would fill the disk', () => {
    const budget = new ExtractionBudget(defaultLimits, 4096)
    budget.addWritten(gib)
    expect(() => budget.addWritten(1)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
  })

  it('ends where packs are unpacked again and again', () => {
    const budget = new ExtractionBudget(defaultLimits, 4096)
    expect(() => {
      for (let pack = 0; pack < 2000; pack++) budget.addUnpacked(2 ** 26)
    }).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
  })

  it('may do anything when the user trusts the archive', () => {
    const budget = new ExtractionBudget(noLimits, 0)
    budget.addFile(2 ** 53)
    budget.addWritten(2 ** 60)
    budget.addUnpacked(2 ** 60)
  })
})
