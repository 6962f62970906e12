/** The looks at sharing that the window has open: one worker thread each, which keeps the map. */
import { Worker } from 'node:worker_threads'
import { ReftarError } from '../../shared/errors.ts'
import type { SharingState, SharingSubject } from '../../shared/ipc/sharing.ts'
import { WorkerCalls } from '../workers/calls.ts'
import type { SharingCalls, SharingEvent } from './protocol.ts'

interface Session {
  readonly worker: WorkerCalls<SharingCalls, SharingEvent>
  state: SharingState
}

export class SharingSessions {
  readonly #workerPath: string
  readonly #changed: (state: SharingState) => void
  readonly #sessions = new Map<number, Session>()
  #lastId = 0
  /** How often all were closed. */
  #closedAll = 0

  constructor(workerPath: string, changed: (state: SharingState) => void) {
    this.#workerPath = workerPath
    this.#changed = changed
  }

  /** Begins to look; the states that follow go to `changed`. `cancelled` when all were closed meanwhile. */
  async open(subject: SharingSubject): Promise<SharingState> {
    const sharingId = ++this.#lastId
    const closedAll = this.#closedAll
    const worker = new WorkerCalls<SharingCalls, SharingEvent>(
      new Worker(this.#workerPath),
      (state) => this.#follow(sharingId, state),
      (error) => {
        const session = this.#sessions.get(sharingId)
        if (session !== undefined) this.#follow(sharingId, { ...session.state, isLooking: false, error })
      },
    )
    try {
      const state = await worker.call('open', sharingId, subject)
      if (closedAll !== this.#closedAll) throw new ReftarError('cancelled', 'It was closed')
      this.#sessions.set(sharingId, { worker, state })
      return state
    } catch (error) {
      await worker.end()
      throw error
    }
  }

  /** The thread behind a look; `not-found` when it was closed. */
  worker(sharingId: number): WorkerCalls<SharingCalls, SharingEvent> {
    const session = this.#sessions.get(sharingId)
    if (session === undefined) throw new ReftarError('not-found', 'This look at sharing isn’t open any more')
    return session.worker
  }

  async close(sharingId: number): Promise<void> {
    const session = this.#sessions.get(sharingId)
    this.#sessions.delete(sharingId)
    // Nothing is written and every file is closed after each look: the thread can be ended at any moment.
    await session?.worker.end()
  }

  /** Closes them, and those that are being opened once they are. */
  async closeAll(): Promise<void> {
    this.#closedAll += 1
    await Promise.all(Array.from(this.#sessions.keys(), (sharingId) => this.close(sharingId)))
  }

  #follow(sharingId: number, state: SharingState): void {
    const session = this.#sessions.get(sharingId)
    if (session === undefined) return
    session.state = state
    this.#changed(state)
  }
}
