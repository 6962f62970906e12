/** Random files that share blocks in every way a filesystem allows: cloned, overwritten, punched, shared with themselves. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createPorts } from '../../native/index.ts'
import type { Handle } from '../../src/main/engine/ports.ts'
import { baseName, textToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import type { Random } from '../fuzz/random.ts'
import { runTool } from './system.ts'

const block = 4096
const mostBlocks = 48
const names = ['a', 'one/b', 'one/c', 'one/deep/d', 'two/e', 'two/f', 'g']

export interface RandomLayout {
  /** The folder to look at, and the files in it. */
  readonly folder: string
  readonly paths: readonly string[]
}

/** Makes a folder with up to seven files, and one beside it, which nobody looks at, that may share with them. */
export function makeRandomLayout(parent: string, random: Random, isCompressible: boolean): RandomLayout {
  const folder = join(parent, 'in')
  const paths = names.slice(0, 2 + random.below(names.length - 1)).map((name) => join(folder, name))
  const outside = join(parent, 'outside')
  const ports = createPorts()
  const handles = [...paths, outside].map((path) => {
    mkdirSync(dirname(path), { recursive: true })
    const directory = ports.files.openDirectoryPath(textToByteString(dirname(path)))
    try {
      return ports.files.createFile(directory, baseName(textToByteString(path)), 0o644)
    } finally {
      ports.files.close(directory)
    }
  })
  const change = new Change(random, isCompressible)
  for (const handle of handles) if (random.chance(0.6)) change.fill(handle)
  for (let steps = 6 + random.below(18); steps > 0; steps--) change.change(random.pick(handles), random.pick(handles))
  for (const handle of handles) ports.files.close(handle)
  if (random.chance(0.25)) {
    const offset = random.below(mostBlocks) * block
    runTool('fallocate', ['--keep-size', '-o', `${offset}`, '-l', `${4 * block}`, random.pick(paths)])
  }
  return { folder, paths }
}

class Change {
  readonly #ports = createPorts()
  readonly #random: Random
  readonly #isCompressible: boolean

  constructor(random: Random, isCompressible: boolean) {
    this.#random = random
    this.#isCompressible = isCompressible
  }

  /** Writes it from its beginning. */
  fill(target: Handle): void {
    this.#write(target, 0, (8 + this.#random.below(mostBlocks)) * block)
  }

  change(target: Handle, source: Handle): void {
    const { files } = this.#ports
    const random = this.#random
    const kind = random.below(12)
    if (kind < 4) this.#write(target, random.below(mostBlocks) * block, (1 + random.below(12)) * block)
    else if (kind === 4) this.#write(target, random.below(mostBlocks * 8) * 512, (1 + random.below(6)) * 512)
    else if (kind < 9) this.#clone(source, target)
    else if (kind === 9) this.#clone(target, target)
    else if (kind === 10) files.punchHole(target, random.below(mostBlocks) * block, (1 + random.below(6)) * block)
    else files.truncate(target, random.below(mostBlocks * 8) * 512)
    // What is on disk can be shared in part, which what is still in memory can't.
    if (random.chance(0.4)) files.sync(target)
  }

  #write(target: Handle, offset: number, length: number): void {
    const bytes = this.#isCompressible
      ? new Uint8Array(length).map((_, at) => (at >> 6) + this.#random.below(3))
      : this.#random.bytes(length)
    this.#ports.files.write(target, bytes, 0, length, offset)
  }

  #clone(source: Handle, target: Handle): void {
    const { files, cloner } = this.#ports
    const random = this.#random
    const whole = Math.floor(files.status(source).sizeBytes / block)
    if (whole === 0) return
    const from = random.chance(0.3) ? 0 : random.below(whole)
    const length = random.chance(0.3) ? whole - from : 1 + random.below(whole - from)
    try {
      cloner.cloneRange(source, from * block, length * block, target, random.below(mostBlocks) * block)
    } catch (error) {
      // A range onto itself is refused, and so is one that overlaps itself.
      if (!(error instanceof ReftarError) || error.code !== 'invalid-argument') throw error
    }
  }
}
