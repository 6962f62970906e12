/** The create dialog's choices before they become a request: pure, so that every rule of it can be tested. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { CreateRequest } from '../../../shared/ipc/jobs.ts'
import type { CreatePlan } from '../../../shared/ipc/plans.ts'
import type { GivenPath, Settings } from '../../../shared/ipc/settings.ts'
import type { ShownPlan } from '../plan/use-plan.ts'

/** Cloning without reading and compressing contradict each other, so what becomes of the data is one choice of three. */
export type DataHandling = 'clone' | 'instant' | 'compress'

export interface CreateDraft {
  readonly inputs: readonly GivenPath[]
  readonly archivePath: ByteString | undefined
  /** The user named the archive: the suggestion no longer follows the inputs. */
  readonly pathChosen: boolean
  readonly handling: DataHandling
  readonly deduplicate: boolean
  readonly oneFilesystem: boolean
  readonly format: 1 | 2
  /** As typed: one pattern a line. */
  readonly exclude: string
}

/** A new draft with the remembered options. */
export function newDraft({ deduplicate, instant, compress }: Settings['create']): CreateDraft {
  return {
    inputs: [],
    archivePath: undefined,
    pathChosen: false,
    handling: compress ? 'compress' : instant ? 'instant' : 'clone',
    deduplicate,
    oneFilesystem: false,
    format: 2,
    exclude: '',
  }
}

/** What is remembered of it for the next archive. */
export function rememberedOptions({ handling, deduplicate }: CreateDraft): Settings['create'] {
  return { deduplicate, instant: handling === 'instant', compress: handling === 'compress' }
}

/** Inputs in the order given, each once. */
export function addInputs(draft: CreateDraft, given: readonly GivenPath[]): CreateDraft {
  const known = new Set(draft.inputs.map(({ path }) => path))
  const fresh = given.filter(({ path }) => !known.has(path) && known.add(path))
  return { ...draft, inputs: [...draft.inputs, ...fresh] }
}

export function removeInputs(draft: CreateDraft, paths: ReadonlySet<ByteString>): CreateDraft {
  return { ...draft, inputs: draft.inputs.filter(({ path }) => !paths.has(path)) }
}

/** Format 1 knows neither compression nor archives without checksums. */
export function effectiveHandling({ format, handling }: CreateDraft): DataHandling {
  return format === 1 ? 'clone' : handling
}

/** Equal content is found by reading, which an instant archive leaves out. */
export function canDeduplicate(draft: CreateDraft): boolean {
  return effectiveHandling(draft) !== 'instant'
}

/** The patterns typed, without empty lines. */
export function excludePatterns(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** What main is asked to plan, and then to do. */
export function createRequest(draft: CreateDraft): CreateRequest {
  const handling = effectiveHandling(draft)
  return {
    archivePath: draft.archivePath,
    inputs: draft.inputs.map(({ path }) => path),
    exclude: excludePatterns(draft.exclude),
    format: draft.format,
    deduplicate: draft.deduplicate && canDeduplicate(draft),
    instant: handling === 'instant',
    compress: handling === 'compress',
    clone: 'auto',
    oneFilesystem: draft.oneFilesystem,
  }
}

/** Why the job can't be started yet; undefined when it can. */
export type Hindrance = 'no-inputs' | 'no-destination' | 'counting' | 'obstacle'

/** A plan that still grows is no hindrance, unless it doesn’t fit already: the job meets a full disk in any case. */
export function hindranceOf(
  { inputs, archivePath }: Pick<CreateDraft, 'inputs' | 'archivePath'>,
  { plan, isCurrent, error }: Pick<ShownPlan<CreatePlan>, 'plan' | 'isCurrent' | 'error'>,
): Hindrance | undefined {
  if (inputs.length === 0) return 'no-inputs'
  if (archivePath === undefined) return 'no-destination'
  if (error !== undefined) return 'obstacle'
  if (!isCurrent || plan === undefined) return 'counting'
  return plan.obstacle === undefined ? undefined : 'obstacle'
}
