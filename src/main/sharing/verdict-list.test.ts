import { describe, expect, it } from 'vitest'
import type { FileVerdict } from '../../shared/sharing/verdict.ts'
import { VerdictList } from './verdict-list.ts'

const nothing: FileVerdict = {
  path: '',
  sizeBytes: 4096,
  withArchiveBytes: 0,
  withFilesBytes: 0,
  copiedBytes: 0,
  copyReason: undefined,
  holeBytes: 0,
  uncheckedBytes: 0,
  notSharedBytes: 0,
}
const cloned = (path: string): FileVerdict => ({ ...nothing, path, withArchiveBytes: 4096 })
const copied = (path: string): FileVerdict => ({
  ...nothing,
  path,
  copiedBytes: 4096,
  copyReason: 'different-filesystem',
})

describe('VerdictList', () => {
  const list = new VerdictList()
  for (const verdict of [cloned('a'), copied('b'), cloned('c'), copied('d')]) list.add(verdict)

  it('lists what is wrong before what is right, page by page', () => {
    expect(list.rows(undefined, 0, 10).rows.map(({ path }) => path)).toEqual(['b', 'd', 'a', 'c'])
    expect(list.rows(undefined, 1, 2).rows.map(({ path }) => path)).toEqual(['d', 'a'])
    expect(list.rows(undefined, 3, 5).rows.map(({ path }) => path)).toEqual(['c'])
  })

  it('lists one kind, and counts all', () => {
    const { rows, rowCount, kinds } = list.rows('cloned', 0, 10)
    expect(rows.map(({ path }) => path)).toEqual(['a', 'c'])
    expect(rowCount).toBe(2)
    expect(kinds).toEqual([
      { kind: 'copied', files: 2 },
      { kind: 'cloned', files: 2 },
    ])
  })

  it('keeps fifty thousand of a kind, and says how many more there were', () => {
    const large = new VerdictList()
    for (let file = 0; file < 50_003; file++) large.add(cloned(String(file)))
    expect(large.rows(undefined, 0, 1)).toMatchObject({ rowCount: 50_000, omitted: 3 })
    expect(large.rows(undefined, 0, 1).kinds).toEqual([{ kind: 'cloned', files: 50_003 }])
  })
})
