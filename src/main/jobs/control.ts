/** Pausing a thread that runs synchronous calls: it looks at shared memory whenever it reports progress, and sleeps there. */
const PAUSED = 0
const CANCELLED = 1
const WORDS = 2

/** The queue's side. */
export class JobControl {
  readonly buffer = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)
  readonly #words = new Int32Array(this.buffer)

  pause(): void {
    Atomics.store(this.#words, PAUSED, 1)
  }

  resume(): void {
    Atomics.store(this.#words, PAUSED, 0)
    Atomics.notify(this.#words, PAUSED)
  }

  /** Reaches a paused thread, too. */
  cancel(): void {
    Atomics.store(this.#words, CANCELLED, 1)
    this.resume()
  }
}

/** The thread's side: sleeps as long as the job is paused. True when it is cancelled. */
export function waitWhilePaused(buffer: SharedArrayBuffer): boolean {
  const words = new Int32Array(buffer)
  while (Atomics.load(words, PAUSED) === 1) Atomics.wait(words, PAUSED, 1)
  return Atomics.load(words, CANCELLED) === 1
}
