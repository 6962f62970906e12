/**
 * The temporary names of one extraction. A file in the target folder, locked while the extraction lives, says that it
 * does and lists the existing folders in which it stages anything: should the process be killed, the next extraction
 * into the same target finds the lock free and removes what is listed.
 */
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { isStillNamed } from '../claim.ts'
import { closeQuietly, writeAll } from '../exact-io.ts'
import type { Handle, Ports } from '../ports.ts'
import { newRun, stagedName } from '../staging.ts'

/** Another run may take the new lock for a leftover, before it is locked, once or twice; not for ever. */
const mostAttempts = 100
/** Folders remembered as listed. Listing one again does no harm. */
const mostListed = 10_000

export class Stage {
  /** Set when something staged couldn't be removed: the lock's file then stays, for the next run to find it by. */
  hasLeftovers = false
  readonly #ports: Ports
  readonly #root: Handle
  #run: string | undefined
  /** Undefined while nothing is staged, and where there are no locks. */
  #lock: Handle | undefined
  #listedBytes = 0
  #counter = 0
  #lastListed = '' as ByteString
  readonly #listed = new Set<ByteString>()

  /** `root` is the target folder, open for as long as this is used. */
  constructor(ports: Ports, root: Handle) {
    this.#ports = ports
    this.#root = root
  }

  /** A new temporary name for something in the existing folder at `path` below the target. */
  nameIn(path: ByteString): ByteString {
    const run = this.#begin()
    if (path !== '' && path !== this.#lastListed) this.#list(path)
    this.#counter++
    return stagedName(run, String(this.#counter))
  }

  /** Call when nothing is staged any more. Never throws. */
  close(): void {
    const lock = this.#lock
    if (lock === undefined || this.#run === undefined) return
    this.#lock = undefined
    try {
      if (!this.hasLeftovers) this.#ports.files.unlink(this.#root, stagedName(this.#run))
    } catch {
      // It is recognised and removed by the next run.
    }
    closeQuietly(this.#ports.files, lock)
  }

  #begin(): string {
    if (this.#run !== undefined) return this.#run
    const { files, randomBytes } = this.#ports
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const run = newRun(randomBytes)
      const handle = files.createFile(this.#root, stagedName(run), 0o600)
      try {
        const answer = files.tryLock(handle)
        if (answer === 'locked' && isStillNamed(this.#ports, this.#root, stagedName(run), handle)) {
          this.#run = run
          this.#lock = handle
          return run
        }
        if (answer === 'unknown') {
          // No locks here: without the file nobody will ever take what is staged for a leftover.
          files.unlink(this.#root, stagedName(run))
          this.#run = run
        }
      } catch (error) {
        this.#removeQuietly(run)
        closeQuietly(files, handle)
        throw error
      }
      closeQuietly(files, handle)
      if (this.#run !== undefined) return run
    }
    throw new ReftarError('busy', 'Other runs keep removing the new file')
  }

  #removeQuietly(run: string): void {
    try {
      this.#ports.files.unlink(this.#root, stagedName(run))
    } catch {
      // It is recognised and removed by the next run.
    }
  }

  /** Before anything is staged there. The kernel keeps what was written when the process is killed. */
  #list(path: ByteString): void {
    this.#lastListed = path
    if (this.#lock === undefined || this.#listed.has(path)) return
    const bytes = Buffer.from(`${path}\0`, 'latin1')
    writeAll(this.#ports.files, this.#lock, bytes, 0, bytes.length, this.#listedBytes)
    this.#listedBytes += bytes.length
    if (this.#listed.size >= mostListed) this.#listed.clear()
    this.#listed.add(path)
  }
}
