/** A panel beside the list with an edge that is dragged; a drawer where the window is narrow. */
import { type ReactNode, useState } from 'react'
import { type Panel, useIsDrawer } from '../../lib/layout.ts'
import { Drawer } from '../../parts/drawer.tsx'
import { Splitter } from '../../parts/splitter.tsx'
import { useWindow, useWindowStore } from '../../store/store.ts'
import styles from './side-panel.module.css'

const MOST_PIXELS = 560

interface SidePanelProps {
  readonly panel: Panel
  readonly side: 'start' | 'end'
  readonly label: string
  readonly minPixels: number
  readonly defaultPixels: number
  readonly children: ReactNode
}

export function SidePanel({ panel, side, label, minPixels, defaultPixels, children }: SidePanelProps) {
  const store = useWindowStore()
  const isDrawer = useIsDrawer(panel)
  const isDrawerOpen = useWindow(({ drawer }) => drawer === panel)
  const isShown = useWindow(({ settings }) => (panel === 'tree' ? settings.showTree : settings.showDetails))
  const kept = useWindow(({ settings }) => (panel === 'tree' ? settings.treeWidthPixels : settings.detailsWidthPixels))
  const [dragged, setDragged] = useState<number>()
  const widthPixels = dragged ?? kept

  if (isDrawer)
    return isDrawerOpen ? (
      <Drawer label={label} side={side} onClose={() => store.getState().togglePanel(panel)}>
        {children}
      </Drawer>
    ) : null
  if (!isShown) return null

  const resize = (width: number, isFinal: boolean): void => {
    setDragged(isFinal ? undefined : width)
    if (isFinal)
      store.getState().changeSettings(panel === 'tree' ? { treeWidthPixels: width } : { detailsWidthPixels: width })
  }
  const edge = (
    <Splitter
      panel={label}
      side={side}
      widthPixels={widthPixels}
      minPixels={minPixels}
      maxPixels={MOST_PIXELS}
      defaultPixels={defaultPixels}
      onResize={resize}
    />
  )
  return (
    <>
      {side === 'end' && edge}
      <aside aria-label={label} className={styles['panel']} style={{ inlineSize: widthPixels }}>
        {children}
      </aside>
      {side === 'start' && edge}
    </>
  )
}
