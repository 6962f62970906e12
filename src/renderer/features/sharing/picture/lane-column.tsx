/** The lanes of the files of one role: a list that draws only what is in view, each file's extents in logical order. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SharingFileRow, SharingFileRows, SharingState } from '../../../../shared/ipc/sharing.ts'
import type { Cells } from '../../../../shared/sharing/cells.ts'
import { enlargement, type LanesView } from '../../../../shared/sharing/lanes.ts'
import type { FileRange } from '../../../../shared/sharing/sharers.ts'
import { useBackend } from '../../../lib/backend.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useLatest } from '../../../lib/latest.ts'
import { useRowWindow } from '../../../lib/row-window.ts'
import { useWords } from '../../../lib/use-words.ts'
import { useDrawing, usePixelSize, withMargin } from './canvas.tsx'
import { CanvasSurface } from './canvas-surface.tsx'
import type { Colours } from './colours.ts'
import { factWords } from './facts-words.ts'
import {
  FRAME_PIXELS,
  GUTTER_PIXELS,
  LANE_BAR_PIXELS,
  LANE_PIXELS,
  LANE_TOP_PIXELS,
  LEAST_LANE_PIXELS,
  laneGeometry,
} from './lane-geometry.ts'
import { LaneNames } from './lane-names.tsx'
import { LEAST_MARK_PIXELS, litMarks, markAt, type Spot } from './lit.ts'
import { paintCells } from './paint.ts'
import styles from './picture.module.css'
import { PictureHeading } from './picture-heading.tsx'
import { joinChoices, type PictureState } from './picture-state.ts'
import { lanesView, type Pixel, type Place, panLanes, spotInLane, ZOOM_STEP, zoomLanes } from './places.ts'
import type { RangeEnd } from './ribbon-path.ts'

/** More at once than any window shows. */
const MOST_LANES = 200

export type FindRange = (range: FileRange) => RangeEnd | undefined

interface LaneColumnProps {
  readonly state: PictureState
  readonly colours: Colours
  readonly column: SharingState['roles'][number]
  /** Called with where ranges are drawn, each time they are drawn elsewhere. */
  readonly onMoved: (role: string, find: FindRange) => void
}

const noCells: Cells = {
  count: 0,
  rows: new Uint32Array(),
  xs: new Uint32Array(),
  widths: new Uint32Array(),
  classes: new Uint8Array(),
  mixed: new Uint16Array(),
  starts: new Uint8Array(),
  widened: false,
}

interface LanesFrame {
  readonly question: { readonly view: LanesView }
  readonly answer: { readonly files: SharingFileRows; readonly rowOf: ReadonlyMap<number, number> }
}

/** Where a range is drawn, if any of it is seen. */
function spotOf({ question: { view }, answer: { files, rowOf } }: LanesFrame, range: FileRange): Spot | undefined {
  const row = rowOf.get(range.file)
  const lane = files.rows[row ?? -1]
  const spot = lane && spotInLane(view, lane.laneBytes, range)
  return spot === undefined || row === undefined ? undefined : { row, ...spot }
}

function isEnlarged({ question: { view } }: Pick<LanesFrame, 'question'>, lane: SharingFileRow): boolean {
  return enlargement(view, lane.laneBytes) > 1
}

export function LaneColumn({ state, colours, column, onMoved }: LaneColumnProps) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const { sharing, query, faint, chosen, choice, choose } = state
  const { sharingId, version } = sharing
  const { role, longestFileBytes } = column
  const scroller = useRef<HTMLDivElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const lanes = useRef<HTMLDivElement>(null)
  const size = usePixelSize(lanes)
  const [rowCount, setRowCount] = useState(column.files)
  const [place, setPlace] = useState<Place>()
  const [pointed, setPointed] = useState<Pixel>()
  const { first, last, topOf, heightPixels, reveal } = useRowWindow(scroller, rowCount, LANE_PIXELS)
  const ratio = size?.ratio ?? 1
  const geometry = useMemo(() => laneGeometry(ratio), [ratio])
  const count = Math.min(MOST_LANES, Math.max(0, last - first + 1))

  const view = useMemo(
    () =>
      size === undefined || size.width === 0
        ? undefined
        : lanesView(longestFileBytes, size.width, Math.round(LEAST_LANE_PIXELS * size.ratio), place),
    [size, longestFileBytes, place],
  )
  const question = useMemo(
    () => (view === undefined ? undefined : { view, version, query: { ...query, role }, first, count }),
    [view, version, query, role, first, count],
  )
  const frame = useLatest(question, async ({ query, view, first, count }) => {
    // At least one: how many there are comes with them.
    const files = await backend.request('sharingFiles', sharingId, query, first, Math.max(1, count))
    const numbers = files.rows.map(({ file }) => file)
    const cells = numbers.length === 0 ? noCells : await backend.request('sharingLanes', sharingId, numbers, view)
    return { files, cells, rowOf: new Map(numbers.map((file, row) => [file, row])) }
  })
  const known = frame?.answer.files.rowCount
  useEffect(() => {
    if (known !== undefined) setRowCount(known)
  }, [known])

  const pixels = useMemo(
    () => withMargin(frame && size && { ...size, height: frame.answer.files.rows.length * geometry.pitch }),
    [frame, size, geometry],
  )
  const lit = useMemo(() => {
    if (frame === undefined || chosen === undefined) return undefined
    const spots = chosen.facts.ranges.flatMap(({ bytesByClass, ...range }) => {
      const spot = spotOf(frame, range)
      return spot === undefined ? [] : [{ ...spot, bytesByClass }]
    })
    return litMarks(spots, Math.round(LEAST_MARK_PIXELS * ratio), frame.question.view.widthPixels)
  }, [frame, chosen, ratio])
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (frame === undefined) return
      const enlarged = new Set(frame.answer.files.rows.flatMap((lane, row) => (isEnlarged(frame, lane) ? [row] : [])))
      paintCells(context, frame.answer.cells, { colours, geometry, ratio, faint, lit, enlarged })
    },
    [frame, lit, colours, geometry, faint, ratio],
  )
  useDrawing(canvas, pixels, draw)

  const top = frame === undefined ? 0 : topOf(frame.question.first)
  const tell = useCallback(() => {
    onMoved(role, (range) => {
      const spot = frame && spotOf(frame, range)
      const mark = spot && markAt(lit ?? [], spot)
      const edge = surface.current?.getBoundingClientRect()
      const seen = scroller.current?.getBoundingClientRect()
      if (mark === undefined || edge === undefined || seen === undefined) return undefined
      const y = edge.top + mark.row * LANE_PIXELS + LANE_TOP_PIXELS
      if (y < seen.top || y + LANE_BAR_PIXELS > seen.bottom) return undefined
      const middle = edge.left + (mark.x + mark.width / 2) / ratio
      return { x: middle, bottom: y + LANE_BAR_PIXELS + FRAME_PIXELS, gutterX: edge.left - GUTTER_PIXELS }
    })
  }, [frame, lit, role, ratio, onMoved])
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn elsewhere when its place changes
  useEffect(tell, [tell, top])

  const tip = useLanePiece(state, frame?.question.view, frame?.answer.files.rows[pointed?.row ?? -1]?.file, pointed)
  const zoomBy = (factor: number, at: number): void => view && setPlace(zoomLanes(view, factor, at))
  const title = text(`sharing.role.${role}`)
  // The archive is one thing; how many there are is said of files.
  const counted = role === 'archive' ? [] : [text('units.files', { count: rowCount })]
  const scale = {
    from: format.size(view?.startByte ?? 0),
    to: format.size(
      Math.min(longestFileBytes, (view?.startByte ?? 0) + (view ? view.bytesPerPixel * view.widthPixels : 0)),
    ),
  }
  const rows = frame?.answer.files.rows ?? []
  const hint = [
    text('sharing.scale', scale),
    ...(frame && rows.some((lane) => isEnlarged(frame, lane)) ? [text('sharing.smallEnlarged')] : []),
    ...(frame?.answer.cells.widened === true ? [text('sharing.dataWidened')] : []),
  ]
  return (
    <section aria-label={title} className={styles['column']}>
      <PictureHeading
        title={title}
        hint={[...hint, ...counted].join(' · ')}
        isZoomed={place !== undefined}
        onZoomIn={() => zoomBy(1 / ZOOM_STEP, pointed?.x ?? 0)}
        onZoomOut={() => zoomBy(ZOOM_STEP, pointed?.x ?? 0)}
        onShowWhole={() => setPlace(undefined)}
      />
      <div ref={scroller} className={styles['scroller']} onScroll={tell}>
        {rowCount === 0 && <p className={styles['nothing']}>{text('sharing.noFilesMatch')}</p>}
        <div ref={lanes} className={styles['lanes']} style={{ blockSize: heightPixels }}>
          <CanvasSurface
            label={text('sharing.lanesLabel', { lanes: [title, ...counted].join(': ') })}
            box={surface}
            cells={frame?.answer.cells}
            ratio={ratio}
            geometry={geometry}
            lit={lit}
            rows={count}
            pointed={pointed}
            tip={tip === undefined ? undefined : factWords(tip.facts, tip.choice, state, words)}
            wheelZooms={false}
            className={classNames(styles['laneSurface'], rowCount === 0 && styles['hidden'])}
            style={{
              transform: `translateY(${top}px)`,
              blockSize: rows.length * LANE_PIXELS,
            }}
            actions={{
              zoom: (factor, at) => zoomBy(factor, at.x),
              pan(byPixels, byRows) {
                if (byRows !== 0)
                  reveal(byRows > 0 ? Math.min(rowCount - 1, last + byRows) : Math.max(0, first + byRows))
                else if (view !== undefined) setPlace(panLanes(view, byPixels))
              },
              showWhole: () => setPlace(undefined),
              point(at) {
                setPointed(at)
                if (at !== undefined && frame !== undefined) reveal(frame.question.first + at.row)
              },
              choose(at, extend) {
                const file = frame?.answer.files.rows[at.row]?.file
                if (file === undefined || frame === undefined) return
                void backend.request('sharingAtLane', sharingId, file, frame.question.view, at.x).then(
                  (found) => choose(found && extend ? joinChoices(choice, found) : found),
                  () => undefined,
                )
              },
              chooseNothing: () => choose(undefined),
            }}
          >
            <canvas ref={canvas} className={styles['canvas']} style={{ blockSize: '100%' }} />
            {frame && <LaneNames rows={rows} view={frame.question.view} ratio={ratio} state={state} />}
          </CanvasSurface>
        </div>
      </div>
    </section>
  )
}

/** What lies at the pixel of a lane that is pointed at. */
function useLanePiece(
  { sharing: { sharingId } }: PictureState,
  view: LanesView | undefined,
  file: number | undefined,
  pointed: Pixel | undefined,
) {
  const backend = useBackend()
  const x = pointed?.x
  const question = useMemo(
    () => (view === undefined || file === undefined || x === undefined ? undefined : { view, file, x }),
    [view, file, x],
  )
  const answered = useLatest(question, async ({ view, file, x }) => {
    const choice = await backend.request('sharingAtLane', sharingId, file, view, x)
    if (choice === undefined) return undefined
    return { choice, facts: await backend.request('sharingFacts', sharingId, choice) }
  })
  return answered?.answer
}
