/** The disk map: what the files use of the disk, row after row in the order of its addresses. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SharingChoice } from '../../../../shared/ipc/sharing.ts'
import { type DiskMapPicture, type DiskMapView, stripsOf } from '../../../../shared/sharing/disk-map.ts'
import { useBackend } from '../../../lib/backend.ts'
import { useLatest } from '../../../lib/latest.ts'
import { useWords } from '../../../lib/use-words.ts'
import type { Words } from '../../../lib/words.ts'
import { isAtLeast } from '../summary-words.ts'
import { useDrawing, usePixelSize, withMargin } from './canvas.tsx'
import { CanvasSurface } from './canvas-surface.tsx'
import type { Colours } from './colours.ts'
import { type FactWords, factWords } from './facts-words.ts'
import { LEAST_MARK_PIXELS, litMarks } from './lit.ts'
import { canvasMargin, paintCells, type RowGeometry } from './paint.ts'
import styles from './picture.module.css'
import { PictureHeading } from './picture-heading.tsx'
import type { PictureState } from './picture-state.ts'
import { isWhole, mapView, type Pixel, type Place, panMap, ZOOM_STEP, zoomMap } from './places.ts'

const ROW_PIXELS = 18
const BAR_PIXELS = 12

interface DiskMapProps {
  readonly state: PictureState
  readonly colours: Colours
  /** Called with the classes that are seen when all of the map is. */
  readonly onDrawn: (classes: ReadonlySet<number>) => void
}

export function DiskMap({ state, colours, onDrawn }: DiskMapProps) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const { sharing, faint, chosen, choose } = state
  const { sharingId, version, usedBytes } = sharing
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = usePixelSize(box)
  const [place, setPlace] = useState<Place>()
  const [pointed, setPointed] = useState<Pixel>()

  const geometry = useMemo((): RowGeometry => {
    const ratio = size?.ratio ?? 1
    return { pitch: Math.round(ROW_PIXELS * ratio), top: Math.round(2 * ratio), bar: Math.round(BAR_PIXELS * ratio) }
  }, [size?.ratio])
  const rows = size === undefined ? 0 : Math.max(1, Math.floor(size.height / geometry.pitch))
  const view = useMemo(
    () => (size === undefined || size.width === 0 ? undefined : mapView({ usedBytes }, size.width, rows, place)),
    [size, rows, usedBytes, place],
  )
  const question = useMemo(() => (view === undefined ? undefined : { view, version }), [view, version])
  const frame = useLatest(question, ({ view }) => backend.request('sharingDiskMap', sharingId, view))
  useEffect(() => {
    if (frame !== undefined && isWhole({ usedBytes }, frame.question.view)) onDrawn(new Set(frame.answer.cells.classes))
  }, [frame, usedBytes, onDrawn])
  const hover = usePiece(state, view, pointed)

  const lit = useMemo(() => {
    if (frame === undefined || chosen === undefined) return undefined
    const { view } = frame.question
    const spots = chosen.facts.used.flatMap(({ fromByte, toByte, bytesByClass }) =>
      stripsOf(view, fromByte, toByte).map((strip) => ({ ...strip, bytesByClass })),
    )
    return litMarks(spots, Math.round(LEAST_MARK_PIXELS * (size?.ratio ?? 1)), view.widthPixels)
  }, [frame, chosen, size?.ratio])
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (frame === undefined) return
      const ratio = size?.ratio ?? 1
      paintCells(context, frame.answer.cells, { colours, geometry, ratio, faint, lit })
      paintTicks(context, frame.answer.ticks, geometry, colours.text, ratio)
    },
    [frame, lit, colours, geometry, faint, size?.ratio],
  )
  const canvasSize = useMemo(() => withMargin(size), [size])
  useDrawing(canvas, canvasSize, draw)

  const zoomBy = (factor: number, at: Pixel): void => view && setPlace(zoomMap({ usedBytes }, view, factor, at))
  const middle: Pixel = pointed ?? { x: Math.floor((size?.width ?? 0) / 2), row: Math.floor(rows / 2) }
  const tickWords = frame && pointed && gapWords(frame.answer.ticks, pointed, size?.ratio ?? 1, words)
  const known = format.size(usedBytes)
  const hint =
    view === undefined
      ? []
      : [
          text('sharing.pixelIs', {
            row: format.size(view.bytesPerPixel * view.widthPixels),
            shown: format.size(Math.min(usedBytes, view.bytesPerPixel * view.widthPixels * view.rows)),
            size: isAtLeast(sharing) ? text('sharing.atLeastSize', { size: known }) : known,
          }),
          ...(chosen === undefined ? [] : [text('sharing.dimmed')]),
        ]
  const label = text('sharing.mapLabel', { size: known })
  return (
    <section aria-label={text('sharing.diskMap')} className={styles['map']}>
      <PictureHeading
        title={text('sharing.diskMap')}
        hint={hint.join(' · ')}
        isZoomed={view !== undefined && place !== undefined}
        onZoomIn={() => zoomBy(1 / ZOOM_STEP, middle)}
        onZoomOut={() => zoomBy(ZOOM_STEP, middle)}
        onShowWhole={() => setPlace(undefined)}
      />
      <CanvasSurface
        label={label}
        box={box}
        cells={frame?.answer.cells}
        ratio={size?.ratio ?? 1}
        geometry={geometry}
        lit={lit}
        rows={rows}
        pointed={pointed}
        tip={withLine(hover?.tip, tickWords)}
        wheelZooms
        className={styles['mapSurface']}
        actions={{
          zoom: zoomBy,
          pan: (pixels, byRows) => view && setPlace(panMap({ usedBytes }, view, pixels, byRows)),
          showWhole: () => setPlace(undefined),
          point: setPointed,
          choose: (at) => {
            if (view === undefined) return
            void backend.request('sharingAtDiskMap', sharingId, view, at.x, at.row).then(choose, () => undefined)
          },
          chooseNothing: () => choose(undefined),
        }}
      >
        <canvas ref={canvas} className={styles['canvas']} />
      </CanvasSurface>
    </section>
  )
}

/** What lies at the pixel that is pointed at. */
function usePiece(state: PictureState, view: DiskMapView | undefined, pointed: Pixel | undefined) {
  const backend = useBackend()
  const words = useWords()
  const question = useMemo(
    () => (view === undefined || pointed === undefined ? undefined : { view, pointed }),
    [view, pointed],
  )
  const answered = useLatest(question, async ({ view, pointed }) => {
    const choice: SharingChoice | undefined = await backend.request(
      'sharingAtDiskMap',
      state.sharing.sharingId,
      view,
      pointed.x,
      pointed.row,
    )
    if (choice === undefined) return undefined
    return { choice, facts: await backend.request('sharingFacts', state.sharing.sharingId, choice) }
  })
  return useMemo(
    () =>
      answered?.answer === undefined
        ? undefined
        : { tip: factWords(answered.answer.facts, answered.answer.choice, state, words) },
    [answered, state, words],
  )
}

function withLine(tip: FactWords | undefined, line: string | undefined): FactWords | undefined {
  return tip === undefined || line === undefined ? tip : { ...tip, lines: [...tip.lines, line] }
}

/** The gap at a pixel, or close to it. */
function gapWords(
  { count, rows, xs, gaps, bytes }: DiskMapPicture['ticks'],
  { x, row }: Pixel,
  ratio: number,
  { text, format }: Words,
): string | undefined {
  for (let at = 0; at < count; at++) {
    if (rows[at] !== row || Math.abs((xs[at] ?? 0) - x) > 4 * ratio) continue
    const size = format.size(bytes[at] ?? 0)
    return bytes[at] === 0 ? text('sharing.nextFilesystem') : text('sharing.gap', { count: gaps[at] ?? 1, size })
  }
  return undefined
}

function paintTicks(
  context: CanvasRenderingContext2D,
  { count, rows, xs }: DiskMapPicture['ticks'],
  { pitch, top, bar }: RowGeometry,
  colour: string,
  ratio: number,
): void {
  const width = Math.max(1, Math.round(ratio))
  context.fillStyle = colour
  for (let at = 0; at < count; at++) {
    const y = (rows[at] ?? 0) * pitch
    // Above and below the bar, so that no colour is covered.
    const x = canvasMargin(ratio) + (xs[at] ?? 0)
    context.fillRect(x, y, width, top)
    context.fillRect(x, y + top + bar, width, top)
  }
}
