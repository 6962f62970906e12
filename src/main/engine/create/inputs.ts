/** From what the user named to a tree of what is stored where: names, parents and collisions, decided before anything is read. */
import { type ByteString, displayName, joinPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'

/** A place in the archive's tree above, or at, what the user named. */
export interface InputNode {
  /** Stored name of this component; empty for the root. */
  readonly name: ByteString
  /** Path on disk, relative to -C unless absolute. Undefined for the root of several inputs. */
  readonly sourcePath: ByteString | undefined
  /** Everything below is stored. False for a folder that is only on the way to an input. */
  readonly isInput: boolean
  /** In name order. */
  readonly children: readonly InputNode[]
}

interface MutableNode {
  readonly name: ByteString
  /** Of one stored path there are two places on disk: with a leading `/` and without. */
  readonly isAbsolute: boolean
  readonly sourcePath: ByteString | undefined
  isInput: boolean
  readonly children: Map<ByteString, MutableNode>
}

/**
 * Plans where inputs are stored. As in the first reftar an input is stored under its own last name (`a/b.bin` as
 * `b.bin`, a folder keeps its tree); with `keepPaths` under the relative path as given, its parent folders stored too.
 * `.`, `..` and `/` have no name of their own: what they hold is stored at the root.
 * Throws `usage` for no input, an empty one or `..` with keepPaths, `collision` where two inputs, or folders on the way to
 * them, get the same name.
 */
export function planInputs(inputs: readonly ByteString[], keepPaths: boolean): InputNode {
  if (inputs.length === 0) throw new ReftarError('usage', 'Nothing to archive was named')
  const root: MutableNode = {
    name: '' as ByteString,
    isAbsolute: false,
    sourcePath: undefined,
    isInput: false,
    children: new Map(),
  }
  let rootInput: ByteString | undefined
  for (const input of inputs) {
    const stored = storedComponents(input, keepPaths)
    if (input === '') throw new ReftarError('usage', 'An input’s name is empty')
    if (keepPaths && stored.includes('..' as ByteString)) {
      throw new ReftarError('usage', '“..” can’t be kept as a stored path; use -C to start elsewhere', {
        path: displayName(input),
      })
    }
    if (stored.length === 0) {
      if (rootInput !== undefined) throw collision(input, rootInput, '' as ByteString)
      rootInput = input
      continue
    }
    addInput(root, input, stored)
  }
  if (rootInput !== undefined && root.children.size > 0) {
    // What lies at the root isn't known until it is read, so the names can't be told apart here.
    throw new ReftarError('collision', 'It is stored at the archive’s root and can’t be combined with other inputs', {
      path: displayName(rootInput),
    })
  }
  if (rootInput !== undefined) return { name: '' as ByteString, sourcePath: rootInput, isInput: true, children: [] }
  return freeze(root)
}

/** Where an input is stored; empty for the root, and of no meaning where planInputs refuses the input. */
export function storedPath(input: ByteString, keepPaths: boolean): ByteString {
  return storedComponents(input, keepPaths).join('/') as ByteString
}

function storedComponents(input: ByteString, keepPaths: boolean): readonly ByteString[] {
  const components = input.split('/').filter((part) => part !== '' && part !== '.') as ByteString[]
  const last = components.at(-1)
  if (keepPaths || last === undefined) return components
  return last === '..' ? [] : [last]
}

function addInput(root: MutableNode, input: ByteString, stored: readonly ByteString[]): void {
  let node = root
  const isAbsolute = input.startsWith('/')
  stored.forEach((name, index) => {
    if (node.isInput) return
    const isLast = index === stored.length - 1
    const existing = node.children.get(name)
    const prefix = stored.slice(0, index + 1).join('/')
    const sourcePath = (isLast ? withoutLastDots(input) : `${isAbsolute ? '/' : ''}${prefix}`) as ByteString
    if (existing === undefined) {
      const child: MutableNode = { name, isAbsolute, sourcePath, isInput: isLast, children: new Map() }
      node.children.set(name, child)
      node = child
      return
    }
    if (existing.isAbsolute !== isAbsolute || (isLast && existing.isInput))
      throw collision(input, existing.sourcePath ?? name, prefix as ByteString)
    if (isLast) {
      // A folder on the way to an earlier input is now asked for as a whole.
      existing.isInput = true
      existing.children.clear()
    }
    node = existing
  })
}

/** `a/.` is `a`: the last component has to be a name that can be looked up. */
function withoutLastDots(input: ByteString): string {
  return input.replace(/(?:\/+\.)+\/*$/, '')
}

function collision(input: ByteString, other: ByteString, stored: ByteString): ReftarError {
  const first = { verbatim: displayName(other) }
  const what =
    stored === ''
      ? said('It and “{other}” would both be stored as the archive’s root', { other: first })
      : said('It and “{other}” would both be stored as “{stored}”', {
          other: first,
          stored: { verbatim: displayName(stored) },
        })
  return new ReftarError('collision', what, { path: displayName(input) })
}

function freeze(node: MutableNode): InputNode {
  const children = [...node.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(freeze)
  return { name: node.name, sourcePath: node.sourcePath, isInput: node.isInput, children }
}

/** The folder and the last component of a source path, for opening the folder and looking the name up in it. */
export function splitSource(path: ByteString): { readonly folder: ByteString; readonly name: ByteString } {
  const trimmed = path.replace(/\/+$/, '') as ByteString
  const slash = trimmed.lastIndexOf('/')
  if (slash < 0) return { folder: '.' as ByteString, name: trimmed }
  return {
    folder: (slash === 0 ? '/' : trimmed.slice(0, slash)) as ByteString,
    name: trimmed.slice(slash + 1) as ByteString,
  }
}

/** A source path seen from -C. */
export function fromDirectory(directory: ByteString, path: ByteString): ByteString {
  return path.startsWith('/') || directory === '' || directory === '.' ? path : joinPath(directory, path)
}
