/** What is known about cloning into one target filesystem; found out by trying, remembered by device. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { Extraction } from './extraction.ts'
import type { Directory } from './open-directories.ts'

export class CloneTarget {
  readonly blockSizeBytes: number
  /** Why nothing can be cloned from the archive; undefined while it works or hasn't been tried. */
  archiveRefusal: CopyReason | undefined
  readonly #x: Pick<Extraction, 'ports' | 'options'>
  #clonesFiles: boolean | undefined

  constructor(x: Pick<Extraction, 'ports' | 'options'>, directory: Pick<Directory, 'handle'>) {
    this.#x = x
    this.blockSizeBytes = Math.max(512, x.ports.files.filesystemInfo(directory.handle).blockSizeBytes)
    this.archiveRefusal = x.options.clone === 'never' ? 'not-wanted' : undefined
    this.#clonesFiles = x.options.clone === 'never' ? false : undefined
  }

  /** Whether files extracted to this filesystem, which `directory` is on, can be cloned from each other. */
  clonesFiles(directory: Pick<Directory, 'handle'>): boolean {
    this.#clonesFiles ??= this.#x.ports.cloner.canClone(directory.handle).possible
    return this.#clonesFiles
  }

  /** Nothing can be cloned from the archive to here: `cross-device`, or not at all. */
  refuseArchive(code: 'cross-device' | 'not-supported', directory: Pick<Directory, 'handle'>): CopyReason {
    this.archiveRefusal =
      code === 'cross-device' && this.clonesFiles(directory) ? 'different-filesystem' : 'no-reflinks'
    return this.archiveRefusal
  }
}

/** One CloneTarget for each device met. */
export class CloneTargets {
  readonly #x: Extraction
  readonly #byDevice = new Map<number, CloneTarget>()
  #last: { device: number; target: CloneTarget } | undefined

  constructor(x: Extraction) {
    this.#x = x
  }

  of(directory: Directory): CloneTarget {
    if (this.#last?.device === directory.device) return this.#last.target
    let target = this.#byDevice.get(directory.device)
    if (target === undefined) {
      target = new CloneTarget(this.#x, directory)
      this.#byDevice.set(directory.device, target)
    }
    this.#last = { device: directory.device, target }
    return target
  }
}
