import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import {
  entrySelection,
  isSelected,
  nothingSelected,
  type Selection,
  selectedCount,
  selectPaths,
  toggle,
} from './selection.ts'

const path = (text: string): ByteString => text as ByteString
const allOfView: Selection = { kind: 'view', viewId: 4, except: new Set() }

describe('selection', () => {
  it('of single entries adds and takes away', () => {
    const two = toggle(selectPaths([path('a')]), path('b'))
    expect(selectedCount(two, 1000)).toBe(2)
    expect(isSelected(toggle(two, path('a')), path('a'))).toBe(false)
    expect(entrySelection(two)).toEqual({ kind: 'paths', paths: ['a', 'b'] })
  })

  it('of all rows names only the exceptions', () => {
    const without = toggle(allOfView, path('a'))
    expect(selectedCount(without, 1_000_000)).toBe(999_999)
    expect(isSelected(without, path('a'))).toBe(false)
    expect(isSelected(without, path('b'))).toBe(true)
    expect(entrySelection(without)).toEqual({ kind: 'view', viewId: 4, exceptPaths: ['a'] })
    expect(entrySelection(toggle(without, path('a')))).toEqual({ kind: 'view', viewId: 4, exceptPaths: [] })
  })

  it('of nothing means everything when something is to be extracted', () => {
    expect(entrySelection(nothingSelected)).toEqual({ kind: 'all' })
    expect(selectedCount(nothingSelected, 5)).toBe(0)
  })
})
