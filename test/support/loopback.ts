/** Real filesystems for tests: images in a temporary folder, mounted through loop devices, and always removed again. */

import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder, unmountBelow } from './scratch.ts'
import { runTool } from './system.ts'

export type FilesystemType = 'btrfs' | 'xfs' | 'ext4' | 'tmpfs'

export interface ImageOptions {
  /** At least 128 MiB for btrfs and 300 MiB for XFS. Images are sparse: a large one costs nothing until it is filled. */
  readonly sizeBytes?: number
  readonly mkfsOptions?: readonly string[]
  /** As after `mount -o`, for instance `compress=zstd`. */
  readonly mountOptions?: string
}

const MIB = 1 << 20
const defaultSizeBytes = { btrfs: 256 * MIB, xfs: 320 * MIB, ext4: 128 * MIB, tmpfs: 128 * MIB } as const
const mkfsArguments = {
  btrfs: ['--quiet', '--nodiscard'],
  xfs: ['-q', '-K', '-m', 'reflink=1'],
  // No blocks reserved for root, so that “full” means the same for every user.
  ext4: ['-q', '-F', '-m', '0', '-E', 'nodiscard'],
} as const

/** ext4 would go on making itself in the seconds after it is mounted, at a moment of chance. */
const ownOptions = { btrfs: undefined, xfs: undefined, ext4: 'noinit_itable' } as const

/** A filesystem of its own for one test. `using disk = mountImage('btrfs')` removes it at the end of the block. */
export class MountedImage {
  readonly type: FilesystemType
  readonly mountpoint: string
  readonly #folder: string
  #mounted = true

  constructor(type: FilesystemType, folder: string, mountpoint: string) {
    this.type = type
    this.#folder = folder
    this.mountpoint = mountpoint
  }

  /** A path below the mountpoint. */
  path(...names: string[]): string {
    return join(this.mountpoint, ...names)
  }

  /** Whatever writes here waits in the kernel until this is disposed of, as for a disk that doesn't answer. */
  freeze(): Disposable {
    runTool('fsfreeze', ['--freeze', this.mountpoint])
    return { [Symbol.dispose]: () => void runTool('fsfreeze', ['--unfreeze', this.mountpoint]) }
  }

  /** Throws when something still uses the filesystem, after detaching it all the same. */
  unmount(): void {
    if (!this.#mounted) return
    this.#mounted = false
    const busy = unmountBelow(this.#folder)
    rmSync(this.#folder, { recursive: true })
    if (busy.length > 0) throw new Error(`still in use when unmounted: ${busy.join(', ')}`)
  }

  [Symbol.dispose](): void {
    this.unmount()
  }
}

export function mountImage(type: FilesystemType, options: ImageOptions = {}): MountedImage {
  const sizeBytes = options.sizeBytes ?? defaultSizeBytes[type]
  const folder = mkdtempSync(join(scratchFolder(), `${type}-`))
  const mountpoint = join(folder, 'mnt')
  mkdirSync(mountpoint)
  try {
    if (type === 'tmpfs') {
      const mountOptions = [`size=${sizeBytes}`, options.mountOptions].filter((option) => option !== undefined)
      runTool('mount', ['-t', 'tmpfs', '-o', mountOptions.join(','), 'reftar-test', mountpoint])
    } else {
      const image = join(folder, 'image')
      writeFileSync(image, '')
      truncateSync(image, sizeBytes)
      runTool(`mkfs.${type}`, [...mkfsArguments[type], ...(options.mkfsOptions ?? []), image])
      const mountOptions = ['loop', ownOptions[type], options.mountOptions].filter((option) => option !== undefined)
      runTool('mount', ['-t', type, '-o', mountOptions.join(','), image, mountpoint])
    }
  } catch (error) {
    unmountBelow(folder)
    rmSync(folder, { recursive: true })
    throw error
  }
  return new MountedImage(type, folder, mountpoint)
}
