/** Maps of a million extents, for measuring what a picture of them takes. */
import { extentFlags } from '../../src/shared/sharing/extent-flags.ts'
import type { SharingMap } from '../../src/shared/sharing/sharing-map.ts'
import { madeUpMap } from './made-up-layout.ts'

const fileCount = 100_000
const extentsAFile = 10

/** Half of the files are clones of the others, some of them overwritten in part; every extent lies somewhere else. */
export function millionExtents(): SharingMap {
  const files = Array.from({ length: fileCount }, (_, file) => ({
    path: `${file % 300}/${file}`,
    extents: Array.from({ length: extentsAFile }, (__, part) => {
      const original = file % (fileCount / 2)
      const isOwn = part % 7 === original % 7 && file >= fileCount / 2
      const place = ((original * extentsAFile + part) * 7919) % (fileCount * extentsAFile)
      const address = (isOwn ? place + fileCount * extentsAFile : place) * 20_480
      return { offset: part * 16_384, address, length: 12_288, flags: isOwn ? 0 : extentFlags.shared }
    }),
  }))
  return madeUpMap(files, ['xfs'], 100)
}

/** So many files in which data and holes take turns, a million extents in all: each far denser than its pixels. */
export function denseFiles(files: number): SharingMap {
  const extentsOfEach = 1_000_000 / files
  const dense = Array.from({ length: files }, (_, file) => ({
    path: `${file}`,
    extents: Array.from({ length: extentsOfEach }, (__, part) => ({
      offset: part * 8192,
      address: (((file * extentsOfEach + part) * 7919) % 1_000_000) * 8192,
      length: 4096,
      flags: part % 3 === 0 ? extentFlags.shared : 0,
    })),
  }))
  return madeUpMap(dense, ['xfs'])
}
