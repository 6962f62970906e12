import { expect, it } from 'vitest'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import { neverSharing } from './never-sharing.ts'

it('names the largest files where nothing is shared, and counts the others', () => {
  let address = 0
  const file = (path: string, filesystem: number, length: number) => {
    address += 100
    return { path, filesystem, extents: [{ offset: 0, address, length, flags: 0 }] }
  }
  const files = [
    file('x/a', 1, 10),
    file('x/b', 1, 40),
    file('c', 0, 99),
    file('z', 1, 20),
    file('d', 1, 30),
    file('e', 1, 20),
  ]
  const map = madeUpMap(files, ['btrfs', 'ext4'])
  expect(neverSharing(map)).toEqual([])
  const [btrfs, ext4] = map.filesystems
  if (btrfs === undefined || ext4 === undefined) throw new Error('two filesystems were made up')
  expect(neverSharing({ ...map, filesystems: [btrfs, { ...ext4, canShare: false }] })).toEqual([
    {
      type: 'ext4',
      files: 5,
      onDiskBytes: 120,
      largest: [
        { path: 'x/b', onDiskBytes: 40 },
        { path: 'd', onDiskBytes: 30 },
        { path: 'e', onDiskBytes: 20 },
      ],
    },
  ])
})
