import { describe, expect, test } from 'vitest'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { Command, ParseEnvironment, WorkCommand } from '../command.ts'
import { parseCommand } from './parse.ts'

const user: ParseEnvironment = { version: '9.8.7', isRoot: false, processors: 6 }

const parse = (line: string, env = user): Command =>
  parseCommand(line.split(' ').filter(Boolean).map(textToByteString), env)

function parsed<Kind extends WorkCommand['kind']>(kind: Kind, line: string, env = user): Command & { kind: Kind } {
  const command = parse(line, env)
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

describe('the seed’s own lines', () => {
  test('create -f ARCHIVE -v FILES…', () => {
    const command = parsed('create', 'create -f test.reftar -v test_data/a.bin test_data/b.bin')
    expect(command).toEqual({
      kind: 'create',
      common: { json: false, quiet: false, verbose: true, units: 'si' },
      archive: { kind: 'path', path: 'test.reftar' },
      options: {
        archivePath: 'test.reftar',
        inputs: ['test_data/a.bin', 'test_data/b.bin'],
        directory: '.',
        keepPaths: false,
        exclude: [],
        oneFilesystem: false,
        clone: 'auto',
        deduplicate: true,
        instant: false,
        compress: false,
        compressionLevel: 1,
        blockSizeBytes: 4096,
        jobs: 6,
      },
    })
  })

  test('extract -f ARCHIVE -C DIR', () => {
    expect(parsed('extract', 'extract -f test.reftar -C restored/')).toEqual({
      kind: 'extract',
      common: { json: false, quiet: false, verbose: false, units: 'si' },
      archive: { kind: 'path', path: 'test.reftar' },
      options: {
        directory: 'restored/',
        selection: [],
        exclude: [],
        stripComponents: 0,
        onConflict: 'fail',
        clone: 'auto',
        verifyContents: false,
        keepDamaged: false,
        zeros: 'hole',
        sameOwner: false,
        numericOwner: false,
        samePermissions: false,
        immutable: false,
        jobs: 6,
      },
    })
  })

  test('list -f and info -f', () => {
    expect(parsed('list', 'list -f x')).toMatchObject({
      archive: { kind: 'path', path: 'x' },
      style: 'flat',
      long: false,
    })
    expect(parsed('info', 'info -f x').archive).toEqual({ kind: 'path', path: 'x' })
  })
})

describe('values', () => {
  test.each([
    ['4096', 4096],
    ['64K', 65536],
    ['64k', 65536],
    ['64KiB', 65536],
    ['1M', 1 << 20],
  ])('block size %s', (text, bytes) => {
    expect(parsed('create', `create -f a -b ${text} x`).options.blockSizeBytes).toBe(bytes)
  })

  test.each(['0', '512', '5000', '2M', '4k4', '-4096', '0x1000'])('block size %s is refused', (text) => {
    expect(refusal(`create -f a --block-size=${text} x`)).toMatch(/must be a power of two from 4096/)
  })

  test.each([
    ['duplicates -b 100 x', 'The block size “100” must be a power of two from 512 to 1M.'],
    ['testdata --unit 3000 x', 'The unit “3000” must be a power of two from 4096 to 1M.'],
    ['testdata --unit 512 x', 'The unit “512” must be a power of two from 4096 to 1M.'],
    ...['10T', '1.5M', '1025G', '4M..64K'].map((size) => [
      `testdata --size ${size} x`,
      `The size “${size}” must be like 5M, or a range like 64K..4M: whole numbers with K, M or G, up to 1024G.`,
    ]),
    ['create -f a --level 20 x', 'The level “20” must be a whole number from 1 to 19.'],
    ['create -f a --jobs 0 x', 'The number of jobs “0” must be a whole number from 1 to 256.'],
    ['create -f a --clone=sometimes x', 'The clone mode “sometimes” isn’t known. Choose auto, always or never.'],
    ['extract a --strip-components=-1', 'The number of components “-1” must be a whole number from 0 to 10000.'],
    ['extract a --on-conflict ask', 'The policy “ask” isn’t known. Choose fail, skip, overwrite, rename or newer.'],
    ['list a --units=kb', 'The unit “kb” isn’t known. Choose si or iec.'],
  ])('%s is refused', (line = '', sentence = '') => {
    expect(refusal(line)).toBe(sentence)
  })

  test('--exclude repeats and takes one pattern each', () => {
    expect(parsed('create', 'create -f a --exclude *.o --exclude=tmp x y').options).toMatchObject({
      exclude: ['*.o', 'tmp'],
      inputs: ['x', 'y'],
    })
  })

  test('names keep their bytes', () => {
    const name = 'caf\xe9\xff' as ByteString
    const command = parseCommand(['create', '-f', name, '--', name] as ByteString[], user)
    expect(command).toMatchObject({ archive: { path: name }, options: { inputs: [name] } })
  })

  test('what follows -- is no option', () => {
    expect(parsed('create', 'create -f a -- -x').options.inputs).toEqual(['-x'])
  })

  test('root restores owners and modes unless told not to', () => {
    const root = { ...user, isRoot: true }
    expect(parsed('extract', 'extract a', root).options).toMatchObject({ sameOwner: true, samePermissions: true })
    expect(parsed('extract', 'extract a --no-same-owner --no-preserve-permissions', root).options).toMatchObject({
      sameOwner: false,
      samePermissions: false,
    })
    expect(parsed('extract', 'extract a --same-owner -p').options).toMatchObject({
      sameOwner: true,
      samePermissions: true,
    })
  })
})

describe('the archive', () => {
  test('is the first argument without -f', () => {
    expect(parsed('extract', 'extract a.reftar one two')).toMatchObject({
      archive: { path: 'a.reftar' },
      options: { selection: ['one', 'two'] },
    })
    expect(parsed('list', 'list -f a.reftar one').selection).toEqual(['one'])
    expect(parsed('seal', 'seal a.reftar').archive).toEqual({ kind: 'path', path: 'a.reftar' })
  })

  test('- is standard input or output', () => {
    expect(parsed('extract', 'extract -f -').archive).toEqual({ kind: 'stream' })
    expect(parsed('create', 'create -f - x').options.archivePath).toBeUndefined()
  })

  test.each([
    ['create x', 'Name the archive to make: -f ARCHIVE.'],
    ['extract', 'Name the archive: -f ARCHIVE.'],
    ['info -f a b', '“b” is one argument too many: this takes one archive.'],
    ['seal -f -', 'seal changes an archive in place and needs its path.'],
  ])('%s is refused', (line = '', sentence = '') => {
    expect(refusal(line)).toBe(sentence)
  })
})

describe('flags that contradict each other', () => {
  test.each([
    ['create -f a --instant --compress x', /unread/],
    ['create -f a --clone=always --compress x', /compressed data can’t be cloned/],
    ['create -f - --clone=always x', /into a pipe/],
    ['create -f - --json x', /carries the archive/],
    ['create -f a -q -v x', /--quiet and --verbose/],
    ['list -0 -l a', /raw names/],
    ['list -0 --json a', /raw names/],
    ['list --tree --json a', /choose one/],
  ])('%s', (line, sentence) => {
    expect(refusal(line)).toMatch(sentence)
  })
})

describe('help, version and mistakes', () => {
  test('version', () => {
    expect(parse('--version')).toEqual({ kind: 'text', text: '9.8.7\n' })
  })

  test.each([
    '--help',
    'help',
    'help extract',
    'extract --help',
    'create -h',
    'list -h',
    'info -h',
    'verify -h',
    'seal -h',
    'sharing -h',
  ])('%s is text', (line) => {
    const command = parse(line)
    expect(command.kind === 'text' && command.text).toMatch(/Usage: reftar/)
  })

  test('help of a command that there isn’t is a mistake', () => {
    expect(() => parse('help foo')).toThrow("Unknown command 'foo'")
  })

  test('the help of a command has groups, exit codes and examples', () => {
    const command = parse('help create')
    const text = command.kind === 'text' ? command.text : ''
    for (const part of ['Archive and inputs:', 'How data is stored:', 'Output:', 'Exit codes:', 'Examples:']) {
      expect(text).toContain(part)
    }
  })

  test.each([
    [
      '',
      /^Say what to do: create, extract, list, info, verify, compare, seal, convert, sharing, duplicates, testdata\.$/,
    ],
    ['frobnicate', /^Unknown command 'frobnicate'\.$/],
    ['create -f a --instnat x', /^Unknown option '--instnat'\. Did you mean --instant\?$/],
    ['create -f a', /^Missing required argument 'paths'\.$/],
    ['extract -f', /argument missing\.$/],
  ])('“%s”', (line, sentence) => {
    expect(refusal(line)).toMatch(sentence)
  })
})
