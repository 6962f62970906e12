/**
 * The system's ports over a filesystem that takes names for one that differ by case or Unicode form only, as ext4 and
 * tmpfs with casefold, vfat and APFS do: few test machines have one.
 */
import { createPorts } from '../../native/index.ts'
import type { Handle, Ports } from '../../src/main/engine/ports.ts'
import { type ByteString, byteStringToText } from '../../src/shared/byte-string.ts'

function folded(name: ByteString): string {
  return byteStringToText(name)?.normalize('NFC').toLowerCase() ?? name
}

/** Ports under which a name leads to what has an equal one. A new node keeps the name it was made with. */
export function foldingPorts(): Ports {
  const ports = createPorts()
  const { files } = ports
  const real = (directory: Handle, name: ByteString): ByteString => {
    const wanted = folded(name)
    return files.readDirectory(directory).find((item) => folded(item.name) === wanted)?.name ?? name
  }
  const openBelow = (directory: Handle, path: ByteString): Handle => {
    let current = directory
    for (const component of path.split('/')) {
      const next = files.openDirectoryBelow(current, real(current, component as ByteString))
      if (current !== directory) files.close(current)
      current = next
    }
    return current
  }
  return {
    ...ports,
    files: {
      ...files,
      openDirectoryBelow: openBelow,
      openFile: (directory, name) => files.openFile(directory, real(directory, name)),
      createFile: (directory, name, mode) => files.createFile(directory, real(directory, name), mode),
      statusAt: (directory, name) => files.statusAt(directory, real(directory, name)),
      makeDirectory: (directory, name, mode) => files.makeDirectory(directory, real(directory, name), mode),
      makeSymlink: (directory, name, target) => files.makeSymlink(directory, real(directory, name), target),
      makeHardLink: (from, source, directory, name) =>
        files.makeHardLink(from, real(from, source), directory, real(directory, name)),
      makeNode: (directory, name, ...rest) => files.makeNode(directory, real(directory, name), ...rest),
      rename: (from, source, directory, name, mode) =>
        files.rename(from, real(from, source), directory, real(directory, name), mode),
      unlink: (directory, name) => files.unlink(directory, real(directory, name)),
      removeDirectory: (directory, name) => files.removeDirectory(directory, real(directory, name)),
    },
  }
}
