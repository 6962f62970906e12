/** The columns of lanes, before, in the archive and after, with ribbons over them. */
import { useCallback, useRef, useState } from 'react'
import type { Colours } from './colours.ts'
import { type FindRange, LaneColumn } from './lane-column.tsx'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'
import { Ribbons } from './ribbons.tsx'

interface LanesProps {
  readonly state: PictureState
  readonly colours: Colours
}

export function Lanes({ state, colours }: LanesProps) {
  const around = useRef<HTMLDivElement>(null)
  const [finders, setFinders] = useState<ReadonlyMap<string, FindRange>>(new Map())
  const moved = useCallback(
    (role: string, find: FindRange) => setFinders((before) => new Map(before).set(role, find)),
    [],
  )
  const { chosen, sharing } = state
  return (
    <div ref={around} className={styles['columns']}>
      {sharing.roles.map((column) => (
        <LaneColumn key={column.role} state={state} colours={colours} column={column} onMoved={moved} />
      ))}
      {chosen !== undefined && around.current !== null && (
        <Ribbons facts={chosen.facts} finders={[...finders.values()]} around={around.current} />
      )}
    </div>
  )
}
