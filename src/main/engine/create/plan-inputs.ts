/** The inputs of a planned archive: what each is, which can be looked through, and to which one a visited name belongs. */
import { type ByteString, displayName, parentPath } from '../../../shared/byte-string.ts'
import { type ErrorData, errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { CreatePlan } from '../../../shared/plans.ts'
import { closeQuietly } from '../exact-io.ts'
import type { FileSystem } from '../ports.ts'
import { fromDirectory, type InputNode, planInputs, splitSource, storedPath } from './inputs.ts'

type PlannedInput = CreatePlan['inputs'][number]

export class PlanInputs {
  /** What can be walked; undefined for nothing. */
  readonly root: InputNode | undefined
  /** Why these inputs can't be archived together. */
  readonly obstacle: ErrorData | undefined
  readonly #inputs: readonly { -readonly [Key in keyof PlannedInput]: PlannedInput[Key] }[]
  readonly #byStoredPath = new Map<ByteString, number>()
  readonly #keepPaths: boolean

  /** Looks each input up. Of those that would get the same name only the first is walked. */
  constructor(files: FileSystem, { inputs, directory, keepPaths }: CreateOptions) {
    this.#keepPaths = keepPaths
    this.#inputs = inputs.map((path) => ({
      path,
      kind: kindOf(files, fromDirectory(directory, path)),
      files: 0,
      sizeBytes: 0,
    }))
    const there = inputs.filter((_, index) => this.#inputs[index]?.kind !== 'missing')
    const missing = inputs.find((_, index) => this.#inputs[index]?.kind === 'missing')
    try {
      this.root = missing === undefined || there.length > 0 ? planInputs(there, keepPaths) : undefined
    } catch (error) {
      this.obstacle = errorData(withContext(error, {}))
      this.root = this.#withoutTwins(there)
    }
    if (missing !== undefined) {
      const path = displayName(missing)
      this.obstacle ??= errorData(new ReftarError('not-found', 'No such file or folder', { path }))
    }
    inputs.forEach((path, index) => {
      const stored = storedPath(path, keepPaths)
      if (this.#inputs[index]?.kind !== 'missing' && !this.#byStoredPath.has(stored))
        this.#byStoredPath.set(stored, index)
    })
  }

  /** A file was found under this stored path. */
  count(path: ByteString, sizeBytes: number): void {
    for (let at = path; ; at = parentPath(at)) {
      const input = this.#inputs[this.#byStoredPath.get(at) ?? -1]
      if (input !== undefined) {
        input.files += 1
        input.sizeBytes += sizeBytes
      }
      if (input !== undefined || at === '') return
    }
  }

  /** One for each input, in the order given, as counted so far. */
  list(): readonly PlannedInput[] {
    return this.#inputs.map((input) => ({ ...input }))
  }

  #withoutTwins(inputs: readonly ByteString[]): InputNode | undefined {
    const first = new Map<ByteString, ByteString>()
    for (const input of inputs) {
      const stored = storedPath(input, this.#keepPaths)
      if (!first.has(stored)) first.set(stored, input)
    }
    try {
      return planInputs([...first.values()], this.#keepPaths)
    } catch {
      // Told already; what else is wrong with them shows when that is mended.
      return undefined
    }
  }
}

function kindOf(files: FileSystem, path: ByteString): PlannedInput['kind'] {
  try {
    const { folder, name } = splitSource(path)
    // `.`, `..` and `/` are folders by themselves.
    const isFolder = name === '' || name === '.' || name === '..'
    const handle = files.openDirectoryPath(isFolder ? path : folder)
    try {
      const kind = isFolder ? 'directory' : files.statusAt(handle, name)?.kind
      if (kind === undefined) return 'missing'
      return kind === 'directory' ? 'folder' : kind === 'file' ? 'file' : 'other'
    } finally {
      closeQuietly(files, handle)
    }
  } catch {
    return 'missing'
  }
}
