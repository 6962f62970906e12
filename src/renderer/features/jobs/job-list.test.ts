import { expect, test } from 'vitest'
import { textToByteString as bytes } from '../../../shared/byte-string.ts'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { newAnnouncements } from './announcements.ts'
import { fractionDone, openQuestion, shownJob } from './job-list.ts'

const queued: JobState = {
  jobId: 1,
  kind: 'extract',
  status: 'queued',
  archivePath: bytes('/a.reftar'),
  directory: bytes('/out'),
  progress: undefined,
  bytesPerSecond: undefined,
  secondsLeft: undefined,
  startedAt: undefined,
  endedAt: undefined,
  problemCount: 0,
  problems: [],
  notices: [],
  question: undefined,
  result: undefined,
  error: undefined,
}

function job(jobId: number, changes: Partial<JobState>): JobState {
  return { ...queued, jobId, ...changes }
}

function working(bytesDone: number, bytesTotal: number | undefined, filesDone = 0, filesTotal?: number): JobState {
  const progress = { phase: 'extract', bytesDone, bytesTotal, filesDone, filesTotal, current: undefined } as const
  return job(1, { status: 'running', progress })
}

test('the strip shows what asks, then what runs, then what waits, then what ended last', () => {
  const ended = [job(1, { status: 'done', endedAt: 20 }), job(2, { status: 'failed', endedAt: 10 })]
  expect(shownJob(ended)?.jobId).toBe(1)
  const waits = [...ended, job(3, { status: 'queued' }), job(4, { status: 'paused' })]
  expect(shownJob(waits)?.jobId).toBe(4)
  const runs = [...waits, job(5, { status: 'running' })]
  expect(shownJob(runs)?.jobId).toBe(5)
  expect(shownJob([...runs, job(6, { status: 'waiting' })])?.jobId).toBe(6)
  expect(shownJob([])).toBeUndefined()
})

test('questions are asked one after the other, first job first', () => {
  const side = { kind: 'file', sizeBytes: 1, modifyTime: { seconds: 0, nanoseconds: 0 } } as const
  const question = (conflictId: number) => ({
    conflictId,
    entry: bytes('a'),
    path: bytes('/out/a'),
    existing: side,
    archived: side,
    equalContents: undefined,
  })
  const jobs = [
    job(1, {}),
    job(2, { status: 'waiting', question: question(7) }),
    job(3, { status: 'waiting', question: question(8) }),
  ]
  expect(openQuestion(jobs)?.question.conflictId).toBe(7)
  expect(openQuestion(jobs.filter(({ jobId }) => jobId !== 2))?.job.jobId).toBe(3)
})

test('files count where there are no bytes, and nothing is made up where no total is known', () => {
  expect(fractionDone(working(25, 100))).toBe(0.25)
  expect(fractionDone(working(0, 0, 1, 4))).toBe(0.25)
  expect(fractionDone(working(25, undefined))).toBeUndefined()
  expect(fractionDone(queued)).toBeUndefined()
})

test('a hundred ticks are five announcements', () => {
  let announced = newAnnouncements(new Map(), []).announced
  const heard: string[] = []
  const tell = (state: JobState): void => {
    const next = newAnnouncements(announced, [state])
    announced = next.announced
    heard.push(...next.news.map(({ status, percent }) => `${status} ${percent}`))
  }
  for (let done = 0; done <= 100; done++) tell(working(done, 100))
  tell(job(1, { status: 'done' }))
  expect(heard).toEqual(['running 0', 'running 25', 'running 50', 'running 75', 'done 0'])
})

test('a job that ended before the window was reloaded is not announced again', () => {
  expect(newAnnouncements(new Map(), [job(1, { status: 'done' }), job(2, {})]).news).toEqual([
    { jobId: 2, status: 'queued', percent: 0 },
  ])
})
