import { describe, expect, test } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { parseCommand } from './parse.ts'

const parse = (line: string) =>
  parseCommand(line.split(' ').map(textToByteString), { version: '1', isRoot: false, processors: 1 })

function refusal(line: string): string {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'usage') return error.message
    throw error
  }
  throw new Error(`“${line}” was accepted`)
}

describe('compare', () => {
  test('ARCHIVE FOLDER PATHS', () => {
    expect(parse('compare a.reftar out in/x *.c')).toEqual({
      kind: 'compare',
      common: { json: false, quiet: false, verbose: false, units: 'si' },
      archive: { kind: 'path', path: 'a.reftar' },
      options: {
        directory: 'out',
        selection: ['in/x', '*.c'],
        exclude: [],
        stripComponents: 0,
        numericOwner: false,
        extra: false,
        accessTimes: false,
        exactHoles: false,
        ignore: [],
      },
    })
  })

  test('-f and -C: everything else is paths', () => {
    expect(parse('compare -f - -C out x --extra --ignore owner,times --ignore mode')).toMatchObject({
      archive: { kind: 'stream' },
      options: { directory: 'out', selection: ['x'], extra: true, ignore: ['owner', 'times', 'mode'] },
    })
    expect(parse('compare -f a out x')).toMatchObject({ options: { directory: 'out', selection: ['x'] } })
  })

  test('mistakes', () => {
    expect(refusal('compare a')).toBe('Name the folder to compare with: reftar compare ARCHIVE FOLDER.')
    expect(refusal('compare a b --ignore colour')).toMatch(
      /^The kind of difference “colour” isn’t known\. Choose missing,/,
    )
    expect(refusal('compare a b --extra --strip-components 1')).toMatch(/^--extra can’t go with --strip-components/)
  })
})
