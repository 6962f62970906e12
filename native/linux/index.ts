/** The ports on Linux. */
import type { Cloner, ExtentMap, FileSystem, Ports } from '../../src/main/engine/ports.ts'
import { clock, secureRandomBytes } from '../clock.ts'
import { createNodeCompressor, missingCompressor } from '../node-zstd.ts'
import { createAccounts } from './accounts.ts'
import { cloneFile, cloneRange } from './clone.ts'
import { readDirectory } from './directory.ts'
import { extents, visitExtents } from './fiemap.ts'
import { inodeFlags, setInodeFlags } from './flags.ts'
import {
  beginWriteback,
  copyRange,
  punchHole,
  read,
  seekData,
  seekHole,
  sync,
  truncate,
  tryLock,
  waitForInput,
  write,
} from './io.ts'
import { setMode, setModeAt, setOwner, setOwnerAt, setTimes, setTimesAt } from './metadata.ts'
import {
  makeDirectory,
  makeHardLink,
  makeNode,
  makeSymlink,
  readLink,
  removeDirectory,
  rename,
  unlink,
} from './nodes.ts'
import {
  close,
  createFile,
  createUnnamedFile,
  openDirectoryBelow,
  openDirectoryPath,
  openFile,
  openFilePath,
} from './open.ts'
import { createProbe } from './probe.ts'
import { isUnchanged, status, statusAt } from './stat.ts'
import { filesystemInfo } from './statfs.ts'
import { readAttributes, readAttributesAt, writeAttribute, writeAttributeAt } from './xattr.ts'
import { createLibraryCompressor } from './zstd.ts'

export { createLibraryCompressor }

const files: FileSystem = {
  openDirectoryPath,
  openDirectoryBelow,
  openFilePath,
  openFile,
  createFile,
  createUnnamedFile,
  close,
  read,
  waitForInput,
  write,
  beginWriteback,
  truncate,
  punchHole,
  seekData,
  seekHole,
  copyRange,
  sync,
  tryLock,
  status,
  isUnchanged,
  statusAt,
  readDirectory,
  readLink,
  filesystemInfo,
  makeDirectory,
  makeSymlink,
  makeHardLink,
  makeNode,
  rename,
  unlink,
  removeDirectory,
  setMode,
  setTimes,
  setOwner,
  setTimesAt,
  setOwnerAt,
  setModeAt,
  readAttributes,
  readAttributesAt,
  writeAttribute,
  writeAttributeAt,
  inodeFlags,
  setInodeFlags,
}

/** Ports over the kernel's own calls. */
export function createLinuxPorts(): Ports {
  const cloner: Cloner = { cloneRange, cloneFile, canClone: createProbe() }
  const extentMap: ExtentMap = { extents, visitExtents }
  return {
    files,
    cloner,
    extentMap,
    compressor: createLibraryCompressor() ?? createNodeCompressor() ?? missingCompressor,
    accounts: createAccounts(),
    clock,
    randomBytes: secureRandomBytes,
  }
}
