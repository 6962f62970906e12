/** Plans that are being made, each in a thread of its own. Of each kind only the newest is wanted: one dialog, one plan. */
import { Worker } from 'node:worker_threads'
import type { ErrorData } from '../../shared/errors.ts'
import type { CreatePlan, PlanState } from '../../shared/ipc/plans.ts'
import type { CreateOptions } from '../../shared/jobs.ts'
import { workEnded } from '../workers/calls.ts'

export interface PlanOrder {
  readonly kind: 'create'
  readonly options: CreateOptions
}

export interface PlanWorkerData {
  readonly order: PlanOrder
}

export type FromPlan = { readonly plan: CreatePlan; readonly complete: boolean } | { readonly error: ErrorData }

/** A thread that was told to stop has so long to give back what it holds open. */
const END_WITHIN_MILLISECONDS = 5_000

export class Plans {
  readonly #workerPath: string
  readonly #createPlan: (state: PlanState<CreatePlan>) => void
  readonly #running = new Map<number, Worker>()
  readonly #newest = new Map<PlanOrder['kind'], number>()
  #lastId = 0

  constructor(workerPath: string, createPlan: (state: PlanState<CreatePlan>) => void) {
    this.#workerPath = workerPath
    this.#createPlan = createPlan
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
      this.#createPlan({ planId, plan: undefined, complete: true, error })
    }
    worker.on('message', (message: FromPlan) => {
      if (!this.#running.has(planId)) return
      if ('error' in message) {
        end(message.error)
        return
      }
      const { plan, complete } = message
      if (complete) this.#running.delete(planId)
      this.#createPlan({ planId, plan, complete, error: undefined })
    })
    worker.on('error', (error) => end(workEnded(error)))
    worker.on('exit', (code) => end(workEnded(`the thread that did it ended with code ${code}`)))
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
