/**
 * Names for what isn't finished: recognisable after a crash, never mistaken for the real thing, and telling the next
 * run whose they are.
 *
 *     .reftar-1a2b3c4d.part                    an extraction under way: its lock, and the folders it stages in
 *     .reftar-1a2b3c4d-7.part                  something that extraction stages
 *     .reftar-1a2b3c4d-0123456789abcdef.part   an archive under way; the second part stands for its final name
 *     .reftar-0123456789abcdef01234567.tmp     a file without a name, where none can be made without one (native/names.ts)
 */
import type { ByteString } from '../../shared/byte-string.ts'
import { blake3, toHex } from './format/hash.ts'

const STAGED_NAME = /^\.reftar-([0-9a-f]{8})(?:-([0-9]{1,15}|[0-9a-f]{16}))?\.part$/
const TEMPORARY_NAME = /^\.reftar-[0-9a-f]{24}\.tmp$/
const FINAL_NAME_HASH_BYTES = 8

export interface StagedName {
  /** Of the run that made it. */
  readonly run: string
  /** What the name is for; undefined for an extraction's lock. */
  readonly suffix: string | undefined
}

/** What a run's staged names begin with. `randomBytes` must give unpredictable bytes. */
export function newRun(randomBytes: (length: number) => Uint8Array): string {
  return toHex(randomBytes(4))
}

/** A temporary name of a run. */
export function stagedName(run: string, suffix?: string): ByteString {
  return `.reftar-${run}${suffix === undefined ? '' : `-${suffix}`}.part` as ByteString
}

/** The parts of a name that stagedName makes; undefined for any other. */
export function parseStagedName(name: ByteString): StagedName | undefined {
  const match = STAGED_NAME.exec(name)
  if (match === null) return undefined
  const [, run = '', suffix] = match
  return { run, suffix }
}

/** The suffix of an archive under way that is going to be called `name`. */
export function archiveSuffix(name: ByteString): string {
  return toHex(blake3(Buffer.from(name, 'latin1')).subarray(0, FINAL_NAME_HASH_BYTES))
}

/** Whether a suffix is one of archiveSuffix. */
export function isArchiveSuffix(suffix: string | undefined): boolean {
  return suffix?.length === FINAL_NAME_HASH_BYTES * 2
}

/** Whether a file of that name was to lose it at once. */
export function isTemporaryName(name: ByteString): boolean {
  return TEMPORARY_NAME.test(name)
}
