/** Which format a file is in. Apart from the superblock, whose checksum takes a native library: the main process has none. */

import { MAGIC } from './layout.ts'

/** Magic, version and block size: the same place in every format, so that these bytes tell which it is. */
export const DETECTION_BYTES = 12

/** The version that the first 12 bytes of a file name, or undefined when it is no archive. */
export function detectVersion(bytes: Uint8Array): number | undefined {
  if (bytes.length < DETECTION_BYTES) return undefined
  for (let i = 0; i < MAGIC.length; i++) if (bytes[i] !== MAGIC.charCodeAt(i)) return undefined
  return new DataView(bytes.buffer, bytes.byteOffset).getUint16(MAGIC.length, true)
}
