import { describe, expect, it } from 'vitest'
import { type RequestName, requestChannels } from '../../shared/ipc/contract.ts'
import { argumentGuards } from './argument-guards.ts'

const view = {
  archiveId: 1,
  folder: 'a\0b',
  search: 'ü',
  filter: { kinds: ['file'], packedOnly: false, sharesWithOrdinal: undefined },
  sort: { column: 'size', descending: true },
  foldersFirst: true,
}
const create = {
  archivePath: '/a.reftar',
  inputs: ['/x', '/\xff'],
  exclude: ['*.o'],
  format: 2,
  deduplicate: true,
  instant: false,
  compress: false,
  clone: 'auto',
  oneFilesystem: false,
}
const extract = {
  archiveId: 1,
  selection: { kind: 'view', viewId: 3, exceptPaths: ['a'] },
  directory: '/t',
  relativeTo: '',
  smartFolder: true,
  onConflict: 'ask',
  clone: 'never',
  verifyContents: true,
  keepDamaged: false,
}

/** What is asked, and the same with one thing wrong each. */
const cases: { readonly [Name in RequestName]?: { right: unknown[][]; wrong: unknown[][] } } = {
  start: { right: [[]], wrong: [[1]] },
  changeSettings: {
    right: [[{}], [{ theme: 'dark', columnWidthsPixels: { size: 80 } }]],
    wrong: [[], [{ theme: 'blue' }], [{ evil: 1 }], [{ columns: ['size', 'x'] }], [{ treeWidthPixels: 1.5 }], [[]]],
  },
  openArchive: { right: [['/a']], wrong: [[], [1], ['/ä€'], ['/a\0'], ['x'.repeat(70_000)], ['/a', 2], [['/a']]] },
  viewRows: {
    right: [[1, 0, 100]],
    wrong: [
      [1, -1, 100],
      [1, 0, 1e6],
      [1, 0, Number.NaN],
      [1, 0],
      ['1', 0, 1],
    ],
  },
  openView: {
    right: [[view, 50]],
    wrong: [
      [{ ...view, more: 1 }, 50],
      [{ ...view, sort: { column: 'x', descending: true } }, 50],
      [{ ...view, filter: { ...view.filter, kinds: ['door'] } }, 50],
      [{ ...view, search: 'x'.repeat(5000) }, 50],
      [{ ...view, archiveId: 0.5 }, 50],
      [Object.fromEntries(Object.entries(view).filter(([key]) => key !== 'folder')), 50],
      [null, 50],
      [view, 1_000_000],
      [view],
    ],
  },
  treeFolders: {
    right: [
      [1, '', undefined],
      [1, 'a'],
      [1, 'a', 'a/b'],
    ],
    wrong: [[1], [1, 'a', null]],
  },
  selectionTotals: {
    right: [
      [1, { kind: 'all' }],
      [1, { kind: 'paths', paths: ['a'] }],
    ],
    wrong: [
      [1, { kind: 'all', paths: [] }],
      [1, { kind: 'paths', paths: [1] }],
      [1, { kind: 'view', viewId: 1 }],
      [1, { kind: 'some' }],
    ],
  },
  planCreate: {
    right: [[create], [{ ...create, archivePath: undefined }]],
    wrong: [
      [{ ...create, format: 3 }],
      [{ ...create, inputs: '/x' }],
      [{ ...create, clone: 'maybe' }],
      [{ ...create, inputs: ['/x\0'] }],
    ],
  },
  startJob: {
    right: [
      [{ kind: 'create', options: create }],
      [{ kind: 'extract', options: extract }],
      [{ kind: 'verify', archivePath: '/a' }],
      [{ kind: 'convert', archivePath: '/a', newPath: '/b', format: 1 }],
    ],
    wrong: [
      [{ kind: 'create', options: extract }],
      [{ kind: 'extract', options: { ...extract, onConflict: 'always' } }],
      [{ kind: 'verify', archivePath: '/a', format: 1 }],
      [{ kind: 'wipe', archivePath: '/a' }],
      [{ kind: '__proto__' }],
    ],
  },
  answerConflict: {
    right: [[1, 2, { action: 'skip', applyToAll: true }]],
    wrong: [
      [1, 2, { action: 'fail', applyToAll: true }],
      [1, 2, { action: 'skip' }],
      [1, 2],
    ],
  },
}

describe('arguments of requests', () => {
  const named = Object.entries(cases).flatMap(([name, { right, wrong }]) =>
    Object.hasOwn(requestChannels, name) ? [{ guard: argumentGuards[name as RequestName], name, right, wrong }] : [],
  )

  it.each(named)('$name takes what the contract says', ({ guard, right }) => {
    for (const args of right) expect([args, guard(args)]).toEqual([args, true])
  })

  it.each(named)('$name refuses everything else', ({ guard, wrong }) => {
    for (const args of wrong) expect([args, guard(args)]).toEqual([args, false])
  })

  it('of the wrong shape are refused by every request', () => {
    const strange: unknown[] = [
      undefined,
      null,
      0,
      'x',
      {},
      [Symbol.iterator],
      Array(12).fill(1),
      [{ length: 1 }],
      [() => 1],
    ]
    for (const guard of Object.values(argumentGuards)) for (const args of strange) expect(guard(args)).toBe(false)
  })
})
