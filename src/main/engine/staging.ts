/** Names for what isn't finished: recognisable after a crash, and never mistaken for the real thing. */
import type { ByteString } from '../../shared/byte-string.ts'

const STAGED_NAME = /^\.reftar-[0-9a-f]{8}\.part$/

/** A temporary name beside the final one. `randomBytes` must give unpredictable bytes. */
export function stagedName(randomBytes: (length: number) => Uint8Array): ByteString {
  return `.reftar-${Buffer.from(randomBytes(4)).toString('hex')}.part` as ByteString
}

/** Whether a name is one that stagedName makes. */
export function isStagedName(name: ByteString): boolean {
  return STAGED_NAME.test(name)
}
