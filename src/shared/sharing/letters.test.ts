import { expect, test } from 'vitest'
import { drawLetters } from './letters.ts'

function drawn(text: string, end = 200): string[] {
  const rows = Array.from({ length: 15 }, () => Array<string>(24).fill(' '))
  drawLetters(text, 0, 12, end, (x, y, share) => {
    const row = rows[y]
    if (row !== undefined) row[x] = share > 0.5 ? '#' : '.'
  })
  return rows.map((row) => row.join('').trimEnd()).filter((row) => row !== '')
}

test('letters look like themselves', () => {
  expect(drawn('l')).toEqual(Array(10).fill(' #.'))
  expect(drawn('–')).toEqual([expect.stringMatching(/^[.#]{5,7}$/)])
  expect(drawn('ü')[0]).toMatch(/#.*#/)
})

test('a letter made of two signs is that of one, and spaces are as wide as spaces', () => {
  expect(drawn('u\u0308')).toEqual(drawn('ü'))
  expect(drawn('1\u00a0B')).toEqual(drawn('1 B'))
  expect(drawn('1\u202fB')).toEqual(drawn('1 B'))
})

test('what has no letter gets the sign for that, and words end where they must', () => {
  expect(drawn('漢')).toEqual(drawn('\ufffd'))
  expect(drawn('ll', 3)).toEqual(drawn('l'))
})
