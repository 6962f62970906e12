/** What a picture shows and what is chosen in it: the same for its map, its lanes and its tables. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type {
  SharingChoice,
  SharingFacts,
  SharingFileQuery,
  SharingSelection,
  SharingState,
} from '../../../../shared/ipc/sharing.ts'
import { useBackend } from '../../../lib/backend.ts'
import { useLatest } from '../../../lib/latest.ts'
import type { LookKind } from '../../../store/look-slice.ts'
import { useWindow } from '../../../store/store.ts'
import type { Scope } from '../scope.ts'
import { type CommonFolder, useCommonFolder, withoutFolder } from './common-folder.ts'

interface Chosen {
  readonly choice: SharingChoice
  readonly facts: SharingFacts
}

export interface PictureState {
  readonly kind: LookKind
  readonly sharing: SharingState
  /** What the window is about besides the picture; undefined where that is all that is looked at. */
  readonly scope: Scope | undefined
  readonly query: SharingFileQuery
  readonly setQuery: (change: Partial<SharingFileQuery>) => void
  /** Classes that are shown faintly. */
  readonly faint: ReadonlySet<number>
  readonly toggleClass: (code: number) => void
  /** What is chosen, with its facts as soon as they are there. */
  readonly choice: SharingChoice | undefined
  readonly chosen: Chosen | undefined
  readonly choose: (choice: SharingChoice | undefined) => void
  /** The folder that holds everything. */
  readonly common: CommonFolder
  /** A path without what all have in common. */
  readonly shortPath: (path: string) => string
}

/** Asks for all files, those first that share most: what the picture is about is on its first screen. */
export const everyFile: SharingFileQuery = {
  role: undefined,
  folder: 0,
  directlyInFolder: false,
  selectedOnly: false,
  show: 'all',
  sharesWithFile: undefined,
  text: '',
  sort: 'shared',
  descending: true,
}

/** The state of a picture of `sharing`. Files have numbers of one version: with the next one nothing is chosen. */
export function usePictureState(kind: LookKind, sharing: SharingState, scope: Scope | undefined): PictureState {
  const backend = useBackend()
  const { sharingId, version } = sharing
  const [query, setWholeQuery] = useState(everyFile)
  const [faint, setFaint] = useState<ReadonlySet<number>>(new Set())
  const [choice, choose] = useState<SharingChoice>()

  const common = useCommonFolder(sharing)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the numbers mean ends with the version
  useEffect(() => {
    choose(undefined)
    setWholeQuery((before) => ({ ...before, folder: 0, sharesWithFile: undefined }))
  }, [version])

  // Of a single file is shown what has its blocks, too: alone it would share with nobody.
  useSelection(sharing, scope, (selection) => {
    const only = selection?.only
    const selectedOnly = selection !== undefined && only === undefined
    setWholeQuery((before) => ({ ...before, selectedOnly, sharesWithFile: only?.file }))
    if (only !== undefined)
      choose({ kind: 'range', file: only.file, offset: 0, lengthBytes: Math.max(1, only.sizeBytes) })
  })

  const question = useMemo(() => (choice === undefined ? undefined : { choice, version }), [choice, version])
  const answered = useLatest(question, ({ choice }) => backend.request('sharingFacts', sharingId, choice))
  const chosen = useMemo(
    () =>
      answered === undefined || answered.question !== question || answered.answer.version !== version
        ? undefined
        : { choice: answered.question.choice, facts: answered.answer },
    [answered, question, version],
  )

  return {
    kind,
    sharing,
    scope,
    query,
    setQuery: (change) => setWholeQuery((before) => ({ ...before, ...change })),
    faint,
    toggleClass: (code) =>
      setFaint((before) => {
        const next = new Set(before)
        if (!next.delete(code)) next.add(code)
        return next
      }),
    choice,
    chosen,
    choose,
    common,
    shortPath: (path) => withoutFolder(path, common.path),
  }
}

/** Tells which files of a version the scope means, once for each version and scope; undefined where it is everything. */
function useSelection(
  { sharingId, version }: SharingState,
  scope: Scope | undefined,
  tell: (selection: SharingSelection | undefined) => void,
): void {
  const backend = useBackend()
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  const wanted = scope?.selection
  const question = useMemo(
    () => (wanted === undefined || archiveId === undefined ? undefined : { archiveId, selection: wanted, version }),
    [wanted, archiveId, version],
  )
  const answered = useLatest(question, ({ archiveId, selection }) =>
    backend.request('selectInSharing', sharingId, archiveId, selection),
  )
  const latest = useRef(tell)
  latest.current = tell
  const selection = answered?.answer.version === version ? answered.answer : undefined
  useEffect(() => {
    // Until a newer version has answered, what was shown stays.
    if (wanted === undefined || selection !== undefined) latest.current(selection)
  }, [wanted, selection])
}

/** One range from the begin of the first to the end of the second, of the same file; else the second. */
export function joinChoices(first: SharingChoice | undefined, second: SharingChoice): SharingChoice {
  if (first?.kind !== 'range' || second.kind !== 'range' || first.file !== second.file) return second
  const offset = Math.min(first.offset, second.offset)
  const end = Math.max(first.offset + first.lengthBytes, second.offset + second.lengthBytes)
  return { kind: 'range', file: first.file, offset, lengthBytes: end - offset }
}
