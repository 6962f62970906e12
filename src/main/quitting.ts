/** Quitting while jobs run asks first; then they are cancelled, so that nothing unfinished is left behind. */
import { app, dialog, type MessageBoxOptions } from 'electron'
import { inBackground } from './background.ts'
import type { JobQueue } from './jobs/queue.ts'
import type { Text } from './language.ts'
import type { MainWindow } from './windows/main-window.ts'

export class Quitting {
  readonly #jobs: JobQueue
  readonly #window: MainWindow
  readonly #text: Text
  /** What must be done before the app ends, whether jobs run or not. */
  readonly #cleanUp: () => Promise<void>
  #isAsking = false
  #isClean = false

  constructor(jobs: JobQueue, window: MainWindow, text: Text, cleanUp: () => Promise<void>) {
    this.#jobs = jobs
    this.#window = window
    this.#text = text
    this.#cleanUp = cleanUp
  }

  /** Whether the window may close now; if not, the user is asked and the app quits later, or not. */
  mayClose(): boolean {
    if (this.#isClean || this.#jobs.openCount === 0) return true
    inBackground(this.#ask())
    return false
  }

  /** Watches the app: nothing ends before jobs have, and everything is cleaned up. */
  watch(): void {
    app.on('before-quit', (event) => {
      if (this.#isClean) return
      event.preventDefault()
      if (this.#jobs.openCount === 0) inBackground(this.#quit())
      else inBackground(this.#ask())
    })
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const count = this.#jobs.openCount
    const options: MessageBoxOptions = {
      type: 'question',
      message: this.#text('quit.title', { count }),
      detail: this.#text('quit.text', { count }),
      buttons: [this.#text('quit.cancelJobs'), this.#text('quit.keep')],
      defaultId: 1,
      cancelId: 1,
    }
    const { window } = this.#window
    const { response } = await (window === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options))
    this.#isAsking = false
    // Jobs that ended meanwhile leave nothing to decide but whether to go.
    if (response === 0) await this.#quit()
  }

  async #quit(): Promise<void> {
    await this.#jobs.cancelAll()
    await this.#cleanUp()
    this.#isClean = true
    app.quit()
  }
}
