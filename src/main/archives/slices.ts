/** Long scans run in slices, so that a request for rows never waits for one. */
const SLICE_MILLISECONDS = 8

export class Slices {
  #begun = performance.now()

  /** Whether it is time to let others in. */
  get isDue(): boolean {
    return performance.now() - this.#begun >= SLICE_MILLISECONDS
  }

  /** Lets the event loop turn once, and begins the next slice. */
  async turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#begun = performance.now()
  }
}
