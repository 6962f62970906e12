/**
 * What an archive may ask for before somebody has said that they trust it. A few kilobytes can claim exabytes, so every
 * claim that costs memory, time, space or names has a bound. The bounds lie where no honest archive comes near:
 * holes and cloned blocks cost nothing and are never counted against the archive's own size.
 *
 * Bounds on single structures (a page, a pack, a chunk …) belong to the formats: format/layout.ts, format1/layout.ts.
 */
import { type ByteString, displayName } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { type Said, said } from '../../shared/said.ts'

export interface ReadLimits {
  /** Entries in an archive. */
  readonly entries: number
  /** Components of a path. */
  readonly depth: number
  readonly pathBytes: number
  /** A directory, unpacked: all of it is in memory while the archive is open. */
  readonly directoryBytes: number
  /** Sum of all files' sizes, holes and all; also the most for one file. */
  readonly logicalBytes: number
  /** Bytes that an extraction really writes (neither cloned nor holes), as a multiple of the archive's size … */
  readonly writtenRatio: number
  /** … but this many in any case. */
  readonly writtenFloorBytes: number
  /** The same for bytes that packs are unpacked to, which costs time only. */
  readonly unpackedRatio: number
  readonly unpackedFloorBytes: number
}

export const defaultLimits: ReadLimits = {
  // As many files as an ext4 filesystem of 1 TiB has room for (one inode for 16 KiB).
  entries: 1 << 26,
  // PATH_MAX allows 2048; no tree that people or programs make has a fifth of this.
  depth: 1024,
  // What one component's length may be in the header of either format; Linux opens 4095 at once.
  pathBytes: 65_535,
  // 1.4 million sections: 5 TiB of packs, or 40 PiB of raw data.
  directoryBytes: 64 << 20,
  // Up to here sums are exact. Sparse files of petabytes are harmless, exabytes are no files.
  logicalBytes: Number.MAX_SAFE_INTEGER,
  // A thousand reflinked copies may have to be written out where blocks can't be shared; logs shrink to a thousandth.
  writtenRatio: 10_000,
  writtenFloorBytes: 2 ** 30,
  // Small files that repeat in random order make the same packs be unpacked again and again.
  unpackedRatio: 100_000,
  unpackedFloorBytes: 2 ** 36,
}

/** For archives that the user trusts. */
export const noLimits: ReadLimits = {
  entries: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  pathBytes: Number.POSITIVE_INFINITY,
  directoryBytes: Number.POSITIVE_INFINITY,
  logicalBytes: Number.POSITIVE_INFINITY,
  writtenRatio: Number.POSITIVE_INFINITY,
  writtenFloorBytes: Number.POSITIVE_INFINITY,
  unpackedRatio: Number.POSITIVE_INFINITY,
  unpackedFloorBytes: Number.POSITIVE_INFINITY,
}

const SLASH = 0x2f

function exceeded(message: Said, path?: ByteString): ReftarError {
  return new ReftarError('limit-exceeded', message, path === undefined ? {} : { entry: displayName(path) })
}

/** Throws `limit-exceeded` for a directory that would unpack to more than that. */
export function checkDirectory(limits: ReadLimits, rawLengthBytes: number): void {
  if (rawLengthBytes > limits.directoryBytes) {
    throw exceeded(
      said('its directory claims {count} bytes; the limit is {limit}', {
        count: rawLengthBytes,
        limit: limits.directoryBytes,
      }),
    )
  }
}

/** Throws `limit-exceeded` for an archive with more entries, or more in its files, than it may have. */
export function checkTotals(limits: ReadLimits, entries: number, logicalBytes: number): void {
  if (entries > limits.entries)
    throw exceeded(said('it has {count} entries; the limit is {limit}', { count: entries, limit: limits.entries }))
  if (logicalBytes > limits.logicalBytes) {
    throw exceeded(
      said('its files claim {count} bytes; the limit is {limit}', { count: logicalBytes, limit: limits.logicalBytes }),
    )
  }
}

/** Throws `limit-exceeded`, naming the entry, for one whose path is too long or too deep or which is too large. */
export function checkEntryLimits(limits: ReadLimits, path: ByteString, sizeBytes: number): void {
  if (path.length > limits.pathBytes) {
    throw exceeded(
      said('its path has {count} bytes; the limit is {limit}', { count: path.length, limit: limits.pathBytes }),
      path,
    )
  }
  // Below twice the depth a path can't have as many components.
  if (path.length >= 2 * limits.depth && depthOf(path) > limits.depth) {
    throw exceeded(
      said('its path has {count} components; the limit is {limit}', { count: depthOf(path), limit: limits.depth }),
      path,
    )
  }
  if (sizeBytes > limits.logicalBytes) {
    throw exceeded(
      said('it claims {count} bytes; the limit is {limit}', { count: sizeBytes, limit: limits.logicalBytes }),
      path,
    )
  }
}

function depthOf(path: ByteString): number {
  let depth = 1
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) === SLASH) depth++
  return depth
}

/** What one extraction has used up of its limits. */
export class ExtractionBudget {
  readonly #limits: ReadLimits
  readonly #writtenLimit: number
  readonly #unpackedLimit: number
  #logicalBytes = 0
  #writtenBytes = 0
  #unpackedBytes = 0

  constructor(limits: ReadLimits, archiveBytes: number) {
    this.#limits = limits
    this.#writtenLimit = Math.max(limits.writtenFloorBytes, limits.writtenRatio * archiveBytes)
    this.#unpackedLimit = Math.max(limits.unpackedFloorBytes, limits.unpackedRatio * archiveBytes)
  }

  /** A file of that size comes next. */
  addFile(sizeBytes: number): void {
    this.#logicalBytes += sizeBytes
    if (this.#logicalBytes > this.#limits.logicalBytes) {
      throw exceeded(said('its files claim more than the limit of {limit} bytes', { limit: this.#limits.logicalBytes }))
    }
  }

  /** That many bytes are about to be written. */
  addWritten(bytes: number): void {
    this.#writtenBytes += bytes
    if (this.#writtenBytes > this.#writtenLimit) {
      throw exceeded(
        said('more than {limit} bytes would be written for an archive of this size ({ratio} times as many)', {
          limit: this.#writtenLimit,
          ratio: this.#limits.writtenRatio,
        }),
      )
    }
  }

  /** A pack of that size is about to be unpacked. */
  addUnpacked(bytes: number): void {
    this.#unpackedBytes += bytes
    if (this.#unpackedBytes > this.#unpackedLimit) {
      throw exceeded(
        said('more than {limit} bytes would have to be unpacked for an archive of this size', {
          limit: this.#unpackedLimit,
        }),
      )
    }
  }
}
