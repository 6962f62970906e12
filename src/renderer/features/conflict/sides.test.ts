import { expect, test } from 'vitest'
import { textToByteString as bytes } from '../../../shared/byte-string.ts'
import type { ConflictQuestion, ConflictSide } from '../../../shared/ipc/jobs.ts'
import { compareSides } from './sides.ts'

const file = (sizeBytes: number, seconds: number, nanoseconds = 0): ConflictSide => ({
  kind: 'file',
  sizeBytes,
  modifyTime: { seconds, nanoseconds },
})

function question(existing: ConflictSide, archived: ConflictSide, equalContents?: boolean): ConflictQuestion {
  return { conflictId: 1, entry: bytes('a'), path: bytes('/out/a'), existing, archived, equalContents }
}

test('newer is decided to the nanosecond', () => {
  expect(compareSides(question(file(1, 10, 1), file(1, 10, 2))).newer).toBe('archived')
  expect(compareSides(question(file(1, 11), file(1, 10, 2))).newer).toBe('existing')
  expect(compareSides(question(file(1, 10), file(1, 10))).newer).toBeUndefined()
})

test('equal is never said of contents that nobody compared', () => {
  expect(compareSides(question(file(5, 1), file(5, 1))).contents).toBe('not-compared')
  expect(compareSides(question(file(5, 1), file(5, 1), true)).contents).toBe('equal')
  expect(compareSides(question(file(5, 1), file(5, 1), false)).contents).toBe('different')
})

test('files of different size differ without being read', () => {
  expect(compareSides(question(file(5, 1), file(6, 1)))).toMatchObject({ contents: 'different', larger: 'archived' })
})

test('a folder is not replaced, and has no contents to compare with a file’s', () => {
  const folder: ConflictSide = { kind: 'folder', sizeBytes: 0, modifyTime: { seconds: 0, nanoseconds: 0 } }
  expect(compareSides(question(folder, file(6, 1)))).toMatchObject({
    canReplace: false,
    contents: undefined,
    larger: undefined,
  })
})
