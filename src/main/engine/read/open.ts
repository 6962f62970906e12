/** The one way to open an archive, whatever its format. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import { closeQuietly } from '../exact-io.ts'
import { DETECTION_BYTES, detectVersion } from '../format/detection.ts'
import { FORMAT_VERSION } from '../format/layout.ts'
import { FORMAT_1_VERSION } from '../format1/layout.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import type { FileSystem, Handle, NodeKind } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { type ReaderPorts, readExactly } from './archive-file.ts'
import { openArchive1 } from './format1/reader1.ts'
import { openArchive2 } from './reader2.ts'

export interface OpenPorts extends ReaderPorts {
  readonly files: ReaderPorts['files'] & Pick<FileSystem, 'openFilePath' | 'status'>
}

/** Opens the archive at a path that the user named. Errors carry the path. */
export function openArchive(ports: OpenPorts, path: ByteString, limits: ReadLimits = defaultLimits): ArchiveReader {
  try {
    const handle = openArchiveFile(ports, path, 'read')
    try {
      return openArchiveHandle(ports, handle, limits)
    } catch (error) {
      closeQuietly(ports.files, handle)
      throw error
    }
  } catch (error) {
    throw withContext(error, { path: displayName(path) })
  }
}

/** The file of an archive, opened without waiting for a FIFO's other end: only a regular file can be read by place. */
export function openArchiveFile(ports: OpenPorts, path: ByteString, access: 'read' | 'read-write'): Handle {
  const handle = ports.files.openFilePath(path, access)
  try {
    requireRegularFile(ports.files.status(handle).kind)
    return handle
  } catch (error) {
    closeQuietly(ports.files, handle)
    throw error
  }
}

function requireRegularFile(kind: NodeKind): void {
  if (kind === 'file') return
  const code = kind === 'directory' ? 'not-an-archive' : 'not-a-file'
  throw new ReftarError(code, 'it isn’t a regular file')
}

/**
 * Opens an archive in an open file: its first 12 bytes tell the format. The reader owns the handle when this returns;
 * when it throws (`not-an-archive`, `unsupported-version`, `damaged`, `limit-exceeded`) the handle stays the caller's.
 */
export function openArchiveHandle(ports: OpenPorts, handle: Handle, limits: ReadLimits = defaultLimits): ArchiveReader {
  const { kind, sizeBytes } = ports.files.status(handle)
  requireRegularFile(kind)
  const head = new Uint8Array(Math.min(DETECTION_BYTES, sizeBytes))
  readExactly(ports, handle, head, 0, head.length)
  const version = detectVersion(head)
  if (version === undefined) throw new ReftarError('not-an-archive', 'it doesn’t begin like a reftar archive')
  if (version === FORMAT_VERSION) return openArchive2(ports, handle, sizeBytes, limits)
  if (version === FORMAT_1_VERSION) return openArchive1(ports, handle, sizeBytes, limits)
  throw new ReftarError(
    'unsupported-version',
    said('written in format {found}; this reftar reads formats 1 and 2', { found: version }),
  )
}
