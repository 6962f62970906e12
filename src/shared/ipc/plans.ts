/** Previews of what a job would do. They arrive in growing versions while inputs are looked at. */
import type { ErrorData } from '../errors.ts'
import type { CreatePlan, ExtractPlan } from '../plans.ts'

export type { CreatePlan, ExtractPlan }

/** A version of a plan: `complete` on the last one. */
export interface PlanState<Plan> {
  readonly planId: number
  readonly plan: Plan | undefined
  readonly complete: boolean
  /** Why there will be no plan. */
  readonly error: ErrorData | undefined
}
