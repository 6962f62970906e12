/** Absolute paths as bytes: taking them apart, and handing them to node:fs, which takes bytes as Buffer. */
import { type ByteString, byteStringToBytes, bytesToByteString } from '../../shared/byte-string.ts'

/** The path as node:fs takes it, byte for byte. */
export function fsPath(path: ByteString): Buffer {
  return Buffer.from(byteStringToBytes(path))
}

/** What node:fs gave, as bytes. */
export function fromFsPath(path: Uint8Array): ByteString {
  return bytesToByteString(path)
}

export const ROOT = '/' as ByteString

/** The folder that holds an absolute path; the root is its own. */
export function folderOf(path: ByteString): ByteString {
  return (path.slice(0, path.lastIndexOf('/')) || '/') as ByteString
}

/** A relative path below an absolute folder. */
export function below(folder: ByteString, relative: string): ByteString {
  return `${folder === ROOT ? '' : folder}/${relative}` as ByteString
}

/** Whether the path is the folder or lies below it. */
export function isWithin(path: ByteString, folder: ByteString): boolean {
  return folder === ROOT || path === folder || path.startsWith(`${folder}/`)
}
