/** Archives to begin with: the vectors of the first reftar and the conformance corpus. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Seed } from './fuzzer.ts'

const LARGEST_BYTES = 256 << 10

/** From the repository's root, where npm starts scripts and tests. */
export function loadSeeds(): Seed[] {
  return ['test/vectors/v1', 'test/corpus/archives'].filter((folder) => existsSync(folder)).flatMap(seedsIn)
}

function seedsIn(folder: string): Seed[] {
  const names = readdirSync(folder).filter((name) => /\.reftar(\.gz)?$/.test(name))
  return names.flatMap((name) => {
    const stored = readFileSync(join(folder, name))
    const bytes = new Uint8Array(name.endsWith('.gz') ? gunzipSync(stored) : stored)
    return bytes.length <= LARGEST_BYTES ? [{ name, bytes }] : []
  })
}
