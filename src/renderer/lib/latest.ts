/** Questions that follow each other quicker than they are answered: one at a time, and only the newest waits. */
import { useEffect, useRef, useState } from 'react'
import { errorData, ReftarError } from '../../shared/errors.ts'
import { useWindow } from '../store/store.ts'

/** Calls `ask` with each arguments' turn; of those that come while it runs only the last. It must not reject. */
export function latestOnly<Args extends readonly unknown[]>(
  ask: (...args: Args) => Promise<void>,
): (...args: Args) => void {
  let isBusy = false
  let waiting: Args | undefined
  const run = async (args: Args): Promise<void> => {
    isBusy = true
    await ask(...args)
    isBusy = false
    const next = waiting
    waiting = undefined
    if (next !== undefined) void run(next)
  }
  return (...args) => {
    if (isBusy) waiting = args
    else void run(args)
  }
}

/** A question with its answer: what is drawn belongs together. */
export interface Answered<Question, Answer> {
  readonly question: Question
  readonly answer: Answer
}

/** What is no failure: the thing asked about was closed, or isn't there yet. */
const passing: ReadonlySet<string> = new Set(['not-found', 'try-again', 'cancelled'])

/**
 * The newest answer that there is. It stays until the next one is there; without a question there is none. A question is
 * new when it is another object.
 */
export function useLatest<Question, Answer>(
  question: Question | undefined,
  ask: (question: Question) => Promise<Answer>,
): Answered<Question, Answer> | undefined {
  const [answered, setAnswered] = useState<Answered<Question, Answer>>()
  const attempt = useWindow((state) => state.attempt)
  const isGone = useRef(false)
  const current = useRef(ask)
  current.current = ask
  const [put] = useState(() =>
    latestOnly(async (asked: Question) => {
      try {
        const answer = await current.current(asked)
        if (!isGone.current) setAnswered({ question: asked, answer })
      } catch (error) {
        if (isGone.current || passing.has(errorData(error).code)) return
        await attempt(() => Promise.reject(error instanceof ReftarError ? error : new Error(String(error))))
      }
    }),
  )
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  useEffect(() => {
    if (question !== undefined) put(question)
  }, [question, put])
  return question === undefined ? undefined : answered
}
