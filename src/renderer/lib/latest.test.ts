import { describe, expect, it } from 'vitest'
import { latestOnly } from './latest.ts'

describe('latestOnly', () => {
  it('asks one at a time, and of those that wait only the last', async () => {
    const asked: number[] = []
    let underWay = 0
    const answers: (() => void)[] = []
    const ask = latestOnly(async (question: number) => {
      asked.push(question)
      underWay++
      expect(underWay).toBe(1)
      await new Promise<void>((resolve) => answers.push(resolve))
      underWay--
    })
    const answer = async (): Promise<void> => {
      answers.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const question of [1, 2, 3, 4]) ask(question)
    expect(asked).toEqual([1])
    await answer()
    expect(asked).toEqual([1, 4])
    await answer()
    ask(5)
    expect(asked).toEqual([1, 4, 5])
  })
})
