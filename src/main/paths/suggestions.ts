/** Names and places that the user would choose anyway. */
import { constants } from 'node:fs'
import { access, lstat, stat } from 'node:fs/promises'
import { type ByteString, baseName } from '../../shared/byte-string.ts'
import { below, folderOf, fsPath, isWithin, ROOT } from './absolute.ts'

/**
 * A new archive's path that nothing has yet: beside the first input, where that folder can be written, else in `home`;
 * named after the input or, for several, after the folder that holds them all.
 */
export async function archiveFor(inputs: readonly ByteString[], home: ByteString): Promise<ByteString> {
  const [first = ROOT] = inputs
  const beside = folderOf(first)
  const folder = (await canWrite(beside)) ? beside : home
  const name = baseName(inputs.length < 2 ? first : commonFolder(inputs)) || 'archive'
  for (let number = 1; ; number++) {
    const path = below(folder, `${name}${number === 1 ? '' : `-${number}`}.reftar`)
    if (!(await exists(path))) return path
  }
}

function commonFolder(paths: readonly ByteString[]): ByteString {
  let common = folderOf(paths[0] ?? ROOT)
  for (const path of paths) while (!isWithin(path, common)) common = folderOf(common)
  return common
}

async function canWrite(folder: ByteString): Promise<boolean> {
  try {
    await access(fsPath(folder), constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function exists(path: ByteString): Promise<boolean> {
  try {
    await lstat(fsPath(path))
    return true
  } catch {
    return false
  }
}

export async function isFolder(path: ByteString): Promise<boolean> {
  try {
    return (await stat(fsPath(path))).isDirectory()
  } catch {
    return false
  }
}
