/** Above each lane its file: the name, and what of it is on disk and only here. A click chooses all of the file. */

import type { SharingFileRow } from '../../../../shared/ipc/sharing.ts'
import { enlargement, type LanesView } from '../../../../shared/sharing/lanes.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useWords } from '../../../lib/use-words.ts'
import type { Words } from '../../../lib/words.ts'
import { LANE_PIXELS, NAME_TOP_PIXELS } from './lane-geometry.ts'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'
import { spotInLane } from './places.ts'

interface LaneNamesProps {
  readonly rows: readonly SharingFileRow[]
  /** How the lanes below the names are drawn. */
  readonly view: LanesView
  readonly ratio: number
  readonly state: PictureState
}

export function LaneNames({ rows, view, ratio, state: { choice, choose, shortPath } }: LaneNamesProps) {
  const words = useWords()
  const chosenFile = choice?.kind === 'range' ? choice.file : undefined
  return rows.map((fileRow, row) => {
    const { file, path, sizeBytes, laneBytes, reason } = fileRow
    const short = shortPath(path)
    const nameAt = short.lastIndexOf('/') + 1
    const factor = enlargement(view, laneBytes)
    const bar = spotInLane(view, laneBytes, { file, offset: 0, lengthBytes: laneBytes })
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
          aria-label={short}
          className={styles['fileName']}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => choose({ kind: 'range', file, offset: 0, lengthBytes: Math.max(1, sizeBytes) })}
        >
          <span>{short.slice(0, nameAt)}</span>
          <span>{short.slice(nameAt)}</span>
        </button>
        <span className={styles['laneFigures']} title={reason === undefined ? undefined : words.say(reason)}>
          {laneFigures(fileRow, words)}
        </span>
        {rounded(factor) > 1 && bar !== undefined && (
          <span className={styles['enlarged']} style={{ insetInlineStart: bar.width / ratio }}>
            {words.text('sharing.lane.enlarged', { factor: words.format.count(rounded(factor)) })}
          </span>
        )}
      </div>
    )
  })
}

/** As few words as tell all: the whole and what of it is only here. */
function laneFigures(row: SharingFileRow, words: Words): string {
  const { onDiskBytes, onlyHereBytes, inlineBytes, uncheckedBytes, reason } = row
  const { text, format } = words
  if (uncheckedBytes > 0) return text('sharing.lane.unchecked', { size: format.size(uncheckedBytes) })
  if (reason !== undefined) return text('class.unchecked')
  const size = format.size(onDiskBytes)
  if (onDiskBytes === 0)
    return inlineBytes > 0 ? text('sharing.inline', { size: format.size(inlineBytes) }) : text('sharing.lane.nothing')
  if (onlyHereBytes === 0) return text('sharing.lane.shared', { size })
  if (onlyHereBytes === onDiskBytes) return text('sharing.lane.onlyHere', { size })
  return text('sharing.lane.both', { size, onlyHere: format.size(onlyHereBytes) })
}

/** Two digits say enough. */
function rounded(factor: number): number {
  return Number(factor.toPrecision(2))
}
