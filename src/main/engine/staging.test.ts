import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import { archiveSuffix, isArchiveSuffix, newRun, parseStagedName, stagedName } from './staging.ts'

const run = newRun((length) => Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : 0xf0 + i)))

describe('stagedName', () => {
  it('makes names that are recognised, with their parts', () => {
    expect(run).toBe('00f1f2f3')
    const suffixes = [undefined, '0', '7', '123456789012345', archiveSuffix(textToByteString('a.reftar'))]
    for (const suffix of suffixes) {
      const name = stagedName(run, suffix)
      expect(parseStagedName(name)).toEqual({ run, suffix })
      expect(name.length).toBeLessThanOrEqual(255)
      // Hidden, and nothing a listing would take for an archive.
      expect(name).toMatch(/^\.reftar-.*\.part$/)
    }
    expect(stagedName(run)).toBe('.reftar-00f1f2f3.part')
    expect(stagedName(run, '7')).toBe('.reftar-00f1f2f3-7.part')
  })

  it.each([
    'reftar-00f1f2f3.part',
    '.reftar-00f1f2f3.part.reftar',
    'a/.reftar-00f1f2f3.part',
    '.reftar-00f1f2f3.part\n',
    '.reftar-00F1F2F3.part',
    '.reftar-00f1f2f.part',
    '.reftar-.part',
    '.reftar-00f1f2f3-.part',
    '.reftar-00f1f2f3-x.part',
    '.reftar-00f1f2f3-1-2.part',
  ])('takes nothing else for one: %j', (name) => {
    expect(parseStagedName(name as ByteString)).toBeUndefined()
  })
})

describe('archiveSuffix', () => {
  it('tells final names apart, also those that aren’t UTF-8', () => {
    const names = ['a', 'b', 'A', '\xff', '\xfe', 'é'].map((name) => name as ByteString)
    expect(new Set(names.map(archiveSuffix)).size).toBe(names.length)
    for (const name of names) expect(isArchiveSuffix(archiveSuffix(name))).toBe(true)
    expect(archiveSuffix('a' as ByteString)).toBe(archiveSuffix('a' as ByteString))
    for (const suffix of [undefined, '', '7', '123456789012345']) expect(isArchiveSuffix(suffix)).toBe(false)
  })
})
