/** Above each lane its file: the name, and what of it is on disk and only here. A click chooses all of the file. */

import type { SharingFileRow } from '../../../../shared/ipc/sharing.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useFormat, useSay, useText } from '../../../lib/texts.tsx'
import { LANE_PIXELS, NAME_TOP_PIXELS } from './lane-geometry.ts'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

interface LaneNamesProps {
  readonly rows: readonly SharingFileRow[]
  readonly state: PictureState
}

export function LaneNames({ rows, state: { choice, choose, shortPath } }: LaneNamesProps) {
  const text = useText()
  const format = useFormat()
  const say = useSay()
  const chosenFile = choice?.kind === 'range' ? choice.file : undefined
  const figures = ({ onDiskBytes, onlyHereBytes, inlineBytes, reason }: SharingFileRow): string => {
    if (reason !== undefined) return text('class.unchecked')
    if (onDiskBytes === 0 && inlineBytes > 0) return text('sharing.inline', { size: format.size(inlineBytes) })
    return text('sharing.onDiskOnlyHere', { onDisk: format.size(onDiskBytes), onlyHere: format.size(onlyHereBytes) })
  }
  return rows.map((fileRow, row) => {
    const { file, path, sizeBytes, reason } = fileRow
    return (
      <div
        key={file}
        className={classNames(styles['laneName'], file === chosenFile && styles['chosenLane'])}
        style={{ transform: `translateY(${row * LANE_PIXELS + NAME_TOP_PIXELS}px)` }}
      >
        <button
          type="button"
          tabIndex={-1}
          title={path}
          className={styles['fileName']}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => choose({ kind: 'range', file, offset: 0, lengthBytes: Math.max(1, sizeBytes) })}
        >
          {shortPath(path)}
        </button>
        <span className={styles['laneFigures']} title={reason === undefined ? figures(fileRow) : say(reason)}>
          {figures(fileRow)}
        </span>
      </div>
    )
  })
}
