/** The open archives: one worker thread each, so that a damaged or enormous one holds nobody else up. */
import { Worker } from 'node:worker_threads'
import type { ByteString } from '../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../shared/errors.ts'
import type { OpenArchive, ViewQuery, ViewRows, ViewState } from '../../shared/ipc/archives.ts'
import { inBackground } from '../background.ts'
import { WorkerCalls } from '../workers/calls.ts'
import type { ArchiveCalls, ArchiveEvent } from './protocol.ts'

/** The index of who uses which bytes takes most of it (sharing-index.ts); typed arrays lie outside. */
const HEAP_MEGABYTES = 512

interface Session {
  readonly path: ByteString
  readonly worker: WorkerCalls<ArchiveCalls, ArchiveEvent>
}

export interface ArchiveListeners {
  readonly viewChanged: (state: ViewState) => void
  readonly archiveLost: (lost: { readonly archiveId: number; readonly error: ErrorData }) => void
  /** Whether it was closed or lost: nobody reads it any more. */
  readonly closed: (archiveId: number) => Promise<void>
}

export class ArchiveSessions {
  readonly #workerPath: string
  readonly #listeners: ArchiveListeners
  readonly #sessions = new Map<number, Session>()
  /** View id → archive id. */
  readonly #views = new Map<number, number>()
  #lastArchiveId = 0
  #lastViewId = 0
  /** How often all were closed. */
  #closedAll = 0

  constructor(workerPath: string, listeners: ArchiveListeners) {
    this.#workerPath = workerPath
    this.#listeners = listeners
  }

  /** Opens an archive in a thread of its own. Errors as openArchive's; `cancelled` when all were closed meanwhile. */
  async open(path: ByteString): Promise<OpenArchive> {
    const archiveId = ++this.#lastArchiveId
    const closedAll = this.#closedAll
    const thread = new Worker(this.#workerPath, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } })
    const worker = new WorkerCalls<ArchiveCalls, ArchiveEvent>(thread, this.#listeners.viewChanged, (error) => {
      if (!this.#forget(archiveId)) return
      this.#listeners.archiveLost({ archiveId, error })
      inBackground(this.#listeners.closed(archiveId))
    })
    try {
      const info = await worker.call('open', path)
      this.#sessions.set(archiveId, { path, worker })
      if (closedAll === this.#closedAll) return { archiveId, path, info }
    } catch (error) {
      await worker.end()
      throw error
    }
    await this.close(archiveId)
    throw new ReftarError('cancelled', 'It was closed')
  }

  async close(archiveId: number): Promise<void> {
    const session = this.#sessions.get(archiveId)
    this.#forget(archiveId)
    // A thread that dies meanwhile holds nothing open either.
    await session?.worker.call('close').catch(() => {})
    await session?.worker.end()
    await this.#listeners.closed(archiveId)
  }

  /** Closes them, and those that are being opened once they are. */
  async closeAll(): Promise<void> {
    this.#closedAll += 1
    await Promise.all(Array.from(this.#sessions.keys(), (archiveId) => this.close(archiveId)))
  }

  pathOf(archiveId: number): ByteString {
    return this.#session(archiveId).path
  }

  /** The worker behind an archive; `not-found` when it isn't open any more. */
  archive(archiveId: number): WorkerCalls<ArchiveCalls, ArchiveEvent> {
    return this.#session(archiveId).worker
  }

  /** The worker behind a view, likewise. */
  view(viewId: number): WorkerCalls<ArchiveCalls, ArchiveEvent> {
    const archiveId = this.#views.get(viewId)
    if (archiveId === undefined) throw new ReftarError('not-found', 'This view isn’t open any more')
    return this.archive(archiveId)
  }

  /** Answers with the first `count` rows. */
  async openView(query: ViewQuery, count: number): Promise<ViewRows> {
    const worker = this.archive(query.archiveId)
    const viewId = ++this.#lastViewId
    this.#views.set(viewId, query.archiveId)
    try {
      return await worker.call('openView', viewId, query, count)
    } catch (error) {
      this.#views.delete(viewId)
      throw error
    }
  }

  /** Closing what isn't open any more is no mistake: the archive may just have gone. */
  async closeView(viewId: number): Promise<void> {
    const archiveId = this.#views.get(viewId)
    this.#views.delete(viewId)
    if (archiveId !== undefined) await this.#sessions.get(archiveId)?.worker.call('closeView', viewId)
  }

  #session(archiveId: number): Session {
    const session = this.#sessions.get(archiveId)
    if (session === undefined) throw new ReftarError('not-found', 'This archive isn’t open any more')
    return session
  }

  #forget(archiveId: number): boolean {
    for (const [viewId, of] of this.#views) if (of === archiveId) this.#views.delete(viewId)
    return this.#sessions.delete(archiveId)
  }
}
