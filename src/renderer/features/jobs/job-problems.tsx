/** The problems of a job, however many: fetched in pages as they are scrolled to. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { describeError, type ErrorData } from '../../../shared/errors.ts'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Disclosure } from '../../parts/disclosure.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './jobs.module.css'

const PAGE_PROBLEMS = 100
const ESTIMATED_HEIGHT_PIXELS = 48

export function JobProblems({ job }: { readonly job: JobState }) {
  const { text } = useWords()
  return (
    <Disclosure title={text('jobs.problems.attention', { count: job.problemCount })}>
      <ProblemList job={job} />
    </Disclosure>
  )
}

function ProblemList({ job: { jobId, problemCount, problems } }: { readonly job: JobState }) {
  const { text, error, say } = useWords()
  const scroller = useRef<HTMLElement>(null)
  const rows = useVirtualizer({
    count: problemCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT_PIXELS,
    overscan: 5,
  })
  const shown = rows.getVirtualItems()
  const fetched = useProblemPages(jobId, problemCount, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0)
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      aria-label={text('jobs.problems', { count: problemCount })}
      className={styles['problems']}
    >
      <ul className={styles['problem-list']} style={{ blockSize: rows.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const problem = problems[index] ?? fetched.get(index)
          return (
            <li
              key={index}
              ref={rows.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={problemCount}
              className={styles['problem']}
              style={{ transform: `translateY(${start}px)` }}
            >
              {problem === undefined ? (
                text('jobs.problems.loading')
              ) : (
                <>
                  <p>{describeError(problem, say)}</p>
                  <p className={styles['note']}>{error(problem.code).remedy}</p>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Problems beyond the first few, by index: the pages around the shown ones. */
function useProblemPages(jobId: number, count: number, first: number, last: number): ReadonlyMap<number, ErrorData> {
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [fetched, setFetched] = useState<ReadonlyMap<number, ErrorData>>(new Map())
  const firstPage = Math.floor(first / PAGE_PROBLEMS)
  const lastPage = Math.floor(last / PAGE_PROBLEMS)
  useEffect(() => {
    for (let page = firstPage; page <= lastPage; page++) {
      const from = page * PAGE_PROBLEMS
      const wanted = Math.min(PAGE_PROBLEMS, count - from)
      void attempt(async () => {
        const problems = await backend.request('jobProblems', jobId, from, wanted)
        setFetched(
          (before) => new Map([...before, ...problems.map((problem, index) => [from + index, problem] as const)]),
        )
      })
    }
  }, [backend, attempt, jobId, count, firstPage, lastPage])
  return fetched
}
