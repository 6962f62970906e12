import { expect, it } from 'vitest'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import { blockClass } from '../../shared/sharing/block-class.ts'
import { extentFlags } from '../../shared/sharing/extent-flags.ts'
import { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { piecesOfFile } from '../../shared/sharing/pieces.ts'
import { extentRowCount, extentRows } from './extent-rows.ts'

const flags = extentFlags.shared
const map = madeUpMap([
  {
    path: 'a',
    extents: [
      { offset: 5, address: 100, length: 10, flags },
      { offset: 15, address: 110, length: 10, flags },
      { offset: 25, address: 300, length: 10, flags: 0 },
      { offset: 40, address: -1, length: 2, flags: extentFlags.inline },
    ],
    sizeBytes: 50,
  },
  { path: 'b', extents: [{ offset: 0, address: 104, length: 16, flags }], sizeBytes: 16 },
])
const index = new PictureIndex(map)

it('each row begins where the one before it ends, and extents in a row are one piece', () => {
  const rows = extentRows(index, 0, 0, 100)
  expect(rows.map(({ piece, offsetBytes, lengthBytes }) => [piece, offsetBytes, lengthBytes])).toEqual([
    [undefined, 0, 5],
    [1, 5, 10],
    [1, 15, 10],
    [2, 25, 10],
    [undefined, 35, 5],
    [undefined, 40, 2],
    [undefined, 42, 8],
  ])
  expect(rows.map(({ classCode }) => classCode)).toEqual([
    blockClass.hole,
    undefined,
    blockClass.sharedBy2,
    blockClass.onlyHere,
    blockClass.hole,
    blockClass.inline,
    blockClass.hole,
  ])
  expect(rows[1]).toMatchObject({ fewestFiles: 1, mostFiles: 2, addressBytes: 100 })
  expect(rows[2]).toMatchObject({ fewestFiles: 2, mostFiles: 2 })
  expect(extentRowCount(map, 0)).toBe(rows.length)
  expect([piecesOfFile(map, 0), piecesOfFile(map, 1)]).toEqual([2, 1])
})

it('a screenful is a part of all rows', () => {
  const rows = extentRows(index, 0, 0, 100)
  for (let from = 0; from <= rows.length; from++)
    for (let count = 0; count < 4; count++)
      expect(extentRows(index, 0, from, count)).toEqual(rows.slice(from, from + count))
})
