/** What the desktop shows of jobs when nobody looks at the window: a bar on its taskbar button, a notification at the end. */
import { Notification } from 'electron'
import { baseName, displayName } from '../../shared/byte-string.ts'
import type { JobState } from '../../shared/ipc/jobs.ts'
import type { Text } from '../language.ts'
import type { MainWindow } from './main-window.ts'

/** Electron's values for a taskbar bar: none, and one that only moves. */
const NO_BAR = -1
const UNKNOWN = 2

export class JobSigns {
  readonly #window: MainWindow
  readonly #text: Text
  readonly #notified = new Set<number>()
  #shown = NO_BAR

  constructor(window: MainWindow, text: Text) {
    this.#window = window
    this.#text = text
  }

  /** Told of every change with all jobs there are. */
  update(states: readonly JobState[], changed: readonly JobState[]): void {
    const bar = barOf(states)
    if (bar !== this.#shown) this.#window.window?.setProgressBar(bar)
    this.#shown = bar
    for (const state of changed) this.#tellEnd(state)
  }

  #tellEnd(state: JobState): void {
    if (state.endedAt === undefined || this.#notified.has(state.jobId)) return
    this.#notified.add(state.jobId)
    // Who cancelled it knows; who sees the window sees it there.
    if (state.status === 'cancelled' || this.#window.isInFront || !Notification.isSupported()) return
    const status = state.status === 'done' ? 'done' : 'failed'
    const notification = new Notification({
      title: this.#text(`notify.${status}`),
      body: this.#text(`notify.${state.kind}`, { status, name: displayName(baseName(state.archivePath)) }),
    })
    notification.on('click', () => this.#window.show(undefined))
    notification.show()
  }
}

/** The part done of all running jobs, in hundredths, so that it changes seldom. */
function barOf(states: readonly JobState[]): number {
  const running = states.filter(({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined)
  if (running.length === 0) return NO_BAR
  let done = 0
  let total = 0
  for (const { progress } of running) {
    if (progress?.bytesTotal === undefined) return UNKNOWN
    done += progress.bytesDone
    total += progress.bytesTotal
  }
  return total === 0 ? UNKNOWN : Math.min(1, Math.floor((100 * done) / total) / 100)
}
