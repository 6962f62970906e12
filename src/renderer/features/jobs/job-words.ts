/** What a job is called while it runs and when it ended without a result. Pure. */
import { baseName, displayName } from '../../../shared/byte-string.ts'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import type { Words } from '../../lib/words.ts'
import { fractionDone, percentDone } from './job-list.ts'

/** The archive’s name, safe to show. */
export function jobName({ archivePath }: JobState): string {
  return displayName(baseName(archivePath))
}

/** The sentence of the strip: what is being done, or how it ended. */
export function jobSentence(job: JobState, words: Words): string {
  const { text } = words
  const archive = jobName(job)
  if (job.status === 'failed') {
    const failed = text(`jobs.failed.${job.kind}`, { archive })
    return job.error === undefined ? failed : `${failed}: ${words.error(job.error.code).title}`
  }
  if (job.status === 'cancelled') return text(`jobs.cancelled.${job.kind}`, { archive })
  if (job.kind !== 'extract') return text(`jobs.doing.${job.kind}`, { archive })
  const folder = job.directory === undefined ? '' : words.path(job.directory)
  const files = job.progress?.filesTotal
  return files === undefined
    ? text('jobs.doing.extract', { archive, folder })
    : text('jobs.doing.extractFiles', { files, folder })
}

/** Phase, percent, speed and time left, as far as they are known and mean something. */
export function jobFigures(job: JobState, { text, format }: Words): string[] {
  if (job.status === 'queued' || job.status === 'waiting') return [text(`jobs.status.${job.status}`)]
  const fraction = fractionDone(job)
  const percent = fraction === undefined ? [] : [`${format.count(percentDone(fraction))} %`]
  if (job.status === 'paused') return [...percent, text('jobs.status.paused')]
  if (job.status !== 'running') return []
  const { progress, bytesPerSecond, secondsLeft } = job
  return [
    ...(progress === undefined || progress.phase === job.kind ? [] : [text(`jobs.phase.${progress.phase}`)]),
    ...percent,
    ...(bytesPerSecond === undefined ? [] : [text('jobs.speed', { size: format.size(bytesPerSecond) })]),
    ...(secondsLeft === undefined ? [] : [text('jobs.timeLeft', { duration: timeLeft(secondsLeft, format.duration) })]),
  ]
}

/** Whole seconds: a tenth of a second is no estimate. */
function timeLeft(seconds: number, duration: (milliseconds: number) => string): string {
  return seconds < 10 ? `${Math.max(1, Math.ceil(seconds))} s` : duration(Math.round(seconds) * 1000)
}
