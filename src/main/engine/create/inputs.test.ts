import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { fromDirectory, type InputNode, planInputs, splitSource } from './inputs.ts'

const name = (text: string): ByteString => textToByteString(text)

/** A plan in short: stored path, `=` for an input and `>` for a folder on the way, path on disk. */
function plan(inputs: readonly string[], keepPaths = false): string[] {
  const lines = (node: InputNode, parent: string): string[] => {
    const path = parent === '' ? node.name : `${parent}/${node.name}`
    const own = node.sourcePath === undefined ? [] : [`${path}${node.isInput ? '=' : '>'}${node.sourcePath}`]
    return [...own, ...node.children.flatMap((child) => lines(child, path))]
  }
  return lines(planInputs(inputs.map(name), keepPaths), '')
}

function codeOf(inputs: readonly string[], keepPaths = false): string | undefined {
  try {
    plan(inputs, keepPaths)
  } catch (error) {
    return error instanceof ReftarError ? error.code : String(error)
  }
  return undefined
}

describe('planInputs', () => {
  it('stores an input under its own last name', () => {
    expect(plan(['a/b.bin'])).toEqual(['b.bin=a/b.bin'])
    expect(plan(['/srv/data'])).toEqual(['data=/srv/data'])
    expect(plan(['../x/y'])).toEqual(['y=../x/y'])
    expect(plan(['z', 'a/m', '/b'])).toEqual(['b=/b', 'm=a/m', 'z=z'])
    expect(plan(['photos'])).toEqual(['photos=photos'])
    expect(plan(['photos/'])[0]).toMatch(/^photos=photos\/?$/)
  })

  it('keeps the path as given, its folders stored on the way', () => {
    expect(plan(['a/b/c'], true)).toEqual(['a>a', 'a/b>a/b', 'a/b/c=a/b/c'])
    expect(plan(['/srv/data'], true)).toEqual(['srv>/srv', 'srv/data=/srv/data'])
    expect(plan(['a/x', 'b', 'a/c'], true)).toEqual(['a>a', 'a/c=a/c', 'a/x=a/x', 'b=b'])
    expect(plan(['./a//b'], true)).toEqual(['a>a', 'a/b=./a//b'])
  })

  it('sorts children in name order, which is walk order', () => {
    expect(plan(['a/b', 'a.b', 'a-', 'a'].slice(0, 3), true)).toEqual(['a>a', 'a/b=a/b', 'a-=a-', 'a.b=a.b'])
    expect(plan(['é', 'z', 'A'])).toEqual(['A=A', 'z=z', `${name('é')}=${name('é')}`])
  })

  it('takes an input within another as part of it, whichever comes first', () => {
    expect(plan(['a', 'a/b/c'], true)).toEqual(['a=a'])
    expect(plan(['a/b/c', 'a/b/d', 'a'], true)).toEqual(['a=a'])
    expect(plan(['a/b', 'a/b/c', 'a/d'], true)).toEqual(['a>a', 'a/b=a/b', 'a/d=a/d'])
  })

  it.each(['.', '/', '..', './', 'a/..', '../..', './/.'])('stores what %s holds at the root', (input) => {
    const root = planInputs([name(input)], false)
    expect(root).toEqual({ name: '', sourcePath: input, isInput: true, children: [] })
  })

  it('stores a/. as a', () => {
    for (const input of ['a/.', 'a/./', 'x/./a/.']) {
      const [child] = planInputs([name(input)], false).children
      expect(child?.name).toBe('a')
      expect(child?.isInput).toBe(true)
      expect(splitSource(child?.sourcePath ?? name('')).name).toBe('a')
    }
  })

  it('refuses what can’t be carried out', () => {
    expect(codeOf([])).toBe('usage')
    expect(codeOf([''])).toBe('usage')
    expect(codeOf(['a', ''])).toBe('usage')
    for (const input of ['..', '../a', 'a/../b', 'a/..']) expect(codeOf([input], true)).toBe('usage')
  })

  it('refuses two inputs of one name', () => {
    expect(codeOf(['a/x', 'b/x'])).toBe('collision')
    expect(codeOf(['x', 'x'])).toBe('collision')
    expect(codeOf(['x', './x/'])).toBe('collision')
    expect(codeOf(['a/x', 'b/x'], true)).toBeUndefined()
    expect(codeOf(['a/x', './a/x'], true)).toBe('collision')
  })

  it('refuses to mix what lies at the root with anything else', () => {
    expect(codeOf(['.', '..'])).toBe('collision')
    expect(codeOf(['.', 'a'])).toBe('collision')
    expect(codeOf(['a', '/'])).toBe('collision')
    expect(codeOf(['.', 'a'], true)).toBe('collision')
  })

  it('refuses two different folders that would become one', () => {
    expect(codeOf(['/x/a', 'x'], true)).toBe('collision')
    expect(codeOf(['x', '/x/a'], true)).toBe('collision')
    expect(codeOf(['/x/a', 'x/b'], true)).toBe('collision')
    expect(codeOf(['/x', 'x'], true)).toBe('collision')
    expect(codeOf(['/x/a', '/x/b', 'y/a'], true)).toBeUndefined()
  })

  it('names both inputs in a collision, safely', () => {
    expect(() => plan(['a/\u001b', 'b/\u001b'])).toThrow('“a/\\u{1b}”')
  })
})

describe('splitSource', () => {
  it.each([
    ['a', '.', 'a'],
    ['a/', '.', 'a'],
    ['a/b', 'a', 'b'],
    ['a/b//', 'a', 'b'],
    ['/a', '/', 'a'],
    ['/a/b/c', '/a/b', 'c'],
    ['//a', '/', 'a'],
    ['./a', '.', 'a'],
    ['a/..', 'a', '..'],
  ])('%s', (path, folder, last) => {
    expect(splitSource(name(path))).toEqual({ folder, name: last })
  })
})

describe('fromDirectory', () => {
  it('begins a relative path at the directory', () => {
    expect(fromDirectory(name('/srv'), name('a/b'))).toBe('/srv/a/b')
    expect(fromDirectory(name('/srv'), name('/a'))).toBe('/a')
    expect(fromDirectory(name('.'), name('a'))).toBe('a')
    expect(fromDirectory(name(''), name('a'))).toBe('a')
    expect(fromDirectory(name('x'), name('.'))).toBe('x/.')
  })
})
