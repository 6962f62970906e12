import { expect, it } from 'vitest'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import { blockClass, classCount } from '../../shared/sharing/block-class.ts'
import { extentFlags } from '../../shared/sharing/extent-flags.ts'
import { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { fileRoles } from '../../shared/sharing/sharing-map.ts'
import { factsOf } from './facts.ts'
import { freedByRole } from './freed.ts'

const role = (name: (typeof fileRoles)[number]): number => fileRoles.indexOf(name)

/** An archive with 100 bytes, of which two extracted files have 60 and 40. */
const map = madeUpMap([
  { path: 'a.reftar', extents: [{ offset: 0, address: 0, length: 100, flags: extentFlags.shared }] },
  { path: 'out/one', extents: [{ offset: 0, address: 0, length: 60, flags: extentFlags.shared }] },
  {
    path: 'out/two',
    extents: [
      { offset: 0, address: 60, length: 40, flags: extentFlags.shared },
      { offset: 40, address: 200, length: 5, flags: 0 },
    ],
  },
])
map.files.roles.set([role('archive'), role('extracted'), role('extracted')])
const index = new PictureIndex(map)

it('tells for each role what deleting its files would free while all others stay', () => {
  expect(freedByRole(index, Uint32Array.of(0, 1, 2))).toMatchObject([
    { role: 'archive', files: 1, freed: { ownBytes: 0, keptBytes: 100 } },
    { role: 'extracted', files: 2, freed: { ownBytes: 5, certainBytes: 5, keptBytes: 100 } },
  ])
  expect(freedByRole(index, Uint32Array.of(1))).toMatchObject([
    { role: 'extracted', files: 1, freed: { ownBytes: 0, keptBytes: 60 } },
  ])
  expect(freedByRole(index, new Uint32Array())).toEqual([])
})

it('tells the archive from the files among who uses a choice', () => {
  const facts = factsOf(index, 1, { kind: 'range', file: 0, offset: 0, lengthBytes: 100 })
  expect(facts).toMatchObject({ fileCount: 3, isWholeFile: true, restBytes: 0 })
  expect(
    facts.parts.map(({ bytes, files, withArchive }) => [bytes, files.map(({ path }) => path), withArchive]),
  ).toEqual([
    [60, ['out/one'], true],
    [40, ['out/two'], true],
  ])
  const own = factsOf(index, 1, { kind: 'range', file: 2, offset: 40, lengthBytes: 5 })
  expect(own).toMatchObject({ isWholeFile: false, parts: [{ bytes: 5, fileCount: 1 }] })
})

it('tells of each place that is lit the classes of what was chosen in it', () => {
  const { ranges, used } = factsOf(index, 1, { kind: 'range', file: 0, offset: 0, lengthBytes: 100 })
  const shared = (bytes: number) =>
    Array.from({ length: classCount }, (_, code) => (code === blockClass.sharedBy2 ? bytes : 0))
  expect(ranges).toEqual([
    { file: 0, offset: 0, lengthBytes: 100, bytesByClass: shared(100) },
    { file: 1, offset: 0, lengthBytes: 60, bytesByClass: shared(60) },
    { file: 2, offset: 0, lengthBytes: 40, bytesByClass: shared(40) },
  ])
  expect(used.map(({ bytesByClass }) => bytesByClass)).toEqual([shared(100)])
})
