/** An archive that comes through a pipe, kept in a file without a name so that it can be read by place and cloned from. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { namesIn, removeTemporaries } from '../claim.ts'
import { writeAll } from '../exact-io.ts'
import { Pacer } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'

const PIECE_BYTES = 1 << 20
/** How long the thread waits for a silent pipe before it lets signals through. */
const WAIT_MILLISECONDS = 50

/**
 * Reads `input` to its end into an unnamed temporary file on the filesystem of the folder `directory`, where the
 * extracted files can share its blocks. Returns that file; closing it removes it.
 * Throws `cancelled` also while nothing comes.
 */
export async function spoolPipe(ports: Ports, input: Handle, directory: ByteString, job: JobContext): Promise<Handle> {
  const { files } = ports
  const folder = files.openDirectoryPath(directory)
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let done = 0
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'receive',
    bytesDone: done,
    bytesTotal: undefined,
    filesDone: 0,
    filesTotal: undefined,
    current: undefined,
  }))
  try {
    removeTemporaries(ports, folder, namesIn(ports, folder), job.notice)
    const spool = files.createUnnamedFile(folder)
    try {
      for (;;) {
        while (!files.waitForInput(input, WAIT_MILLISECONDS)) await pacer.pause()
        const count = files.read(input, buffer, 0, PIECE_BYTES, null)
        if (count === 0) break
        writeAll(files, spool, buffer, 0, count, done)
        done += count
        if (pacer.isDue) await pacer.pause()
      }
    } catch (error) {
      files.close(spool)
      throw error
    }
    pacer.finish()
    return spool
  } finally {
    files.close(folder)
  }
}
