import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import { treeStep } from '../features/browser/tree-keys.ts'
import { treeLines } from './tree-slice.ts'

const path = (text: string): ByteString => text as ByteString
const branch = (names: readonly string[], complete = true) => ({
  folders: names.map((name) => ({ path: path(name), hasFolders: name === 'a' || name === 'a/b' })),
  complete,
  isLoading: false,
  failure: undefined,
})

const tree = {
  branches: new Map([
    [path(''), branch(['a', 'z'])],
    [path('a'), branch(['a/b', 'a/c'], false)],
  ]),
  expanded: new Set([path(''), path('a')]),
}

describe('folder tree', () => {
  const lines = treeLines(tree)
  const at = (name: string) => lines.findIndex(({ kind, path }) => kind === 'folder' && path === name)

  it('shows opened folders from top to bottom, and where more will come', () => {
    expect(lines.map(({ kind, path, level }) => [kind, path, level])).toEqual([
      ['folder', '', 1],
      ['folder', 'a', 2],
      ['folder', 'a/b', 3],
      ['folder', 'a/c', 3],
      ['more', 'a', 3],
      ['folder', 'z', 2],
    ])
  })

  it('moves over lines that are no folders', () => {
    expect(treeStep('ArrowDown', lines, at('a/c'))).toEqual({ kind: 'move', path: 'z' })
    expect(treeStep('ArrowUp', lines, at('z'))).toEqual({ kind: 'move', path: 'a/c' })
    expect(treeStep('End', lines, 0)).toEqual({ kind: 'move', path: 'z' })
    expect(treeStep('ArrowDown', lines, at('z'))).toBeUndefined()
  })

  it('opens, enters, closes and leaves folders with the arrows', () => {
    expect(treeStep('ArrowRight', lines, at('a/b'))).toEqual({ kind: 'expand', path: 'a/b' })
    expect(treeStep('ArrowRight', lines, at('a'))).toEqual({ kind: 'move', path: 'a/b' })
    expect(treeStep('ArrowRight', lines, at('z'))).toBeUndefined()
    expect(treeStep('ArrowLeft', lines, at('a'))).toEqual({ kind: 'collapse', path: 'a' })
    expect(treeStep('ArrowLeft', lines, at('a/c'))).toEqual({ kind: 'move', path: 'a' })
    expect(treeStep('Enter', lines, at('a/c'))).toEqual({ kind: 'go', path: 'a/c' })
    expect(treeStep('x', lines, 0)).toBeUndefined()
  })
})
