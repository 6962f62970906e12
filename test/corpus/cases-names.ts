/** Paths, links and nodes: hostile-input lines 1 to 9. */
import { brokenPage, type Case, cases, opens, simple2 } from './cases.ts'
import { Builder1 } from './format1-builder.ts'
import { packed, type WildEntry } from './page-encoder.ts'

const paths2 = cases(2, 'paths')
const paths1 = cases(1, 'paths')
const links2 = cases(2, 'links')
const links1 = cases(1, 'links')
const nodes2 = cases(2, 'nodes')
const nodes1 = cases(1, 'nodes')

const folder = (path: string): WildEntry => ({ path, kind: 'directory', mode: 0o755 })
const link = (path: string, linkTarget: string): WildEntry => ({ path, kind: 'symlink', linkTarget })
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

  links2(
    'symlink-then-below',
    'a symlink to outside, then a file beneath it',
    opens({ list: ['l', 'l/x'], verify: 'faults', exists: ['l', 'l/x'], problems: { l: 'already-exists' } }),
    () => simple2([link('l', '../outside'), file('l/x')]),
  ),
  links1(
    'symlink-then-below',
    'a symlink to outside, then a file beneath it',
    opens({ list: ['l', 'l/x'], exists: ['l', 'l/x'], problems: { l: 'already-exists' } }),
    () =>
      new Builder1()
        .entry({ type: '2', name: 'l', target: '../outside' })
        .entry({ folder: 'l', name: 'x', inline: content })
        .bytes(),
  ),
  links1(
    'symlink-then-folder',
    'a symlink, then a folder of the same name: the last counts',
    opens({ list: ['l', 'l/x'] }),
    () =>
      new Builder1()
        .entry({ type: '2', name: 'l', target: '../outside' })
        .entry({ type: '5', name: 'l' })
        .entry({ folder: 'l', name: 'x' })
        .bytes(),
  ),
  links1(
    'folder-then-symlink',
    'a file in a folder, then a symlink in the folder’s place',
    opens({ list: ['d/x', 'd'], exists: ['d', 'd/x'], problems: { d: 'already-exists' } }),
    () =>
      new Builder1()
        .entry({ type: '5', name: 'd' })
        .entry({ folder: 'd', name: 'x', inline: content })
        .entry({ type: '2', name: 'd', target: '../outside' })
        .bytes(),
  ),
  links2(
    'symlink-in-target',
    'a symlink that is in the target already, and entries beneath it',
    opens({ list: ['link', 'link/x'], problems: { link: 'already-exists' }, exists: ['dir', 'existing', 'link'] }),
    () => simple2([folder('link'), file('link/x')]),
    { traps: true },
  ),
  links1(
    'symlink-in-target',
    'a symlink that is in the target already, and an entry beneath it',
    opens({ list: ['link/x'], problems: { 'link/x': 'symbolic-link' }, exists: ['dir', 'existing', 'link'] }),
    () => new Builder1().entry({ folder: 'link', name: 'x', inline: content }).bytes(),
    { traps: true },
  ),
  links2('symlink-chain', 'symlinks that lead out step by step', opens({ list: ['a', 'b', 'c'] }), () =>
    simple2([link('a', '..'), link('b', 'a/..'), link('c', 'b/outside/secret')]),
  ),
  links2('hardlink-forward', 'a hard link to a later entry', brokenPage, () =>
    simple2([{ path: 'a', kind: 'hardlink', distance: 0 }, file('b')]),
  ),
  links2('hardlink-below-zero', 'a hard link to before the first entry', brokenPage, () =>
    simple2([file('a'), { path: 'b', kind: 'hardlink', distance: 9 }]),
  ),
  links2(
    'hardlink-to-folder',
    'a hard link to a folder',
    opens({ list: ['a', 'b'], verify: 'faults', problems: { b: 'damaged' } }),
    () => simple2([folder('a'), { path: 'b', kind: 'hardlink', hardLink: 0 }]),
  ),
  links2(
    'hardlink-to-symlink',
    'a hard link to a symlink to outside',
    opens({ list: ['a', 'b'], verify: 'faults' }),
    () => simple2([link('a', '../outside/secret'), { path: 'b', kind: 'hardlink', hardLink: 0 }]),
  ),
  links2('hardlink-chain', 'a hard link to a hard link', opens({ list: ['a', 'b', 'c'], verify: 'faults' }), () =>
    simple2([file('a'), { path: 'b', kind: 'hardlink', hardLink: 0 }, { path: 'c', kind: 'hardlink', hardLink: 1 }]),
  ),
  links2(
    'hardlink-over-existing',
    'a hard link whose target’s name belongs to a file that was there before',
    opens({
      list: ['existing', 'other'],
      problems: { existing: 'already-exists' },
      exists: ['dir', 'existing', 'link', 'other'],
    }),
    () => simple2([file('existing'), { path: 'other', kind: 'hardlink', hardLink: 0 }]),
    { traps: true },
  ),
  links1(
    'hardlink-outside',
    'hard links to a path outside, to themselves, to a later entry and to nothing',
    opens({ list: ['a', 'b', 'c', 'd', 'e'], problems: { a: 'damaged', b: 'damaged', c: 'damaged', d: 'damaged' } }),
    () =>
      new Builder1()
        .entry({ type: '1', name: 'a', target: '../outside/secret' })
        .entry({ type: '1', name: 'b', target: 'b' })
        .entry({ type: '1', name: 'c', target: 'e' })
        .entry({ type: '1', name: 'd', target: '/etc/passwd' })
        .entry({ name: 'e' })
        .bytes(),
  ),
  links1(
    'hardlink-then-file',
    'a hard link, then a file of the same name: the link’s target stays',
    opens({ list: ['a', 'b'] }),
    () =>
      new Builder1()
        .entry({ name: 'a', inline: content })
        .entry({ type: '1', name: 'b', target: 'a' })
        .entry({ name: 'b', inline: Buffer.from('later') })
        .bytes(),
  ),
  links2('symlink-empty', 'a symlink without a target', brokenPage, () => simple2([link('a', '')])),
  links2('symlink-zero-byte', 'a symlink’s target with a zero byte', brokenPage, () => simple2([link('a', 'x\0y')])),
  links2(
    'symlink-too-long',
    'a symlink’s target longer than PATH_MAX',
    opens({ list: ['a'], problems: { a: 'name-too-long' } }),
    () => simple2([link('a', 'x'.repeat(5000))]),
  ),

  nodes2('fifo', 'a FIFO, which nobody may open', opens({ list: ['f'] }), () => simple2([{ path: 'f', kind: 'fifo' }])),
  nodes1('fifo', 'a FIFO, which nobody may open', opens({ list: ['f'] }), () =>
    new Builder1().entry({ type: '6', name: 'f' }).bytes(),
  ),
  nodes2('device-number', 'a device’s number beyond 2^32', brokenPage, () =>
    simple2([{ path: 'd', kind: 'block-device', deviceMajor: 2 ** 32 }]),
  ),
  nodes2('setuid', 'setuid, setgid and sticky bits: given only when asked for', opens({ list: ['s'] }), () =>
    simple2([{ ...file('s'), mode: 0o7777 }]),
  ),
  nodes2('mode-beyond', 'more than twelve mode bits', brokenPage, () => simple2([{ ...file('s'), mode: 0o100644 }])),
  nodes2('folder-unreadable', 'a folder without permissions, with a file in it', opens({ list: ['d', 'd/x'] }), () =>
    simple2([{ ...folder('d'), mode: 0 }, file('d/x')]),
  ),
  nodes2('times', 'times far before and after 1970', opens({ list: ['a', 'b'] }), () =>
    simple2([
      { ...file('a'), modifyTime: [-(2 ** 51) + 1, 999_999_999] },
      { ...file('b'), modifyTime: [2 ** 33, 0] },
    ]),
  ),
  nodes2('time-beyond', 'a time beyond 2^51 seconds', brokenPage, () =>
    simple2([{ ...file('a'), modifyTime: [2 ** 51, 0] }]),
  ),
  nodes2('nanoseconds-beyond', 'a thousand million nanoseconds', brokenPage, () =>
    simple2([{ ...file('a'), modifyTime: [0, 1_000_000_000] }]),
  ),
  nodes1('times', 'times far before and after 1970', opens({ list: ['a', 'b'] }), () =>
    new Builder1()
      .entry({ name: 'a', modifyTime: -(2n ** 63n) })
      .entry({ name: 'b', modifyTime: 2n ** 63n - 1n })
      .bytes(),
  ),
  nodes2('attribute-nameless', 'an extended attribute without a name', brokenPage, () =>
    simple2([{ ...file('a'), attributes: [['', content]] }]),
  ),
  nodes2('attribute-zero-byte', 'an extended attribute’s name with a zero byte', brokenPage, () =>
    simple2([{ ...file('a'), attributes: [['user.x\0y', content]] }]),
  ),
  nodes2('kind-unknown', 'an entry of a kind that doesn’t exist', brokenPage, () =>
    simple2([{ ...file('a'), head: 7 }]),
  ),
  nodes1(
    'type-unknown',
    'an entry of a type that doesn’t exist: what follows can’t be told',
    opens({ list: ['a'], incomplete: true }),
    () => new Builder1().entry({ name: 'a' }).entry({ type: '9', name: 'b' }).entry({ name: 'c' }).bytes(),
  ),
  nodes2('owner-missing', 'an owner that isn’t in the table', brokenPage, () => simple2([{ ...file('a'), owner: 5 }])),
]
