/**
 * Text out of the process, synchronously: the engine keeps the event loop busy, and a stream would hold a million lines
 * in memory until it gets a turn. A reader that went away (`reftar list … | head`) makes the sink deaf, nothing else.
 */
import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { ReftarError } from '../../shared/errors.ts'

const BUFFER_LIMIT_CHARACTERS = 1 << 16
/** Lines written slowly appear at least this often, so that `create -v | tee log` moves. */
const FLUSH_INTERVAL_MILLISECONDS = 100
const RETRY_MILLISECONDS = 5

export interface TextSink {
  readonly isTerminal: boolean
  /** The reader has gone; whatever is written from now on is dropped. */
  readonly closed: boolean
  /** `encoding` latin1 writes one byte a character: raw names. */
  write(text: string, encoding?: 'utf8' | 'latin1'): void
  flush(): void
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

/** A sink over a file descriptor: buffered where nobody watches, immediate on a terminal. */
export function descriptorSink(descriptor: number, buffered: boolean): TextSink {
  const isTerminal = isatty(descriptor)
  const limit = buffered && !isTerminal ? BUFFER_LIMIT_CHARACTERS : 0
  let pending = ''
  let pendingEncoding: 'utf8' | 'latin1' = 'utf8'
  let flushedAt = Date.now()
  let closed = false

  const writeAll = (bytes: Buffer): void => {
    let done = 0
    while (done < bytes.length && !closed) {
      try {
        done += writeSync(descriptor, bytes, done)
      } catch (error) {
        const errno = errnoOf(error)
        if (errno === 'EPIPE') closed = true
        else if (errno === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS)
        else {
          closed = true
          const code = errno === 'ENOSPC' ? 'no-space' : 'system-error'
          const where = descriptor === 1 ? 'standard output' : 'standard error'
          throw new ReftarError(
            code,
            { verbatim: `Writing failed (${errno})` },
            { path: where, errno, operation: 'write' },
            { cause: error },
          )
        }
      }
    }
  }
  const flush = (): void => {
    const bytes = Buffer.from(pending, pendingEncoding)
    pending = ''
    flushedAt = Date.now()
    writeAll(bytes)
  }
  return {
    isTerminal,
    get closed() {
      return closed
    },
    write(text, encoding = 'utf8') {
      if (closed) return
      if (encoding !== pendingEncoding) {
        flush()
        pendingEncoding = encoding
      }
      pending += text
      if (pending.length >= limit || Date.now() - flushedAt > FLUSH_INTERVAL_MILLISECONDS) flush()
    },
    flush,
  }
}

/** A sink that keeps what it is given, for tests. */
export function memorySink(isTerminal = false): TextSink & { text(): string } {
  let all = ''
  return {
    isTerminal,
    closed: false,
    write(text) {
      all += text
    },
    flush: () => undefined,
    text: () => all,
  }
}
