/** Time and chance: the same on every platform. */
import { randomFillSync } from 'node:crypto'
import type { Clock } from '../src/main/engine/ports.ts'

export const clock: Clock = {
  now: () => performance.now(),
  // Milliseconds are all that Node offers, and all that a "created at" needs.
  wallTime: () => {
    const milliseconds = Date.now()
    const seconds = Math.floor(milliseconds / 1000)
    return { seconds, nanoseconds: (milliseconds - seconds * 1000) * 1_000_000 }
  },
}

/** Cryptographically random bytes in memory of their own. */
export function secureRandomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length))
}
