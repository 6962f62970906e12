import { describe, expect, test } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { Command, ParseEnvironment, WorkCommand } from '../command.ts'
import { parseCommand } from './parse.ts'

const user: ParseEnvironment = { version: '9.8.7', isRoot: false, processors: 6 }

const parse = (line: string): Command => parseCommand(line.split(' ').map(textToByteString), user)

function parsed<Kind extends WorkCommand['kind']>(kind: Kind, line: string): Command & { kind: Kind } {
  const command = parse(line)
  if (command.kind !== kind) throw new Error(`expected ${kind}, got ${command.kind}`)
  return command as Command & { kind: Kind }
}

function refusal(line: string): string {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'usage') return error.message
    throw error
  }
  throw new Error(`“${line}” was accepted`)
}

describe('formats and tools', () => {
  test('create --format=1 takes smaller blocks, and neither --instant nor --compress', () => {
    expect(parsed('create', 'create --format=1 -b 512 -f x y').options).toMatchObject({
      format: 1,
      blockSizeBytes: 512,
    })
    expect(parsed('create', 'create -f x y').options.format).toBeUndefined()
    expect(refusal('create -b 512 -f x y')).toContain('from 4096')
    expect(refusal('create --format=1 --instant -f x y')).toContain('--instant')
    expect(refusal('create --format=3 -f x y')).toContain('Choose 1 or 2')
  })

  test('convert OLD NEW', () => {
    expect(parsed('convert', 'convert old new').options).toEqual({
      sourcePath: 'old',
      archivePath: 'new',
      format: undefined,
      blockSizeBytes: 4096,
      clone: 'auto',
      compressionLevel: 1,
      jobs: 6,
    })
    expect(parsed('convert', 'convert --format=2 old new').options.format).toBe(2)
    expect(refusal('convert - new')).toContain('not pipes')
    expect(refusal('convert old')).toContain('new')
  })

  test('duplicates and testdata', () => {
    expect(parsed('duplicates', 'duplicates -b 64K -a x y')).toMatchObject({
      paths: ['x', 'y'],
      blockSizeBytes: 65_536,
      all: true,
    })
    expect(parsed('testdata', 'testdata --size 5M --common 75 --share=copy --seed 9 d').options).toEqual({
      directory: 'd',
      files: 16,
      minSizeBytes: 5 << 20,
      maxSizeBytes: 5 << 20,
      commonPercent: 75,
      holePercent: 0,
      share: 'copy',
      unitBytes: 65_536,
      seed: 9,
    })
    expect(parsed('testdata', 'testdata --size 64K..4M d').options).toMatchObject({
      minSizeBytes: 65_536,
      maxSizeBytes: 4 << 20,
    })
    expect(refusal('testdata --size 4M..64K d')).toContain('range')
    expect(refusal('testdata --common 101 d')).toContain('from 0 to 100')
  })
})
