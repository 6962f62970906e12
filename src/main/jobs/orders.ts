/** From the choices of a dialog to what the engine is asked: everything else is as on the command line. */
import { availableParallelism } from 'node:os'
import type { ByteString } from '../../shared/byte-string.ts'
import type { CreateRequest, ExtractRequest } from '../../shared/ipc/jobs.ts'
import type { ConvertOptions, CreateOptions, ExtractOptions } from '../../shared/jobs.ts'

const BLOCK_BYTES = 4096

/** All inputs are absolute. */
export function createOptions(request: CreateRequest): CreateOptions {
  return {
    ...request,
    directory: '/' as ByteString,
    keepPaths: false,
    compressionLevel: request.compress ? 3 : 1,
    blockSizeBytes: BLOCK_BYTES,
    jobs: availableParallelism(),
  }
}

/** The same for requests that archive the same files. */
export function inputsKey({ inputs, exclude, oneFilesystem }: CreateRequest): string {
  return JSON.stringify([inputs, exclude, oneFilesystem])
}

/** `paths`: the selection, resolved; undefined is everything. */
export function extractOptions(request: ExtractRequest, paths: readonly ByteString[] | undefined): ExtractOptions {
  const { directory, onConflict, clone, verifyContents, keepDamaged, relativeTo } = request
  const isRoot = process.geteuid?.() === 0
  return {
    directory,
    selection: [],
    ...(paths === undefined ? {} : { paths }),
    exclude: [],
    stripComponents: relativeTo === '' ? 0 : relativeTo.split('/').length,
    onConflict,
    clone,
    verifyContents: verifyContents || keepDamaged,
    keepDamaged,
    zeros: 'hole',
    sameOwner: isRoot,
    numericOwner: false,
    samePermissions: isRoot,
    jobs: availableParallelism(),
  }
}

export function convertOptions(sourcePath: ByteString, archivePath: ByteString, format: 1 | 2): ConvertOptions {
  return {
    sourcePath,
    archivePath,
    format,
    blockSizeBytes: BLOCK_BYTES,
    clone: 'auto',
    compressionLevel: 1,
    jobs: availableParallelism(),
  }
}
