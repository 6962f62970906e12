/** The umask, for restoring modes the way new files get them. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { closeQuietly, readUpTo } from '../exact-io.ts'
import type { FileSystem } from '../ports.ts'

/** What nearly every system starts with; used where the system doesn't tell. */
const usualUmask = 0o022

/**
 * proc(5) shows it; umask(2) can only be read by changing it, which would race with other threads.
 */
export function readUmask(files: FileSystem): number {
  try {
    const handle = files.openFilePath('/proc/self/status' as ByteString, 'read')
    try {
      const buffer = new Uint8Array(8192)
      const length = readUpTo(files, handle, buffer, 0, buffer.length, null)
      const line = /^Umask:\s*([0-7]+)$/m.exec(new TextDecoder('latin1').decode(buffer.subarray(0, length)))
      return line?.[1] === undefined ? usualUmask : Number.parseInt(line[1], 8)
    } finally {
      closeQuietly(files, handle)
    }
  } catch {
    return usualUmask
  }
}
