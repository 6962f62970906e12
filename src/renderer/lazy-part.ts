/**
 * Loads what the first picture doesn't need, and never before that picture: reading and running it would hold it up. That
 * goes for all of react-aria-components, which asks V8 for its locales when it is loaded: 10 ms.
 */
import { type ComponentType, lazy } from 'react'

type Later = typeof import('./later.tsx')

let loading: Promise<Later> | undefined

function later(): Promise<Later> {
  loading ??= new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(import('./later.tsx')))))
  return loading
}

/** A component of `later.tsx`, which is loaded when the first of them is to be drawn. */
export function lazyPart<Props>(pick: (later: Later) => ComponentType<Props>) {
  return lazy(async () => ({ default: pick(await later()) }))
}
