/** Archives that must do no harm: extracted exactly, refused by name, or skipped and counted. */
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import type { Entry } from '../../src/main/engine/entry.ts'
import type { Ports } from '../../src/main/engine/ports.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import type { ExtractOptions } from '../../src/shared/jobs.ts'
import { extractFrom } from '../support/extraction.ts'
import { mountImage } from '../support/loopback.ts'
import { type MadeUpArchive, madeUp, madeUpReader, packed } from '../support/made-up-reader.ts'
import { scratchFolder } from '../support/scratch.ts'

const text = Buffer.from('abcdefghijklmnopqrstuvwxyz')
const link = (path: string, target: string) => madeUp(path, { kind: 'symlink', linkTarget: textToByteString(target) })
const folder = (path: string, mode = 0o755) => madeUp(path, { kind: 'directory', mode })
const hardLink = (path: string, ordinal: number) => madeUp(path, { kind: 'hardlink', hardLinkOrdinal: ordinal })

let base: string
let out: string
beforeEach(() => {
  base = mkdtempSync(join(scratchFolder(), 'hostile-'))
  out = join(base, 'out')
  mkdirSync(out)
  writeFileSync(join(base, 'archive'), randomBytes(1 << 20))
  writeFileSync(join(base, 'precious'), 'precious')
})

interface Setting extends Partial<ExtractOptions> {
  readonly ports?: Ports
  readonly signal?: AbortSignal
  readonly onRead?: MadeUpArchive['onRead']
}

async function run(entries: Parameters<typeof madeUpReader>[2], setting: Setting = {}) {
  const { ports = createPorts(), signal, onRead, ...options } = setting
  const archive: MadeUpArchive = { archivePath: join(base, 'archive'), packs: [text], ...(onRead ? { onRead } : {}) }
  const reader = madeUpReader(ports, archive, entries)
  try {
    const { summary, problems } = await extractFrom(reader, out, options, ports, signal)
    expect(summary.problems).toBe(problems.length)
    return { summary, problems, codes: problems.map(({ entry, code }) => `${entry} ${code}`) }
  } finally {
    reader.close()
    // Whatever happened: nothing outside was touched and nothing unfinished is left.
    expect(readdirSync(base).sort()).toEqual(['archive', 'out', 'precious'])
    expect(readFileSync(join(base, 'precious'), 'latin1')).toBe('precious')
    expect(readdirSync(out, { recursive: true }).filter((name) => String(name).includes('.reftar-'))).toEqual([])
  }
}

const read = (name: string) => readFileSync(join(out, name), 'latin1')

describe('paths', () => {
  it('that leave the target are refused by name, and the rest is extracted', async () => {
    const paths = ['../precious', '/etc/x', 'a/../../x', './x', 'a//b', '.', '..', 'a/']
    const { codes } = await run([
      ...paths.map((path) => packed(path, 0, 3)),
      packed('fine', 0, 3),
      packed('nul\0x', 0, 1),
    ])
    expect(codes).toEqual([...paths.map((path) => `${path} unsafe-path`), 'nul\\u{0}x unsafe-path'])
    expect(readdirSync(out)).toEqual(['fine'])
  })

  it('too long for the system are refused', async () => {
    const { problems } = await run([packed('x'.repeat(256), 0, 3), packed(`${'y/'.repeat(2100)}z`, 0, 1)])
    expect(problems.map(({ code }) => code)).toEqual(['name-too-long', 'name-too-long'])
  })

  it('of 4,000 bytes and 500 folders deep work, entries in any order', async () => {
    const deep = Array.from({ length: 500 }, (_, i) => `d${i % 10}`)
    const folders = deep.map((_, i) => folder(deep.slice(0, i + 1).join('/'), 0o711))
    const long = Array.from({ length: 20 }, () => 'n'.repeat(199)).join('/')
    const { summary, problems } = await run([
      packed(`${deep.join('/')}/file`, 0, 5),
      ...folders.reverse(),
      packed(long, 5, 5),
    ])
    expect(problems).toEqual([])
    expect(summary.files).toBe(2)
    expect(readFileSync(join(out, long), 'latin1')).toBe('fghij')
    expect(read(`${deep.join('/')}/file`)).toBe('abcde')
    expect(lstatSync(join(out, deep.slice(0, 250).join('/'))).mode & 0o777).toBe(0o711)
    expect(lstatSync(join(out, deep.join('/'))).mtime.getTime()).toBe(1_000_000_000)
  })
})

describe('links', () => {
  it('are never followed, whatever the order', async () => {
    const { codes } = await run([
      link('a', base),
      packed('a/precious', 0, 3),
      link('b', '..'),
      folder('b'),
      packed('b/precious', 0, 3),
    ])
    expect(codes).toEqual(['a already-exists', 'b already-exists'])
    expect(read('a/precious')).toBe('abc')
    expect(lstatSync(join(out, 'b')).isDirectory()).toBe(true)
  })

  it('that are in the target already are not followed, nor lost', async () => {
    symlinkSync(base, join(out, 'a'))
    const { codes } = await run([packed('a/precious', 0, 3), folder('a'), packed('a/more', 0, 3)])
    expect(codes).toEqual(['a/precious symbolic-link', 'a already-exists'])
    expect(readlinkSync(join(out, 'a'))).toBe(base)
  })

  it('are replaced themselves when overwriting', async () => {
    symlinkSync(join(base, 'precious'), join(out, 'f'))
    symlinkSync(base, join(out, 'd'))
    const { codes } = await run([packed('f', 0, 3), folder('d'), packed('d/precious', 3, 3)], {
      onConflict: 'overwrite',
    })
    expect(codes).toEqual([])
    expect(read('f')).toBe('abc')
    expect(read('d/precious')).toBe('def')
    expect(lstatSync(join(out, 'd')).isDirectory()).toBe(true)
  })

  it('hard: to itself, to a later one, to nothing, to a folder, to a symbolic link', async () => {
    const { codes } = await run([
      hardLink('itself', 0),
      hardLink('later', 4),
      hardLink('nothing', 77),
      hardLink('folder', 5),
      packed('file', 0, 4),
      folder('f'),
      link('s', 'somewhere'),
      hardLink('linked', 6),
    ])
    expect(codes).toEqual(['itself damaged', 'nothing damaged', 'folder damaged'])
    expect(lstatSync(join(out, 'later')).ino).toBe(lstatSync(join(out, 'file')).ino)
    expect(readlinkSync(join(out, 'linked'))).toBe('somewhere')
  })

  it('hard: when the target isn’t wanted the first becomes the file and the others link to it', async () => {
    const entries = [packed('target', 0, 4), hardLink('x/one', 0), hardLink('x/two', 0)]
    const { problems, summary } = await run(entries, { selection: ['x'] })
    expect(problems).toEqual([])
    expect(summary.files).toBe(1)
    expect(read('x/one')).toBe('abcd')
    expect(lstatSync(join(out, 'x/two')).ino).toBe(lstatSync(join(out, 'x/one')).ino)
    expect(existsSync(join(out, 'target'))).toBe(false)
  })

  it('hard: a file of the same name doesn’t change the target', async () => {
    const entries = [packed('target', 0, 4), hardLink('name', 0), packed('name', 4, 4)]
    const { codes } = await run(entries)
    expect(codes).toEqual(['name already-exists'])
    expect(read('target')).toBe('abcd')
    expect(read('name')).toBe('efgh')
  })
})

describe('conflicts', () => {
  const entries = [folder('d'), packed('d/f.txt', 0, 3), packed('g', 3, 3)]
  beforeEach(() => {
    mkdirSync(join(out, 'd'))
    writeFileSync(join(out, 'd/f.txt'), 'mine')
    writeFileSync(join(out, 'd/other'), 'other')
  })

  it('fail: named, nothing touched, folders merged', async () => {
    const { codes, summary } = await run(entries)
    expect(codes).toEqual(['d/f.txt already-exists'])
    expect(summary.files).toBe(1)
    expect([read('d/f.txt'), read('d/other'), read('g')]).toEqual(['mine', 'other', 'def'])
    expect(lstatSync(join(out, 'd')).mtime.getTime()).toBe(1_000_000_000)
  })

  it('skip: counted', async () => {
    const { problems, summary } = await run(entries, { onConflict: 'skip' })
    expect(problems).toEqual([])
    expect(summary.skipped).toBe(1)
    expect(read('d/f.txt')).toBe('mine')
  })

  it('overwrite: replaced', async () => {
    const { problems } = await run(entries, { onConflict: 'overwrite' })
    expect(problems).toEqual([])
    expect(read('d/f.txt')).toBe('abc')
  })

  it('rename: both stay', async () => {
    writeFileSync(join(out, 'd/f (1).txt'), 'first')
    const { summary } = await run(entries, { onConflict: 'rename' })
    expect(summary.renamed).toBe(1)
    expect([read('d/f.txt'), read('d/f (1).txt'), read('d/f (2).txt')]).toEqual(['mine', 'first', 'abc'])
  })

  it('newer: only what is', async () => {
    const { summary } = await run(entries, { onConflict: 'newer' })
    expect(summary.skipped).toBe(1)
    utimesSync(join(out, 'd/f.txt'), 10, 10)
    writeFileSync(join(out, 'g'), 'x')
    await run(entries, { onConflict: 'newer' })
    expect(read('d/f.txt')).toBe('abc')
  })

  it('a folder is never replaced by a file, and a file in a folder’s place blocks quietly what lies in it', async () => {
    writeFileSync(join(out, 'h'), 'mine')
    const more = [packed('d', 0, 3), folder('h'), packed('h/1', 0, 1), packed('h/2', 0, 1)]
    const first = await run(more)
    expect(first.codes).toEqual(['d already-exists', 'h already-exists'])
    expect(first.summary.skipped).toBe(2)
    const second = await run(more, { onConflict: 'overwrite' })
    expect(second.codes).toEqual(['d is-a-directory'])
    expect([read('h/1'), read('d/other')]).toEqual(['a', 'other'])
  })

  it('rename: a folder in a file’s place gets another name, with what is in it', async () => {
    writeFileSync(join(out, 'h'), 'mine')
    await run([folder('h'), packed('h/1', 0, 1)], { onConflict: 'rename' })
    expect([read('h'), read('h (1)/1')]).toEqual(['mine', 'a'])
  })

  it('never the archive itself', async () => {
    out = base
    const ports = createPorts()
    const reader = madeUpReader(ports, { archivePath: join(base, 'archive'), packs: [text] }, [packed('archive', 0, 3)])
    const { problems } = await extractFrom(reader, base, { onConflict: 'overwrite' }, ports)
    reader.close()
    expect(problems.map(({ message }) => message)).toEqual(['the archive itself has this name; it is left alone'])
    expect(lstatSync(join(base, 'archive')).size).toBe(1 << 20)
  })

  it('two entries of one name: the second is a conflict', async () => {
    const { codes } = await run([folder('n'), packed('n/x', 0, 2), packed('n/x', 2, 2)])
    expect(codes).toEqual(['n/x already-exists'])
    await run([folder('m'), packed('m/x', 0, 2), packed('m/x', 2, 2)], { onConflict: 'overwrite' })
    expect([read('n/x'), read('m/x')]).toEqual(['ab', 'cd'])
  })
})

describe('faults', () => {
  const data = (path: string, archiveOffset: number, lengthBytes: number, more: Partial<Entry> = {}) =>
    madeUp(path, {
      kind: 'file',
      sizeBytes: lengthBytes,
      segments: [{ kind: 'data', archiveOffset, lengthBytes }],
      ...more,
    })

  it('of one file are named; the file is not there, the rest is', async () => {
    const { codes, summary } = await run(
      [
        folder('d'),
        data('d/bad', 4096, 8192),
        data('d/good', 16384, 5000),
        packed('d/short', 20, 10),
        packed('d/wrong size', 0, 3, { sizeBytes: 5 }),
        data('d/past the end', 1 << 20, 4096),
        packed('top', 0, 3),
      ],
      {
        clone: 'never',
        onRead: (offset) => {
          if (offset === 4096) throw new ReftarError('io-error', 'The disk reported an error')
        },
      },
    )
    expect(codes).toEqual(['d/bad io-error', 'd/short damaged', 'd/wrong size damaged', 'd/past the end damaged'])
    expect(readdirSync(join(out, 'd'))).toEqual(['good'])
    expect(readFileSync(join(out, 'd/good'))).toEqual(readFileSync(join(base, 'archive')).subarray(16384, 21384))
    expect(summary.copied).toEqual({ packed: 3 + (5000 % 4096), 'not-wanted': 4096 })
  })

  it('unaligned data is copied and says so', async () => {
    const { summary, codes } = await run([data('a', 100, 10_000)])
    expect(codes).toEqual([])
    expect(readFileSync(join(out, 'a'))).toEqual(readFileSync(join(base, 'archive')).subarray(100, 10_100))
    expect(Object.values(summary.copied)).toEqual([10_000])
  })

  it('clone=always ends it where data would have to be copied', async () => {
    writeFileSync(join(out, 'mine'), 'mine')
    const extraction = run([folder('d'), data('d/a', 100, 10_000)], { clone: 'always' })
    await expect(extraction).rejects.toMatchObject({ code: 'cannot-clone' })
    expect(readdirSync(out)).toEqual(['mine'])
  })

  it('a full disk ends it, and nothing is left', async () => {
    using disk = mountImage('ext4', { sizeBytes: 16 << 20 })
    out = disk.path('out')
    mkdirSync(out)
    const many = Array.from({ length: 60 }, (_, i) => data(`d/${i}`, 0, 1 << 20))
    await expect(run([folder('d'), ...many])).rejects.toMatchObject({ code: 'no-space' })
    expect(readdirSync(out)).toEqual([])
  })

  it('cancelling leaves nothing unfinished', async () => {
    const controller = new AbortController()
    const many = Array.from({ length: 100 }, (_, i) => data(`d/e/${i}`, 0, 1 << 20))
    const extraction = run([folder('d'), packed('single', 0, 3), ...many], {
      clone: 'never',
      signal: controller.signal,
      onRead: () => controller.abort(),
    })
    await expect(extraction).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(out)).toEqual(['single'])
  })

  it('selected paths that aren’t there are named', async () => {
    const entries = [folder('a'), packed('a/x.txt', 0, 1), packed('a/y', 1, 1), packed('b', 2, 1)]
    const { codes } = await run(entries, { selection: ['a/x.txt', 'missing', '*.zip'] })
    expect(codes).toEqual(['missing no-match', '*.zip no-match'])
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(['a', 'a/x.txt'])
    await run(entries, { selection: ['a'], exclude: ['*.txt'], stripComponents: 1 })
    expect(readdirSync(out).sort()).toEqual(['a', 'y'])
  })
})
