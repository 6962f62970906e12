/** Where the user was in an archive: places with back and forward, as in a browser. */
import type { ByteString } from '../../shared/byte-string.ts'

export interface History {
  readonly places: readonly ByteString[]
  readonly index: number
}

const MOST_PLACES = 100

export function startHistory(folder: ByteString): History {
  return { places: [folder], index: 0 }
}

export function currentPlace({ places, index }: History): ByteString {
  return places[index] ?? ('' as ByteString)
}

/** Goes to a folder: what was ahead is forgotten. The same folder again changes nothing. */
export function visit(history: History, folder: ByteString): History {
  if (currentPlace(history) === folder) return history
  const places = [...history.places.slice(0, history.index + 1), folder].slice(-MOST_PLACES)
  return { places, index: places.length - 1 }
}

export function canStep({ places, index }: History, by: -1 | 1): boolean {
  return index + by >= 0 && index + by < places.length
}

export function step(history: History, by: -1 | 1): History {
  return canStep(history, by) ? { ...history, index: history.index + by } : history
}
