/**
 * Whether a filesystem can share blocks, found out by doing it. Names and feature flags don't say: XFS may be made
 * without reflinks, and network filesystems pass the question on.
 */
import { randomBytes } from 'node:crypto'
import type { CloneCapability, Handle } from '../../src/main/engine/ports.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { cloneRange } from './clone.ts'
import { read, sync, write } from './io.ts'
import { close, createUnnamedFile } from './open.ts'
import { status } from './stat.ts'
import { filesystemInfo } from './statfs.ts'

/** A multiple of every block size in use (btrfs and XFS allow up to 64 KiB). */
const PROBE_BYTES = 65_536

function readOrWriteAll(transfer: typeof read, handle: Handle, buffer: Uint8Array): boolean {
  for (let done = 0; done < buffer.length; ) {
    const count = transfer(handle, buffer, done, buffer.length - done, done)
    if (count === 0) return false
    done += count
  }
  return true
}

/** FICLONERANGE; once more after an fsync where the filesystem can't clone what isn't on disk yet (ZFS: EAGAIN). */
function cloneOnceSynced(source: Handle, target: Handle): void {
  try {
    cloneRange(source, 0, PROBE_BYTES, target, 0)
  } catch (error) {
    if (!(error instanceof ReftarError) || error.code !== 'try-again') throw error
    sync(source)
    cloneRange(source, 0, PROBE_BYTES, target, 0)
  }
}

/** Clones random data from one unnamed file to another and reads it back: whether it is the same. */
function tryClone(source: Handle, target: Handle): boolean {
  const written = randomBytes(PROBE_BYTES)
  readOrWriteAll(write, source, written)
  cloneOnceSynced(source, target)
  const readBack = Buffer.alloc(PROBE_BYTES)
  return readOrWriteAll(read, target, readBack) && readBack.equals(written)
}

/** Two unnamed files in a folder for as long as `use` runs. */
function withUnnamedFiles<Result>(directory: Handle, use: (source: Handle, target: Handle) => Result): Result {
  const source = createUnnamedFile(directory)
  try {
    const target = createUnnamedFile(directory)
    try {
      return use(source, target)
    } finally {
      close(target)
    }
  } finally {
    close(source)
  }
}

// "Can't", as opposed to errors that would also have stopped a copy.
const REFUSALS: ReadonlySet<string> = new Set([
  'not-supported',
  'invalid-argument',
  'cross-device',
  'not-permitted',
  'try-again',
])

function filesystemName(directory: Handle): string {
  const { type } = filesystemInfo(directory)
  return type === 'unknown' ? 'this filesystem' : type
}

function probe(directory: Handle): CloneCapability {
  try {
    const same = withUnnamedFiles(directory, tryClone)
    if (same) return { possible: true, reason: undefined }
    return { possible: false, reason: `a clone on ${filesystemName(directory)} read back differently` }
  } catch (error) {
    if (!(error instanceof ReftarError) || !REFUSALS.has(error.code)) throw error
    return { possible: false, reason: `${filesystemName(directory)} can’t share blocks` }
  }
}

/**
 * Makes canClone of ports.ts. Answers are remembered per filesystem, so each btrfs subvolume is asked once. Where no file
 * can be made in the folder the answer is "no" with that as the reason, and not remembered; a full or failing disk is thrown.
 */
export function createProbe(): (directory: Handle) => CloneCapability {
  const known = new Map<string, CloneCapability>()
  return (directory) => {
    // A device number alone comes back when another disk is mounted in place of the first.
    const { type, id } = filesystemInfo(directory)
    const key = `${status(directory).device} ${type} ${id}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    try {
      const capability = probe(directory)
      known.set(key, capability)
      return capability
    } catch (error) {
      if (!(error instanceof ReftarError)) throw error
      if (error.code !== 'permission-denied' && error.code !== 'read-only' && error.code !== 'not-found') throw error
      return { possible: false, reason: `no file can be made in the folder to find out: ${error.message}` }
    }
  }
}
