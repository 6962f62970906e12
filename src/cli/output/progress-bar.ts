/** The progress bar on a terminal: bytes, files, speed, time left. */
import { type Params, SingleBar } from 'cli-progress'
import { countOf, formatDuration, formatSize, type SizeUnits } from '../../shared/format-size.ts'
import type { JobPhase, Progress } from '../../shared/progress.ts'

const phaseTexts: Readonly<Record<JobPhase, string>> = {
  scan: 'Looking',
  create: 'Archiving',
  extract: 'Extracting',
  finish: 'Finishing',
  verify: 'Checking',
  compare: 'Comparing',
  seal: 'Sealing',
  prove: 'Asking the filesystem',
  analyse: 'Looking',
  convert: 'Converting',
  generate: 'Generating',
  recover: 'Recovering',
  receive: 'Reading the pipe',
}

const BAR_CHARACTERS = 20
/** Speed and time left follow the last seconds, not the whole run: a disk is faster where blocks are cloned. */
const SPEED_WINDOW_MILLISECONDS = 3000

interface Sample {
  readonly time: number
  readonly bytes: number
}

/** One line for a state of progress; `maxWidth` columns at most. */
export function progressLine(
  progress: Progress,
  bytesPerSecond: number | undefined,
  maxWidth: number,
  units: SizeUnits,
): string {
  const { bytesDone, bytesTotal, filesDone, filesTotal } = progress
  const parts = [phaseTexts[progress.phase]]
  if (bytesTotal !== undefined && bytesTotal > 0) {
    const share = Math.min(bytesDone / bytesTotal, 1)
    const full = Math.floor(share * BAR_CHARACTERS)
    parts.push(
      `${'█'.repeat(full)}${'░'.repeat(BAR_CHARACTERS - full)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    )
    parts.push(`${formatSize(bytesDone, units)} of ${formatSize(bytesTotal, units)}`)
  } else if (bytesDone > 0) parts.push(formatSize(bytesDone, units))
  parts.push(countOf(filesDone, 'file') + (filesTotal === undefined ? '' : ` of ${filesTotal}`))
  if (bytesPerSecond !== undefined && bytesPerSecond > 0) {
    parts.push(`${formatSize(bytesPerSecond, units)}/s`)
    if (bytesTotal !== undefined && bytesTotal > bytesDone) {
      parts.push(`${formatDuration(((bytesTotal - bytesDone) / bytesPerSecond) * 1000)} left`)
    }
  }
  return parts.join('  ').slice(0, Math.max(maxWidth - 1, 0))
}

export interface ProgressBar {
  update(progress: Progress): void
  /** Prints a line above the bar. */
  above(print: () => void): void
  stop(): void
}

/** A bar on standard error, drawn from the first update on. */
export function terminalProgressBar(units: SizeUnits): ProgressBar {
  let latest: Progress | undefined
  let samples: Sample[] = []
  let speed: number | undefined
  const bar = new SingleBar({
    // The bar's own formatter knows counts of one thing; ours shows bytes and files.
    format: (_options: unknown, params: Params) =>
      latest === undefined ? '' : progressLine(latest, speed, params.maxWidth, units),
    clearOnComplete: true,
    fps: 10,
    // The terminal stays as it is: a signal may end the process, and then nothing could be set back.
    hideCursor: false,
    linewrap: true,
  })
  process.once('exit', () => bar.stop())
  return {
    update(progress) {
      const now = Date.now()
      if (latest?.phase !== progress.phase) samples = []
      samples = [
        ...samples.filter((sample) => now - sample.time < SPEED_WINDOW_MILLISECONDS),
        { time: now, bytes: progress.bytesDone },
      ]
      const first = samples[0]
      const elapsed = first === undefined ? 0 : now - first.time
      speed = first === undefined || elapsed < 300 ? undefined : ((progress.bytesDone - first.bytes) / elapsed) * 1000
      const started = latest !== undefined
      latest = progress
      if (!started) bar.start(progress.bytesTotal ?? 0, 0)
      bar.setTotal(progress.bytesTotal ?? 0)
      bar.update(progress.bytesDone)
    },
    above(print) {
      if (latest !== undefined) process.stderr.write('\r\u001b[K')
      print()
    },
    stop() {
      latest = undefined
      bar.stop()
    },
  }
}
