/** The looks at sharing that the window has open: one at files on disk, one at what an archive holds. */
import { displayName } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { SharingState, SharingSubject } from '../../shared/ipc/sharing.ts'
import type { Slice, WindowState } from './store.ts'

export type LookKind = SharingSubject['kind']

interface Look {
  readonly subject: SharingSubject
  /** Undefined until main has begun. */
  readonly state: SharingState | undefined
  /** Why main didn't begin. */
  readonly failure: ErrorData | undefined
}

export interface LookSlice {
  readonly looks: { readonly [Kind in LookKind]: Look | undefined }
  /** Looks at this, unless it is what the window looks at already. */
  readonly openLook: (subject: SharingSubject) => void
  /** Looks at the same anew. */
  readonly lookAgain: (kind: LookKind) => void
  /** Looks anew at what failed for want of the archive. */
  readonly lookAgainForArchive: () => void
  /** Keeps what was found so far. */
  readonly stopLook: (kind: LookKind) => void
  readonly closeLook: (kind: LookKind) => void
  readonly applySharingState: (state: SharingState) => void
}

type Looks = Pick<WindowState, 'archive' | 'looks'>

/** That a look found nothing where the open archive was: what is shown of it is what was read before. Else undefined. */
export function archiveGone(state: Looks): ErrorData | undefined {
  return lookKinds.map((kind) => goneSays(state, kind)).find((error) => error !== undefined)
}

const lookKinds = ['disk', 'contents'] as const satisfies readonly LookKind[]

function goneSays({ archive, looks }: Looks, kind: LookKind): ErrorData | undefined {
  const error = looks[kind]?.failure ?? looks[kind]?.state?.error
  const isGone = archive !== undefined && error?.code === 'not-found' && error.path === displayName(archive.path)
  return isGone ? error : undefined
}

export const createLookSlice: Slice<LookSlice> = (backend, set, get) => {
  /** Of looks whose opening hasn't been answered yet: events overtake answers. */
  const early = new Map<number, SharingState>()
  const put = (kind: LookKind, look: Look | undefined): void =>
    set(({ looks }) => ({ looks: { ...looks, [kind]: look } }))
  const close = (sharingId: number): void => void backend.request('closeSharing', sharingId).catch(() => undefined)

  const begin = async (subject: SharingSubject): Promise<void> => {
    const { kind } = subject
    get().closeLook(kind)
    const look: Look = { subject, state: undefined, failure: undefined }
    put(kind, look)
    try {
      const state = await backend.request('openSharing', subject)
      // Another one was asked for meanwhile.
      if (get().looks[kind] === look) put(kind, { ...look, state: early.get(state.sharingId) ?? state })
      else close(state.sharingId)
      early.delete(state.sharingId)
    } catch (error) {
      if (get().looks[kind] === look) put(kind, { ...look, failure: errorData(error) })
    }
  }

  return {
    looks: { disk: undefined, contents: undefined },

    openLook(subject) {
      const known = get().looks[subject.kind]
      if (JSON.stringify(known?.subject) !== JSON.stringify(subject)) void begin(subject)
    },

    lookAgain(kind) {
      const look = get().looks[kind]
      if (look !== undefined) void begin(look.subject)
    },

    lookAgainForArchive() {
      for (const kind of lookKinds) if (goneSays(get(), kind) !== undefined) get().lookAgain(kind)
    },

    stopLook(kind) {
      const sharingId = get().looks[kind]?.state?.sharingId
      if (sharingId !== undefined) void get().attempt(() => backend.request('stopSharing', sharingId))
    },

    closeLook(kind) {
      const sharingId = get().looks[kind]?.state?.sharingId
      put(kind, undefined)
      if (sharingId !== undefined) close(sharingId)
    },

    applySharingState(state) {
      const { looks } = get()
      const kind = looks.disk?.state?.sharingId === state.sharingId ? 'disk' : 'contents'
      const look = looks[kind]
      if (look?.state?.sharingId === state.sharingId) put(kind, { ...look, state })
      else if (Object.values(looks).some((one) => one !== undefined && one.state === undefined)) {
        early.set(state.sharingId, state)
      }
    },
  }
}
