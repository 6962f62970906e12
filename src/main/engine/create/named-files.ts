/** Which files were named themselves as inputs: the archive can't take the place of one of them. */
import { type ByteString, joinPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import { closeQuietly } from '../exact-io.ts'
import { matchAny } from '../globs.ts'
import type { FileSystem, NodeStatus } from '../ports.ts'
import { fromDirectory, type InputNode, splitSource } from './inputs.ts'

/** The files among what was named itself, apart from what is excluded. What isn't there is left for the walk to report. */
export function namedFiles(
  files: FileSystem,
  root: InputNode,
  { directory, exclude }: Pick<CreateOptions, 'directory' | 'exclude'>,
): NodeStatus[] {
  const isExcluded = matchAny(exclude)
  const found: NodeStatus[] = []
  const look = (node: InputNode, path: ByteString): void => {
    if (path !== '' && isExcluded(path)) return
    if (node.isInput && node.sourcePath !== undefined && path !== '') {
      const status = statusOf(files, fromDirectory(directory, node.sourcePath))
      if (status?.kind === 'file') found.push(status)
    }
    for (const child of node.children) look(child, joinPath(path, child.name))
  }
  look(root, '' as ByteString)
  return found
}

function statusOf(files: FileSystem, path: ByteString): NodeStatus | undefined {
  const { folder, name } = splitSource(path)
  try {
    const handle = files.openDirectoryPath(folder)
    try {
      return files.statusAt(handle, name)
    } finally {
      closeQuietly(files, handle)
    }
  } catch (error) {
    if (!(error instanceof ReftarError)) throw error
    return undefined
  }
}
