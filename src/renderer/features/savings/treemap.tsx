/** The folders and files of a folder as areas by size, coloured by the share that only it needs. A press goes into a folder. */
import { useMemo, useRef } from 'react'
import { type ByteString, joinPath, textToByteString } from '../../../shared/byte-string.ts'
import type { SharingFileQuery, SharingState } from '../../../shared/ipc/sharing.ts'
import type { Backend } from '../../lib/api.ts'
import { useBackend } from '../../lib/backend.ts'
import { classNames } from '../../lib/class-names.ts'
import { useLatest } from '../../lib/latest.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { currentPlace } from '../../store/history.ts'
import { useWindow } from '../../store/store.ts'
import { usePixelSize } from '../sharing/picture/canvas.tsx'
import styles from './savings.module.css'
import { isNamed, type Tile, tileBoxes } from './tiles.ts'

interface TreemapProps {
  readonly contents: SharingState
  /** Its path, for display; empty is the archive. */
  readonly folder: string
}

/** More files than these are one area together with all others. */
const MOST_FILES = 60
const TINY_PIXELS = 16
/** Of those whose areas have no room for it, so many are named above. */
const MOST_NAMED = 6

export function Treemap({ contents: { sharingId, version }, folder }: TreemapProps) {
  const allWords = useWords()
  const { text, format } = allWords
  const backend = useBackend()
  const goTo = useWindow((state) => state.goTo)
  const goUp = useWindow((state) => state.goUp)
  const place = useWindow(({ history }) => currentPlace(history))
  const box = useRef<HTMLDivElement>(null)
  const size = usePixelSize(box)
  const question = useMemo(() => ({ folder, version }), [folder, version])
  const tiles = useLatest(question, ({ folder }) => tilesOf(backend, sharingId, folder))?.answer
  const width = (size?.width ?? 0) / (size?.ratio ?? 1)
  const height = (size?.height ?? 0) / (size?.ratio ?? 1)
  const boxes = useMemo(() => tileBoxes(tiles ?? [], width, height), [tiles, width, height])
  const tooSmall = boxes.filter((box) => !isNamed(box))
  const enter = ({ name }: Tile): void => goTo(childOf(place, name))
  return (
    <>
      <p className={styles['scale']}>
        <span className={styles['rampEnds']}>
          {format.percent(0)}
          <span aria-hidden className={styles['ramp']} />
          {format.percent(1)}
        </span>
        {text('savings.scale')}
      </p>
      {tooSmall.length > 0 && (
        <p className={styles['muted']}>
          {text('savings.tooSmall')}{' '}
          {tooSmall
            .slice(0, MOST_NAMED)
            .map(({ tile }) => tileWords(tile, allWords))
            .join('; ')}
          {tooSmall.length > MOST_NAMED &&
            ` ${text('savings.moreTooSmall', {
              count: tooSmall.length - MOST_NAMED,
              size: format.size(tooSmall.slice(MOST_NAMED).reduce((sum, { tile }) => sum + tile.sizeBytes, 0)),
            })}`}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a way up from any of the buttons in it */}
      <div
        ref={box}
        className={styles['treemap']}
        onKeyDown={(event) => {
          if (event.key === 'Backspace') goUp()
        }}
      >
        {boxes.map((box) => {
          const { tile, x, y, width, height } = box
          const { name, kind } = tile
          const words = tileWords(tile, allWords)
          const hasFigures = width > 72 && height > 40
          return (
            <button
              key={`${kind} ${name}`}
              type="button"
              title={words}
              aria-label={words}
              disabled={kind !== 'folder'}
              className={classNames(
                styles['tile'],
                width < TINY_PIXELS || height < TINY_PIXELS
                  ? styles['tinyTile']
                  : kind === 'folder' && styles['folderTile'],
              )}
              style={{
                insetInlineStart: x,
                insetBlockStart: y,
                inlineSize: width,
                blockSize: height,
                ['--own' as string]: `${Math.round(ownShare(tile) * 100)}%`,
              }}
              onClick={() => enter(tile)}
            >
              {hasFigures ? (
                <>
                  <span>{text('savings.tile', { name: tileName(tile, allWords), figures: '' })}</span>
                  <span className={styles['tileFigures']}>{tileFigures(tile, allWords)}</span>
                </>
              ) : (
                isNamed(box) && tileName(tile, allWords)
              )}
            </button>
          )
        })}
      </div>
    </>
  )
}

function ownShare({ sizeBytes, ownBytes }: Tile): number {
  return Math.min(1, ownBytes / sizeBytes)
}

function tileName({ kind, name }: Tile, { text }: Words): string {
  return kind === 'rest' ? text('savings.otherFiles') : name
}

function tileFigures({ sizeBytes, ownBytes }: Tile, { text, format }: Words): string {
  return text('savings.tileFigures', { size: format.size(sizeBytes), own: format.size(ownBytes) })
}

function tileWords(tile: Tile, words: Words): string {
  return words.text('savings.tile', { name: tileName(tile, words), figures: tileFigures(tile, words) })
}

function childOf(place: ByteString, name: string): ByteString {
  const child = textToByteString(name)
  return place === '' ? child : joinPath(place, child)
}

const largestFiles: Omit<SharingFileQuery, 'folder'> = {
  role: undefined,
  directlyInFolder: true,
  selectedOnly: false,
  show: 'all',
  sharesWithFile: undefined,
  text: '',
  sort: 'size',
  descending: true,
}

/** What lies in a folder: its folders, its largest files, and all the others together. */
async function tilesOf(backend: Backend, sharingId: number, path: string): Promise<readonly Tile[]> {
  let folder = 0
  let inFolder = await backend.request('sharingFolders', sharingId, 0)
  for (const part of path === '' ? [] : path.split('/')) {
    const next = inFolder.find(({ name }) => name === part)
    if (next === undefined) return []
    folder = next.folder
    inFolder = await backend.request('sharingFolders', sharingId, folder)
  }
  const query = { ...largestFiles, folder }
  const { rows, rowCount } = await backend.request('sharingFiles', sharingId, query, 0, MOST_FILES)
  const others = rowCount > rows.length ? await restOf(backend, sharingId, query, rows.length, rowCount) : []
  return [
    ...inFolder.map(({ name, sizeBytes, onlyHereBytes }): Tile => {
      return { kind: 'folder', name, sizeBytes, ownBytes: onlyHereBytes }
    }),
    ...rows.map(({ path, sizeBytes, onlyHereBytes }): Tile => {
      return { kind: 'file', name: path.slice(path.lastIndexOf('/') + 1), sizeBytes, ownBytes: onlyHereBytes }
    }),
    ...others,
  ]
}

const PAGE_FILES = 1000

async function restOf(
  backend: Backend,
  sharingId: number,
  query: SharingFileQuery,
  from: number,
  rowCount: number,
): Promise<readonly Tile[]> {
  let sizeBytes = 0
  let ownBytes = 0
  for (let first = from; first < rowCount; first += PAGE_FILES) {
    const { rows } = await backend.request('sharingFiles', sharingId, query, first, PAGE_FILES)
    for (const row of rows) {
      sizeBytes += row.sizeBytes
      ownBytes += row.onlyHereBytes
    }
  }
  return [{ kind: 'rest', name: '', sizeBytes, ownBytes }]
}
