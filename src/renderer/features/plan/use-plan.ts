/** Keeps a plan for choices that change while the user thinks: asked for when they have rested, dropped when outdated. */
import { useEffect, useRef, useState } from 'react'
import { type ErrorData, errorData } from '../../../shared/errors.ts'
import type { PlanState } from '../../../shared/ipc/plans.ts'
import { useWindow, useWindowStore, type WindowState } from '../../store/store.ts'

/** A key held down or a pattern being typed asks once. */
const RESTED_MILLISECONDS = 150

export interface ShownPlan<Plan> {
  /** The newest version; of the choices before these until there is one for these. */
  readonly plan: Plan | undefined
  /** Whether `plan` is for exactly these choices. */
  readonly isCurrent: boolean
  /** False while it is still counted. */
  readonly isComplete: boolean
  /** Why there is no plan. */
  readonly error: ErrorData | undefined
}

/**
 * The plan for `request`; none while that is undefined. `ask` starts a plan in main and answers its id; `select` finds
 * it in the store.
 */
export function usePlan<Request, Plan>(
  request: Request | undefined,
  ask: (request: Request) => Promise<{ readonly planId: number }>,
  select: (state: WindowState, planId: number) => PlanState<Plan> | undefined,
): ShownPlan<Plan> {
  const store = useWindowStore()
  const key = request === undefined ? undefined : JSON.stringify(request)
  const [asked, setAsked] = useState<{ key: string; planId: number | undefined; error: ErrorData | undefined }>()
  const asking = useRef(ask)
  asking.current = ask

  useEffect(() => {
    if (key === undefined) return
    let outdated = false
    let planId: number | undefined
    const drop = (): void => {
      if (planId !== undefined) store.getState().dropPlan(planId)
    }
    const timer = setTimeout(async () => {
      try {
        // The key is the request: parsing it back is exact, and the effect depends on nothing else.
        planId = (await asking.current(JSON.parse(key))).planId
        if (outdated) drop()
        else setAsked({ key, planId, error: undefined })
      } catch (error) {
        if (!outdated) setAsked({ key, planId: undefined, error: errorData(error) })
      }
    }, RESTED_MILLISECONDS)
    return () => {
      outdated = true
      clearTimeout(timer)
      drop()
    }
  }, [key, store])

  const isCurrent = key !== undefined && asked?.key === key
  const state = useWindow((window) =>
    isCurrent && asked.planId !== undefined ? select(window, asked.planId) : undefined,
  )
  const lastPlan = useRef<Plan>(undefined)
  if (state?.plan !== undefined) lastPlan.current = state.plan
  if (key === undefined) lastPlan.current = undefined
  return {
    plan: state?.plan ?? lastPlan.current,
    isCurrent: state?.plan !== undefined,
    isComplete: state?.complete ?? false,
    error: state?.error ?? (isCurrent ? asked.error : undefined),
  }
}
