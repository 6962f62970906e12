/** Bytes a second and seconds left from progress reports, smoothed so that people can read them. */
import type { JobPhase, Progress } from '../../shared/progress.ts'

/** How fast old measurements are forgotten. */
const SMOOTHING_SECONDS = 3
/** Before that there is nothing worth saying. */
const LEAST_SECONDS = 1

export class Speed {
  #phase: JobPhase | undefined
  #at = 0
  #bytes = 0
  #measuredSeconds = 0
  #bytesPerSecond = 0

  /** Undefined while unknown: at the start of a phase, and right after a pause. */
  get bytesPerSecond(): number | undefined {
    return this.#measuredSeconds < LEAST_SECONDS ? undefined : this.#bytesPerSecond
  }

  secondsLeft({ bytesTotal, bytesDone }: Progress): number | undefined {
    const speed = this.bytesPerSecond
    if (bytesTotal === undefined || speed === undefined || speed <= 0) return undefined
    return Math.max(0, bytesTotal - bytesDone) / speed
  }

  /** `now` in milliseconds. */
  measure(progress: Progress, now: number): void {
    const { phase, bytesDone } = progress
    const seconds = (now - this.#at) / 1000
    if (phase !== this.#phase || bytesDone < this.#bytes) this.reset()
    else if (seconds > 0) {
      const speed = (bytesDone - this.#bytes) / seconds
      // The first measurements count as much as they last; later ones push older ones out.
      const weight = 1 - Math.exp(-seconds / Math.min(SMOOTHING_SECONDS, this.#measuredSeconds + seconds))
      this.#bytesPerSecond =
        this.#measuredSeconds === 0 ? speed : this.#bytesPerSecond + weight * (speed - this.#bytesPerSecond)
      this.#measuredSeconds += seconds
    }
    this.#phase = phase
    this.#at = now
    this.#bytes = bytesDone
  }

  /** Forgets everything: time passed that doesn't count. */
  reset(): void {
    this.#phase = undefined
    this.#measuredSeconds = 0
    this.#bytesPerSecond = 0
  }
}
