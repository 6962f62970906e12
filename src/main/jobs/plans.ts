/** Plans that are being made, each in a thread of its own. Of each kind only the newest is wanted: one dialog, one plan. */
import { Worker } from 'node:worker_threads'
import type { ErrorData } from '../../shared/errors.ts'
import type { CreatePlan, ExtractPlan, PlanState } from '../../shared/ipc/plans.ts'
import type { CreateOptions } from '../../shared/jobs.ts'
import { whenEnded } from '../workers/calls.ts'
import type { JobOrder, JobTotals } from './protocol.ts'

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
  /** What the newest creation comes to, once that is known; undefined when it won't be. */
  #creation:
    | { readonly key: string; readonly planId: number; readonly totals: Promise<JobTotals | undefined> }
    | undefined
  readonly #settle = new Map<number, (totals: JobTotals | undefined) => void>()
  /** Plans that jobs wait for: they go on when the page has dropped them. */
  readonly #wanted = new Set<number>()
  #lastId = 0

  constructor(workerPath: string, listeners: PlanListeners) {
    this.#workerPath = workerPath
    this.#listeners = listeners
  }

  /** Begins a plan; one of the same kind before it is dropped. `key` names what a creation is of. Returns its id. */
  start(order: PlanOrder, key = ''): number {
    const previous = this.#newest.get(order.kind)
    if (previous !== undefined) this.drop(previous)
    const planId = ++this.#lastId
    this.#newest.set(order.kind, planId)
    if (order.kind === 'create') {
      const totals = new Promise<JobTotals | undefined>((resolve) => this.#settle.set(planId, resolve))
      this.#creation = { key, planId, totals }
    }
    const workerData: PlanWorkerData = { order }
    const worker = new Worker(this.#workerPath, { workerData })
    this.#running.set(planId, worker)
    const end = (error: ErrorData): void => {
      if (!this.#running.delete(planId)) return
      this.#settled(planId, undefined)
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
      if (message.kind === 'create') {
        if (complete) this.#settled(planId, message.plan)
        this.#listeners.createPlan({ ...state, plan: message.plan })
      } else this.#listeners.extractPlan({ ...state, plan: message.plan })
    })
    whenEnded(worker, end)
    return planId
  }

  /**
   * What a creation comes to, if the newest plan is of it. The plan goes on until that is known, whoever drops it, or
   * until `release`.
   */
  totalsOf(key: string): { readonly totals: Promise<JobTotals | undefined>; readonly release: () => void } | undefined {
    if (this.#creation?.key !== key) return undefined
    const { planId, totals } = this.#creation
    this.#wanted.add(planId)
    const release = (): void => {
      this.#wanted.delete(planId)
      this.drop(planId)
    }
    return { totals, release }
  }

  #settled(planId: number, totals: JobTotals | undefined): void {
    if (totals === undefined && this.#creation?.planId === planId && this.#settle.has(planId))
      this.#creation = undefined
    this.#settle.get(planId)?.(totals)
    this.#settle.delete(planId)
  }

  /** No more is heard of the plan. */
  drop(planId: number): void {
    if (this.#wanted.has(planId)) return
    this.#settled(planId, undefined)
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
