/** Plans that are being made, each in a thread of its own. Of each kind only the newest is wanted: one dialog, one plan. */
import { Worker } from 'node:worker_threads'
import type { ErrorData } from '../../shared/errors.ts'
import type { CreatePlan, ExtractPlan, PlanState } from '../../shared/ipc/plans.ts'
import type { CreateOptions } from '../../shared/jobs.ts'
import { whenEnded } from '../workers/calls.ts'
import type { JobOrder } from './protocol.ts'

/** As a job's order, but an archive to make may have no place yet. */
export type PlanOrder =
  | { readonly kind: 'create'; readonly options: CreateOptions }
  | Extract<JobOrder, { readonly kind: 'extract' }>

export interface PlanWorkerData {
  readonly order: PlanOrder
}

export type FromPlan =
  | { readonly kind: 'create'; readonly plan: CreatePlan; readonly complete: boolean }
  | { readonly kind: 'extract'; readonly plan: ExtractPlan; readonly complete: boolean }
  | { readonly kind: 'failed'; readonly error: ErrorData }

interface PlanListeners {
  readonly createPlan: (state: PlanState<CreatePlan>) => void
  readonly extractPlan: (state: PlanState<ExtractPlan>) => void
}

/** A thread that was told to stop has so long to give back what it holds open. */
const END_WITHIN_MILLISECONDS = 5_000

export class Plans {
  readonly #workerPath: string
  readonly #listeners: PlanListeners
  readonly #running = new Map<number, Worker>()
  readonly #newest = new Map<PlanOrder['kind'], number>()
  #lastId = 0

  constructor(workerPath: string, listeners: PlanListeners) {
    this.#workerPath = workerPath
    this.#listeners = listeners
  }

  /** Begins a plan; one of the same kind before it is dropped. Returns its id. */
  start(order: PlanOrder): number {
    const previous = this.#newest.get(order.kind)
    if (previous !== undefined) this.drop(previous)
    const planId = ++this.#lastId
    this.#newest.set(order.kind, planId)
    const workerData: PlanWorkerData = { order }
    const worker = new Worker(this.#workerPath, { workerData })
    this.#running.set(planId, worker)
    const end = (error: ErrorData): void => {
      if (!this.#running.delete(planId)) return
      const state = { planId, plan: undefined, complete: true, error }
      if (order.kind === 'create') this.#listeners.createPlan(state)
      else this.#listeners.extractPlan(state)
    }
    worker.on('message', (message: FromPlan) => {
      if (!this.#running.has(planId)) return
      if (message.kind === 'failed') {
        end(message.error)
        return
      }
      const { complete } = message
      if (complete) this.#running.delete(planId)
      const state = { planId, complete, error: undefined }
      if (message.kind === 'create') this.#listeners.createPlan({ ...state, plan: message.plan })
      else this.#listeners.extractPlan({ ...state, plan: message.plan })
    })
    whenEnded(worker, end)
    return planId
  }

  /** No more is heard of the plan. */
  drop(planId: number): void {
    const worker = this.#running.get(planId)
    this.#running.delete(planId)
    if (worker === undefined) return
    worker.postMessage('cancel')
    const timer = setTimeout(() => void worker.terminate(), END_WITHIN_MILLISECONDS)
    worker.once('exit', () => clearTimeout(timer))
  }

  dropAll(): void {
    for (const planId of this.#running.keys()) this.drop(planId)
  }
}
