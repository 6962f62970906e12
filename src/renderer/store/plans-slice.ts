/** Previews of jobs by plan id. Their versions arrive as events, possibly before the answer that names the id. */
import type { CreatePlan, ExtractPlan, PlanState } from '../../shared/ipc/plans.ts'
import type { Slice } from './store.ts'

export interface PlansSlice {
  readonly createPlans: { readonly [PlanId in number]: PlanState<CreatePlan> }
  readonly extractPlans: { readonly [PlanId in number]: PlanState<ExtractPlan> }
  readonly applyCreatePlan: (plan: PlanState<CreatePlan>) => void
  readonly applyExtractPlan: (plan: PlanState<ExtractPlan>) => void
  /** Forgets a plan here and in main, which stops working on it. */
  readonly dropPlan: (planId: number) => void
}

export const createPlansSlice: Slice<PlansSlice> = (backend, set) => {
  /** Versions that were under way when their plan was dropped must not bring it back. */
  const dropped = new Set<number>()
  return {
    createPlans: {},
    extractPlans: {},
    applyCreatePlan(plan) {
      if (!dropped.has(plan.planId))
        set(({ createPlans }) => ({ createPlans: { ...createPlans, [plan.planId]: plan } }))
    },
    applyExtractPlan(plan) {
      if (!dropped.has(plan.planId))
        set(({ extractPlans }) => ({ extractPlans: { ...extractPlans, [plan.planId]: plan } }))
    },
    dropPlan(planId) {
      dropped.add(planId)
      set(({ createPlans, extractPlans }) => ({
        createPlans: without(createPlans, planId),
        extractPlans: without(extractPlans, planId),
      }))
      void backend.request('dropPlan', planId).catch(() => undefined)
    },
  }
}

function without<Plan>(plans: { readonly [PlanId in number]: Plan }, planId: number): { [PlanId in number]: Plan } {
  return Object.fromEntries(Object.entries(plans).filter(([id]) => Number(id) !== planId))
}
