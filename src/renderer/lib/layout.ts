/** How wide the window must be for panels to stand beside the list; below that they are drawers over it. */
import { useSyncExternalStore } from 'react'

export type Panel = 'tree' | 'details'

const drawerQueries: { readonly [Name in Panel]: string } = {
  tree: '(max-width: 699px)',
  details: '(max-width: 899px)',
}

export function isDrawer(panel: Panel): boolean {
  return window.matchMedia(drawerQueries[panel]).matches
}

/** Whether a panel is a drawer at the window's width; renders again when that changes. */
export function useIsDrawer(panel: Panel): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(drawerQueries[panel])
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => isDrawer(panel),
  )
}
