/** The folders of the archive as a tree that has the focus as one; each folder's children come when it is opened. */
import { ChevronDown, ChevronRight, Folder, FolderArchive, FolderOpen } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type ByteString, baseName, displayName } from '../../../shared/byte-string.ts'
import { classNames } from '../../lib/class-names.ts'
import { useRowWindow } from '../../lib/row-window.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { currentPlace } from '../../store/history.ts'
import { useWindow, useWindowStore } from '../../store/store.ts'
import { type TreeLine, treeLines } from '../../store/tree-slice.ts'
import styles from './folder-tree.module.css'
import { treeStep } from './tree-keys.ts'

/** As in tokens.css: --row-height. */
const ROW_PIXELS = 28

const lineId = (index: number): string => `folder-${index}`

export function FolderTree() {
  const text = useText()
  const store = useWindowStore()
  const scroller = useRef<HTMLDivElement>(null)
  const branches = useWindow((state) => state.branches)
  const expanded = useWindow((state) => state.expanded)
  const folder = useWindow(({ history }) => currentPlace(history))
  const lines = useMemo(() => treeLines({ branches, expanded }), [branches, expanded])
  const { first, last, reveal, topOf, heightPixels } = useRowWindow(scroller, lines.length, ROW_PIXELS)
  /** The line that the keyboard is on; the shown folder's where it hasn't been moved from there. */
  const [cursorPath, setCursorPath] = useState(folder)
  const cursor = lines.findIndex(({ kind, path }) => kind === 'folder' && path === cursorPath)
  const drawn = lines.slice(Math.max(0, first), last + 1)
  const { goTo, expandFolder, collapseFolder, loadFolders } = store.getState()

  useEffect(() => setCursorPath(folder), [folder])

  useEffect(() => {
    if (cursor >= 0) reveal(cursor)
  }, [cursor, reveal])

  // The end of a page has come into view: the next one is wanted.
  useEffect(() => {
    for (const line of drawn) if (line.kind === 'more' && line.failure === undefined) void loadFolders(line.path)
  }, [drawn, loadFolders])

  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = treeStep(event.key, lines, cursor)
    if (step === undefined) return
    event.preventDefault()
    if (step.kind === 'move') setCursorPath(step.path)
    else if (step.kind === 'expand') expandFolder(step.path)
    else if (step.kind === 'collapse') collapseFolder(step.path)
    else goTo(step.path)
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={text('browser.tree')}
      aria-activedescendant={cursor >= first && cursor <= last ? lineId(cursor) : undefined}
      tabIndex={0}
      className={styles['tree']}
      onKeyDown={press}
    >
      <div role="none" className={styles['lines']} style={{ blockSize: heightPixels }}>
        {drawn.map((line, i) => (
          <Line
            key={`${line.kind} ${line.path}`}
            line={line}
            index={first + i}
            topPixels={topOf(first + i)}
            isShown={line.kind === 'folder' && line.path === folder}
            isCursor={first + i === cursor}
          />
        ))}
      </div>
    </div>
  )
}

interface LineProps {
  readonly line: TreeLine
  readonly index: number
  readonly topPixels: number
  readonly isShown: boolean
  readonly isCursor: boolean
}

function Line({ line, index, topPixels, isShown, isCursor }: LineProps) {
  const text = useText()
  const { goTo, expandFolder, collapseFolder, loadFolders } = useWindowStore().getState()
  const archivePath = useWindow(({ archive }) => archive?.path) ?? ('' as ByteString)
  const place = {
    transform: `translateY(${topPixels}px)`,
    paddingInlineStart: `calc(${Math.min(line.level - 1, 24)} * var(--space-4) + var(--space-1))`,
  }
  if (line.kind === 'more')
    return (
      <div className={classNames(styles['line'], styles['more'])} style={place} role="none">
        {line.failure === undefined ? (
          text('browser.loading')
        ) : (
          <Button look="quiet" onPress={() => void loadFolders(line.path)}>
            {text('browser.treeFailed')} · {text('app.retry')}
          </Button>
        )}
      </div>
    )

  const { path, level, hasFolders, isExpanded } = line
  const name = displayName(baseName(path === '' ? archivePath : path))
  const Icon = path === '' ? FolderArchive : isShown ? FolderOpen : Folder
  const Twist = isExpanded ? ChevronDown : ChevronRight
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and the keys
    <div
      role="treeitem"
      id={lineId(index)}
      aria-level={level}
      aria-selected={isShown}
      {...(hasFolders ? { 'aria-expanded': isExpanded } : {})}
      title={path === '' ? displayName(archivePath) : displayName(path)}
      className={classNames(styles['line'], isShown && styles['shown'], isCursor && styles['cursor'])}
      style={place}
      onClick={() => goTo(path)}
    >
      <span
        aria-hidden
        className={styles['twist']}
        onClick={(event) => {
          if (!hasFolders) return
          event.stopPropagation()
          if (isExpanded) collapseFolder(path)
          else expandFolder(path)
        }}
      >
        {hasFolders && <Twist size={14} />}
      </span>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={styles['icon'] ?? ''} />
      <span className={styles['name']}>{name}</span>
    </div>
  )
}
