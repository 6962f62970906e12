import { expect, it } from 'vitest'
import { wordsIn } from '../../lib/words.test-support.ts'
import { freedInArchive, freedSentence } from './freed-sentences.tsx'

const words = wordsIn('en')
const freed = {
  ownBytes: 5000,
  certainBytes: 5000,
  othersBytes: 0,
  keptBytes: 0,
  uncheckedBytes: 0,
  filesWithOtherNames: 0,
}
const these = words.text('sharing.freed.other', { count: 2 })

it('deleting frees what nobody else uses', () => {
  expect(freedSentence(these, freed, words)).toBe('Deleting these 2 files would free 5.0 kB.')
  expect(freedSentence(these, { ...freed, keptBytes: 2000, filesWithOtherNames: 1 }, words)).toBe(
    'Deleting these 2 files would free 5.0 kB. 2.0 kB stay: other files looked at use the same blocks. 1 file has further names elsewhere, and would stay.',
  )
  expect(freedInArchive({ ...freed, keptBytes: 2000 }, words)).toBe(
    'Without what is shown here the archive would be 5.0 kB smaller. The disk may gain less: other files can use the same blocks. 2.0 kB stay: other entries use them too.',
  )
})

it('what isn’t certain is told apart, and what isn’t known isn’t told', () => {
  expect(freedSentence(these, { ...freed, certainBytes: 1000 }, words)).toMatch(
    /would free 1\.0 kB for certain, and 4\.0 kB more unless files not looked at use it/,
  )
  expect(freedSentence(these, { ...freed, othersBytes: 3000 }, words)).toBe(
    'Deleting these 2 files would free at least 5.0 kB. Another 3.0 kB may stay: the filesystem says that they are shared, perhaps with files not looked at.',
  )
  for (const unknown of [undefined, { ...freed, uncheckedBytes: 1 }])
    expect(freedSentence(these, unknown, words)).toMatch(/^Deleting these 2 files: can’t be told here/)
})
