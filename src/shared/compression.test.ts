import { expect, it } from 'vitest'
import { compressionChoice } from './compression.ts'

it('leaves a processor to reading where compressing is quick', () => {
  expect(compressionChoice(4, false)).toEqual({ compressionLevel: 1, jobs: 3 })
  expect(compressionChoice(1, false)).toEqual({ compressionLevel: 1, jobs: 1 })
  expect(compressionChoice(4, true)).toEqual({ compressionLevel: 3, jobs: 4 })
  expect(compressionChoice(4, true, 1)).toEqual({ compressionLevel: 1, jobs: 4 })
  expect(compressionChoice(4, false, 9)).toEqual({ compressionLevel: 9, jobs: 4 })
})

it('does what the user wants', () => {
  expect(compressionChoice(4, true, 5, 2)).toEqual({ compressionLevel: 5, jobs: 2 })
})
