/** Makes folders of files for trying things out: chosen sizes, content in common, holes, always the same for a seed. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { TestDataOptions, TestDataSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { splitSource } from '../create/inputs.ts'
import { writeAll } from '../exact-io.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import { SeededRandom } from './random.ts'

/** Different contents that common blocks are taken from. */
const POOL_UNITS = 64
/** Streams of random numbers: sizes and choices of file n, content of file n, content of the pool. */
const CHOICES = 0
const CONTENT = 0x4000_0000
const POOL = 0x7000_0000

/**
 * Makes `options.files` files in a folder that is new or empty. Throws `directory-not-empty`, `cannot-clone` where
 * sharing was asked for and the filesystem can't, and what the disk says; what was made is removed then.
 */
export async function createTestData(
  ports: Ports,
  options: TestDataOptions,
  job: JobContext,
): Promise<TestDataSummary> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const { folder, made } = openTarget(ports, options.directory)
  const generation = new Generation(ports, options, job, folder)
  try {
    await generation.run()
  } catch (error) {
    generation.removeAll()
    if (made) removeFolder(ports, options.directory)
    throw withContext(error, { path: displayName(options.directory) })
  } finally {
    ports.files.close(folder)
  }
  const { logicalBytes, commonBytes, sharedBytes, holeBytes } = generation
  return {
    directory: displayName(options.directory),
    files: options.files,
    logicalBytes,
    commonBytes,
    sharedBytes,
    holeBytes,
    elapsedMilliseconds: ports.clock.now() - startedAt,
  }
}

function openTarget(ports: Ports, directory: ByteString): { folder: Handle; made: boolean } {
  const { files } = ports
  const { folder: parent, name } = splitSource(directory)
  const parentHandle = files.openDirectoryPath(parent)
  try {
    const isSpecial = name === '' || name === '.' || name === '..'
    const made = !isSpecial && files.statusAt(parentHandle, name) === undefined
    if (made) files.makeDirectory(parentHandle, name, 0o755)
    const folder = files.openDirectoryPath(directory)
    if (files.readDirectory(folder).length > 0) {
      files.close(folder)
      throw new ReftarError('directory-not-empty', 'Test data goes into a new or empty folder')
    }
    return { folder, made }
  } catch (error) {
    throw withContext(error, { path: displayName(directory) })
  } finally {
    files.close(parentHandle)
  }
}

function removeFolder(ports: Ports, directory: ByteString): void {
  const { folder, name } = splitSource(directory)
  const parent = ports.files.openDirectoryPath(folder)
  try {
    ports.files.removeDirectory(parent, name)
  } finally {
    ports.files.close(parent)
  }
}

/** Where a common unit was written first. */
interface PoolPlace {
  readonly name: ByteString
  readonly offset: number
}

class Generation {
  logicalBytes = 0
  commonBytes = 0
  sharedBytes = 0
  holeBytes = 0
  readonly #ports: Ports
  readonly #options: TestDataOptions
  readonly #folder: Handle
  readonly #pacer: Pacer
  readonly #unit: Uint8Array
  readonly #reflinks: boolean
  readonly #pool: (PoolPlace | undefined)[] = []
  readonly #names: ByteString[] = []

  constructor(ports: Ports, options: TestDataOptions, job: JobContext, folder: Handle) {
    this.#ports = ports
    this.#options = options
    this.#folder = folder
    this.#unit = new Uint8Array(options.unitBytes)
    this.#reflinks = options.share === 'reflink' || (options.share === 'auto' && ports.cloner.canClone(folder).possible)
    this.#pacer = new Pacer(ports.clock, job, () => ({
      phase: 'generate',
      bytesDone: this.logicalBytes,
      bytesTotal: undefined,
      filesDone: this.#names.length,
      filesTotal: options.files,
      current: undefined,
    }))
  }

  async run(): Promise<void> {
    const digits = String(this.#options.files).length
    for (let file = 0; file < this.#options.files; file++) {
      await this.#makeFile(file, `file${String(file + 1).padStart(digits, '0')}.bin` as ByteString)
    }
    this.#pacer.finish()
  }

  removeAll(): void {
    for (const name of this.#names) this.#ports.files.unlink(this.#folder, name)
  }

  async #makeFile(file: number, name: ByteString): Promise<void> {
    const { files } = this.#ports
    const { seed, minSizeBytes, maxSizeBytes, unitBytes, holePercent, commonPercent } = this.#options
    const choices = new SeededRandom(seed, CHOICES + file)
    const content = new SeededRandom(seed, CONTENT + file)
    const sizeBytes = choices.between(minSizeBytes, maxSizeBytes)
    const handle = files.createFile(this.#folder, name, 0o644)
    this.#names.push(name)
    try {
      files.truncate(handle, sizeBytes)
      for (let at = 0; at < sizeBytes; at += unitBytes) {
        const length = Math.min(unitBytes, sizeBytes - at)
        if (choices.chance(holePercent)) this.holeBytes += length
        else if (choices.chance(commonPercent)) {
          this.#putCommon(handle, name, at, length, choices.between(0, POOL_UNITS - 1))
        } else {
          content.fill(this.#unit)
          writeAll(files, handle, this.#unit, 0, length, at)
        }
        this.logicalBytes += length
        if (this.#pacer.isDue) await this.#pacer.pause()
      }
    } finally {
      files.close(handle)
    }
  }

  #putCommon(handle: Handle, name: ByteString, offset: number, lengthBytes: number, number: number): void {
    this.commonBytes += lengthBytes
    const isWhole = lengthBytes === this.#unit.length
    const place = this.#pool[number]
    if (isWhole && place !== undefined && this.#reflinks) {
      this.#share(place, name, lengthBytes, handle, offset)
      return
    }
    new SeededRandom(this.#options.seed, POOL + number).fill(this.#unit)
    writeAll(this.#ports.files, handle, this.#unit, 0, lengthBytes, offset)
    if (isWhole) this.#pool[number] ??= { name, offset }
  }

  #share(place: PoolPlace, name: ByteString, lengthBytes: number, handle: Handle, offset: number): void {
    const source = place.name === name ? handle : this.#ports.files.openFile(this.#folder, place.name)
    try {
      this.#ports.cloner.cloneRange(source, place.offset, lengthBytes, handle, offset)
      this.sharedBytes += lengthBytes
    } catch (error) {
      throw new ReftarError('cannot-clone', 'This filesystem can’t share blocks', {}, { cause: error })
    } finally {
      if (source !== handle) this.#ports.files.close(source)
    }
  }
}
