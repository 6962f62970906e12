import { expect, test } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import { asGiven } from './as-given.ts'

test.each([
  ['test_data/a.bin', 'a.bin', 'test_data/a.bin'],
  ['/srv/vm/', 'vm/disks/1', '/srv/vm/disks/1'],
  ['x/y/.', 'y/z', 'x/y/z'],
  ['folder', 'folder/folder', 'folder/folder'],
  ['.', 'a/b', 'a/b'],
  ['..', 'a', 'a'],
  ['/', 'etc/x', 'etc/x'],
])('%s: %s is %s', (input, stored, shown) => {
  expect(asGiven(['other/thing' as ByteString, input as ByteString], false)(stored)).toBe(shown)
})

test('paths that are stored as given stay', () => {
  expect(asGiven(['a/b' as ByteString], true)('a/b/c')).toBe('a/b/c')
})
