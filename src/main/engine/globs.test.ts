import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import { matchAny } from './globs.ts'

/** Which of the paths match. */
function matching(patterns: readonly string[], paths: readonly string[]): string[] {
  const matches = matchAny(patterns)
  return paths.filter((path) => matches(textToByteString(path)))
}

describe('matchAny', () => {
  it('matches nothing without patterns', () => {
    expect(matching([], ['', 'a', 'a/b'])).toEqual([])
  })

  it('matches the last component anywhere when the pattern has no slash', () => {
    const paths = ['a.o', 'x/a.o', 'x/y/a.o', 'a.o/x', 'a.oo', '.o', '.hidden.o']
    expect(matching(['*.o'], paths)).toEqual(['a.o', 'x/a.o', 'x/y/a.o', '.o', '.hidden.o'])
    expect(matching(['a.o'], paths)).toEqual(['a.o', 'x/a.o', 'x/y/a.o'])
    expect(matching(['?.o'], paths)).toEqual(['a.o', 'x/a.o', 'x/y/a.o'])
  })

  it('matches the whole path when it has one', () => {
    const paths = ['a/b', 'x/a/b', 'a/c/b', 'a/b/c']
    expect(matching(['a/b'], paths)).toEqual(['a/b'])
    expect(matching(['a/*'], paths)).toEqual(['a/b'])
    expect(matching(['a/**/b'], paths)).toEqual(['a/b', 'a/c/b'])
    expect(matching(['**/a/b'], paths)).toEqual(['a/b', 'x/a/b'])
  })

  it('passes over slashes at the ends and “./”', () => {
    expect(matching(['build/'], ['build', 'x/build', 'build/x'])).toEqual(['build', 'x/build'])
    expect(matching(['./a/b/'], ['a/b', 'x/a/b'])).toEqual(['a/b'])
    expect(matching(['/a/b'], ['a/b'])).toEqual(['a/b'])
    expect(matching(['/a'], ['a', 'x/a'])).toEqual(['a'])
    expect(() => matchAny(['/'])).toThrow('“/” is no pattern')
  })

  it('knows sets, braces and quoting; “!” has no meaning at the beginning', () => {
    expect(matching(['[ab]'], ['a', 'b', 'c'])).toEqual(['a', 'b'])
    expect(matching(['*.{jpg,png}'], ['a.jpg', 'a.png', 'a.gif'])).toEqual(['a.jpg', 'a.png'])
    expect(matching(['\\*'], ['*', 'a'])).toEqual(['*'])
    expect(matching(['!a'], ['a', 'b', '!a'])).toEqual(['!a'])
    expect(matching(['['], ['[', 'a'])).toEqual(['['])
  })

  it('matches when any of several patterns does', () => {
    expect(matching(['a', 'x/*'], ['a', 'b', 'x/b', 'y/a'])).toEqual(['a', 'x/b', 'y/a'])
  })

  it('matches text by characters, and what isn’t UTF-8 by bytes', () => {
    expect(matching(['?'], ['é', 'ab'])).toEqual(['é'])
    expect(matching(['é*'], ['éa', 'ea'])).toEqual(['éa'])
    const broken = '\xff\xfe' as ByteString
    expect(matchAny(['?'])(broken)).toBe(false)
    expect(matchAny(['??'])(broken)).toBe(true)
    expect(matchAny(['*'])(broken)).toBe(true)
  })

  it('matches names with a line end in them', () => {
    expect(matching(['*.o', 'a?c', 'd/*'], ['x\ny.o', 'a\nc', 'd/e\nf', 'other'])).toEqual(['x\ny.o', 'a\nc', 'd/e\nf'])
  })

  it('matches folders with a line end in their names', () => {
    expect(matching(['**/c', 'a/**'], ['x\ny/c', 'a/b\n/d'])).toEqual(['x\ny/c', 'a/b\n/d'])
  })
})
