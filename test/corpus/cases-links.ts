/** Links: hostile-input lines 4 to 8. */
import { brokenPage, type Case, cases, opens, simple2 } from './cases.ts'
import { Builder1 } from './format1-builder.ts'
import { packed, type WildEntry } from './page-encoder.ts'

const links2 = cases(2, 'links')
const links1 = cases(1, 'links')

const folder = (path: string): WildEntry => ({ path, kind: 'directory', mode: 0o755 })
const link = (path: string, linkTarget: string): WildEntry => ({ path, kind: 'symlink', linkTarget })
const file = (path: string): WildEntry => ({ path, sizeBytes: 10, segments: [packed(0, 0, 10)] })
const content = Buffer.from('content')

export const linkCases: readonly Case[] = [
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
    'a hard link to a symlink to outside, which becomes another name of the symlink',
    opens({ list: ['a', 'b'] }),
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
]
