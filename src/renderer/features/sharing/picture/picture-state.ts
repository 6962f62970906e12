/** What a picture shows and what is chosen in it: the same for its map, its lanes and its tables. */
import { useEffect, useMemo, useState } from 'react'
import type { SharingChoice, SharingFacts, SharingFileQuery, SharingState } from '../../../../shared/ipc/sharing.ts'
import { useBackend } from '../../../lib/backend.ts'
import { useLatest } from '../../../lib/latest.ts'
import { type CommonFolder, useCommonFolder, withoutFolder } from './common-folder.ts'

interface Chosen {
  readonly choice: SharingChoice
  readonly facts: SharingFacts
}

export interface PictureState {
  readonly sharing: SharingState
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

const everyFile: SharingFileQuery = {
  role: undefined,
  folder: 0,
  directlyInFolder: false,
  show: 'all',
  sharesWithFile: undefined,
  text: '',
  sort: 'path',
  descending: false,
}

/** The state of a picture of `sharing`. Files have numbers of one version: with the next one nothing is chosen. */
export function usePictureState(sharing: SharingState): PictureState {
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
    sharing,
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

/** One range from the begin of the first to the end of the second, of the same file; else the second. */
export function joinChoices(first: SharingChoice | undefined, second: SharingChoice): SharingChoice {
  if (first?.kind !== 'range' || second.kind !== 'range' || first.file !== second.file) return second
  const offset = Math.min(first.offset, second.offset)
  const end = Math.max(first.offset + first.lengthBytes, second.offset + second.lengthBytes)
  return { kind: 'range', file: first.file, offset, lengthBytes: end - offset }
}
