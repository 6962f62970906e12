/** The sharing picture: the disk map, its legend, the lanes of the files, and what is chosen in them. */
import { useState } from 'react'
import { ChoiceBar } from './choice-bar.tsx'
import { useColours } from './colours.ts'
import { DiskMap } from './disk-map.tsx'
import { Lanes } from './lanes.tsx'
import { Legend } from './legend.tsx'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

export function Picture({ state }: { readonly state: PictureState }) {
  const colours = useColours()
  const [drawn, setDrawn] = useState<ReadonlySet<number>>()
  return (
    <div className={styles['picture']}>
      {state.sharing.usedBytes > 0 && <DiskMap state={state} colours={colours} onDrawn={setDrawn} />}
      <Legend state={state} drawn={drawn} />
      <Lanes state={state} colours={colours} />
      <ChoiceBar state={state} />
    </div>
  )
}
