import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import { canStep, currentPlace, startHistory, step, visit } from './history.ts'

const path = (text: string): ByteString => text as ByteString

describe('history', () => {
  const inB = visit(visit(startHistory(path('')), path('a')), path('a/b'))

  it('goes back and forward', () => {
    const back = step(step(inB, -1), -1)
    expect(currentPlace(back)).toBe('')
    expect(canStep(back, -1)).toBe(false)
    expect(step(back, -1)).toBe(back)
    expect(currentPlace(step(back, 1))).toBe('a')
  })

  it('forgets what was ahead when another way is taken', () => {
    const other = visit(step(inB, -1), path('c'))
    expect(other.places).toEqual(['', 'a', 'c'])
    expect(canStep(other, 1)).toBe(false)
  })

  it('keeps a place once when it is visited twice in a row, and not more than a hundred', () => {
    expect(visit(inB, path('a/b'))).toBe(inB)
    let long = inB
    for (let i = 0; i < 500; i++) long = visit(long, path(String(i)))
    expect(long.places).toHaveLength(100)
    expect(currentPlace(long)).toBe('499')
  })
})
