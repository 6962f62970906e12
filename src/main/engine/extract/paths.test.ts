import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString as bytes } from '../../../shared/byte-string.ts'
import { isWithin, numberedName, pathToMake, stripComponents } from './paths.ts'
import { fromDisplayName, outermost } from './selection.ts'

describe('pathToMake', () => {
  it.each(['a', 'a/b', '...', 'a/...b', '.hidden', 'a..', 'C:\\x', 'x'.repeat(255), `${'y/'.repeat(2000)}z`])(
    'accepts %j',
    (path) => {
      expect(() => pathToMake(bytes(path), 0)).not.toThrow()
    },
  )

  it.each([
    ['', 'its path is empty'],
    ['/a', 'its path is absolute'],
    ['..', 'its path has “..” in it'],
    ['a/../b', 'its path has “..” in it'],
    ['a/..', 'its path has “..” in it'],
    ['.', 'its path has “.” in it'],
    ['./a', 'its path has “.” in it'],
    ['a/./b', 'its path has “.” in it'],
    ['a//b', 'its path has an empty name in it'],
    ['a/', 'its path has an empty name in it'],
    ['a\0b', 'its path has a zero byte in it'],
  ])('refuses %j: %s', (path, message) => {
    expect(() => pathToMake(bytes(path), 0)).toThrow(message)
  })

  it.each(['x'.repeat(256), `a/${'x'.repeat(300)}`, `${'y/'.repeat(2100)}z`])(
    'finds a name or path too long',
    (path) => {
      expect(() => pathToMake(bytes(path), 0)).toThrow(expect.objectContaining({ code: 'name-too-long' }))
    },
  )
})

describe('a path that loses its first components', () => {
  const long = `${'y'.repeat(60)}/`.repeat(80)

  it('is measured by what is left of it', () => {
    expect(() => pathToMake(bytes(`${long}z`), 0)).toThrow(expect.objectContaining({ code: 'name-too-long' }))
    expect(pathToMake(bytes(`${long}z`), 75)).toBe(`${`${'y'.repeat(60)}/`.repeat(5)}z`)
    expect(pathToMake(bytes(`${'x'.repeat(300)}/z`), 1)).toBe('z')
    expect(pathToMake(bytes('a/b'), 2)).toBeUndefined()
  })

  it('must be safe as a whole', () => {
    expect(() => pathToMake(bytes('../a'), 1)).toThrow(expect.objectContaining({ code: 'unsafe-path' }))
    expect(() => pathToMake(bytes('/a/b'), 9)).toThrow(expect.objectContaining({ code: 'unsafe-path' }))
  })
})

describe('paths', () => {
  it('loses its first components', () => {
    expect(stripComponents(bytes('a/b/c'), 0)).toBe('a/b/c')
    expect(stripComponents(bytes('a/b/c'), 2)).toBe('c')
    expect(stripComponents(bytes('a/b'), 2)).toBeUndefined()
  })

  it('lies in a folder or not', () => {
    expect(isWithin(bytes('a/b'), bytes('a'))).toBe(true)
    expect(isWithin(bytes('a'), bytes('a'))).toBe(true)
    expect(isWithin(bytes('ab'), bytes('a'))).toBe(false)
    expect(isWithin(bytes('a'), bytes(''))).toBe(true)
  })

  it('gets a number before the extension and stays short enough', () => {
    expect(numberedName(bytes('name.ext'), 1)).toBe('name (1).ext')
    expect(numberedName(bytes('.profile'), 2)).toBe('.profile (2)')
    expect(numberedName(bytes('x'.repeat(255)), 10)).toBe(`${'x'.repeat(250)} (10)`)
    expect(numberedName(`a.${'x'.repeat(253)}` as ByteString, 3).length).toBe(255)
  })

  it('comes back from how it is shown', () => {
    expect(fromDisplayName('a\\\\b\\xff\\u{202e}ü')).toBe(`a\\b\xff${bytes('\u202eü')}`)
  })

  it('is dropped where another one holds it', () => {
    expect(outermost(['a/b', 'a', 'c', 'ab', 'c'].map(bytes))).toEqual(['a', 'ab', 'c'])
    expect(outermost(['a', ''].map(bytes))).toEqual([''])
  })
})
