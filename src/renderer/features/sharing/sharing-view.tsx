/** Who shares which blocks: the archive on disk with what it was made from and what was extracted, or its entries among each other. */
import { useEffect, useMemo, useState } from 'react'
import type { SharingSubject } from '../../../shared/ipc/sharing.ts'
import { useText } from '../../lib/texts.tsx'
import { Select } from '../../parts/select.tsx'
import { useWindow } from '../../store/store.ts'
import { SharingLook } from './look.tsx'
import { useScope } from './scope.ts'
import { archiveSubject } from './subjects.ts'

const kinds = ['disk', 'contents'] as const

export function SharingView() {
  const text = useText()
  const archivePath = useWindow(({ archive }) => archive?.path)
  const jobs = useWindow((state) => state.jobs)
  const jobInputs = useWindow((state) => state.jobInputs)
  const scope = useScope()
  const [chosenKind, setKind] = useState<SharingSubject['kind']>()
  const disk = useMemo(
    () => (archivePath === undefined ? undefined : archiveSubject(archivePath, { jobs, jobInputs })),
    [archivePath, jobs, jobInputs],
  )
  // The archive file alone has no files among which a part of the entries could be shown.
  const isDivided = disk?.kind === 'disk' && disk.roots.length > 1
  const isPart = scope.selection.kind !== 'all'
  const kind = chosenKind ?? (isPart && !isDivided ? 'contents' : 'disk')
  const subject = useMemo(
    (): SharingSubject | undefined => (kind === 'contents' && archivePath !== undefined ? { kind, archivePath } : disk),
    [kind, archivePath, disk],
  )
  if (subject === undefined) return null
  return (
    <SharingLook subject={subject} scope={isPart && (kind === 'contents' || isDivided) ? scope : undefined}>
      <Select
        label={text('sharing.lookAt')}
        hidesLabel
        value={kind}
        options={kinds.map((value) => ({ value, label: text(`sharing.lookAt.${value}`) }))}
        onChange={setKind}
      />
    </SharingLook>
  )
}

/** Closes looks when what they are at is closed. */
export function useClosingLooks(): void {
  const archivePath = useWindow(({ archive }) => archive?.path)
  const closeLook = useWindow((state) => state.closeLook)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of one archive is the end of the looks at it
  useEffect(
    () => () => {
      closeLook('disk')
      closeLook('contents')
    },
    [archivePath, closeLook],
  )
}
