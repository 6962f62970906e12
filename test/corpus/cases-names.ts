/** Paths: hostile-input lines 1 to 3. */
import { brokenPage, type Case, cases, opens, simple2 } from './cases.ts'
import { Builder1 } from './format1-builder.ts'
import { packed, type WildEntry } from './page-encoder.ts'

const paths2 = cases(2, 'paths')
const paths1 = cases(1, 'paths')

const file = (path: string): WildEntry => ({ path, sizeBytes: 10, segments: [packed(0, 0, 10)] })
const content = Buffer.from('content')

const hostilePaths: readonly (readonly [name: string, path: string])[] = [
  ['dotdot-first', '../outside/x'],
  ['dotdot-inside', 'a/../../outside/x'],
  ['dotdot-last', 'a/..'],
  ['absolute', '/tmp/x'],
  ['empty', ''],
  ['dot', '.'],
  ['dot-inside', 'a/./b'],
  ['double-slash', 'a//b'],
  ['trailing-slash', 'a/'],
  ['zero-byte', 'a\0b'],
  ['component-of-256', 'n'.repeat(256)],
]

function refused1(path: string): ReturnType<typeof opens> {
  const code = path.includes('n'.repeat(256)) ? 'name-too-long' : 'unsafe-path'
  return opens({ list: [path], problems: { [path]: code } })
}

export const nameCases: readonly Case[] = [
  ...hostilePaths.map(([name, path]) =>
    paths2(
      `path-${name}`,
      `a path that is ${JSON.stringify(path.slice(0, 40))}`,
      path === '' ? opens({ incomplete: true }) : brokenPage,
      () => simple2([file(path)]),
    ),
  ),
  ...hostilePaths
    .filter(([name]) => !['empty', 'dot', 'trailing-slash'].includes(name))
    .map(([name, path]) =>
      paths1(`path-${name}`, `a path that is ${JSON.stringify(path.slice(0, 40))}`, refused1(path), () =>
        new Builder1().entry({ name: path, inline: content }).bytes(),
      ),
    ),
  paths2(
    'path-4096',
    'a path longer than PATH_MAX',
    opens({ list: 'limit-exceeded', verify: 'limit-exceeded', error: 'limit-exceeded' }),
    () => simple2([file(`${'d/'.repeat(2048)}x`)]),
  ),
  paths2(
    'names-control',
    'names with control and bidirectional characters, and ones that aren’t UTF-8',
    opens({ list: ['\x01\x1b[2J', 'a\xe2\x80\xaegpj', '\xff\xfe'] }),
    () => simple2([file('\x01\x1b[2J'), file('a\xe2\x80\xaegpj'), file('\xff\xfe')]),
  ),
  paths1(
    'names-control',
    'names with control and bidirectional characters, and ones that aren’t UTF-8',
    opens({ list: ['\x01\x1b[2J', 'a\xe2\x80\xaegpj', '\xff\xfe'] }),
    () =>
      new Builder1()
        .entry({ name: '\x01\x1b[2J' })
        .entry({ name: 'a\xe2\x80\xaegpj' })
        .entry({ name: '\xff\xfe' })
        .bytes(),
  ),
  paths2(
    'names-case-and-unicode',
    'names that differ by case or Unicode form only: different files where the filesystem says so',
    opens({ list: ['A', 'a', 'e\xcc\x81', '\xc3\xa9'] }),
    () => simple2([file('A'), file('a'), file('e\xcc\x81'), file('\xc3\xa9')]),
  ),
  paths2(
    'names-windows',
    'names that Windows reserves: usual names elsewhere',
    opens({ list: ['C:', 'a\\..\\b', 'con', 'dot.'] }),
    () => simple2([file('C:'), file('a\\..\\b'), file('con'), file('dot.')]),
  ),
  paths2('order-reversed', 'entries out of order', brokenPage, () => simple2([file('b'), file('a')])),
  paths2('path-twice', 'two entries for one path', brokenPage, () => simple2([file('a'), file('a')])),
  paths2(
    'no-parent',
    'a folder that has no entry: verify tells, extraction makes it',
    opens({ list: ['x/y'], verify: 'faults', exists: ['x', 'x/y'] }),
    () => simple2([file('x/y')]),
  ),
  paths2(
    'file-as-folder',
    'an entry below a file',
    opens({ list: ['x', 'x/y'], verify: 'faults', problems: { 'x/y': 'not-a-directory' } }),
    () => simple2([file('x'), file('x/y')]),
  ),
  paths1('path-twice', 'two entries for one path: the last counts', opens({ list: ['a'] }), () =>
    new Builder1()
      .entry({ name: 'a', inline: content })
      .entry({ name: 'a', inline: Buffer.from('later') })
      .bytes(),
  ),
  paths1(
    'path-zero-byte-beside-folder',
    'a zero byte where another path has a slash: they sort differently, and each is found',
    opens({ list: ['a\0b', 'a/b'], problems: { 'a\0b': 'unsafe-path' }, exists: ['a', 'a/b'] }),
    () =>
      new Builder1()
        .entry({ name: 'a\0b', inline: content })
        .entry({ folder: 'a', name: 'b', inline: content })
        .bytes(),
  ),
  paths1(
    'path-twice-in-pieces',
    'one path three times, cut into folder and name in different ways: the last counts',
    opens({ list: ['a/b'], exists: ['a', 'a/b'] }),
    () =>
      new Builder1()
        .entry({ name: 'a/b', inline: content })
        .entry({ folder: 'a/b', name: '', inline: content })
        .entry({ folder: 'a', name: 'b', inline: Buffer.from('later') })
        .bytes(),
  ),
  paths1(
    'file-as-folder',
    'an entry below a file',
    opens({ list: ['x', 'x/y'], problems: { 'x/y': 'not-a-directory' } }),
    () =>
      new Builder1().entry({ name: 'x', inline: content }).entry({ folder: 'x', name: 'y', inline: content }).bytes(),
  ),
]
