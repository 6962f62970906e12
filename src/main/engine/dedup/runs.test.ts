import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { type BlockIndex, BlockIndexByBytes, BlockIndexByHash } from './block-index.ts'
import { MIN_DUPLICATE_BLOCKS, type Run, RunFinder } from './runs.ts'
import { sampleKey } from './sample-key.ts'

/** So large that not all of a block is sampled for its key. */
const BLOCK = 512

type Letter = string

/** Each letter is a block: `.` zeros, a capital letter the same key as its small one, `~` zeros but for the last byte. */
function blockOf(letter: Letter): Buffer {
  if (letter === '.') return Buffer.alloc(BLOCK)
  if (letter === '~') return Buffer.concat([Buffer.alloc(BLOCK - 1), Buffer.of(1)])
  const small = letter.toLowerCase()
  const bytes = Buffer.from(Array.from({ length: BLOCK }, (_, i) => (small.charCodeAt(0) * 7 + i * i) & 0xff))
  // Of 128 words, 64 are sampled: the second isn't among them.
  if (letter !== small) bytes.writeUInt8(bytes.readUInt8(5) ^ 0xff, 5)
  return bytes
}

function keyOf(letter: Letter): number {
  const { buffer, byteOffset } = blockOf(letter)
  return sampleKey(new DataView(buffer, byteOffset), 0, BLOCK)
}

const bytesOf = (letters: string): Buffer => Buffer.concat([...letters].map(blockOf))

/** An archive in memory: block 0, then data and sections as they come. */
class MemoryArchive {
  readonly finder: RunFinder
  readonly index: BlockIndex
  readonly pieces: Buffer[] = [Buffer.alloc(BLOCK, 0xee)]
  readonly isData: boolean[] = [false]

  constructor(kind: 'bytes' | 'hash') {
    this.index =
      kind === 'hash'
        ? new BlockIndexByHash(BLOCK)
        : new BlockIndexByBytes(BLOCK, (offset, buffer, length) => {
            if (!this.holds(offset, length)) return false
            buffer.set(this.at(offset, length))
            return true
          })
    this.finder = new RunFinder(this.index, BLOCK)
  }

  get cursor(): number {
    return this.isData.length * BLOCK
  }

  holds(offset: number, length: number): boolean {
    const blocks = this.isData.slice(offset / BLOCK, (offset + length) / BLOCK)
    return blocks.length * BLOCK === length && blocks.every(Boolean)
  }

  at(offset: number, length: number): Buffer {
    return Buffer.concat(this.pieces).subarray(offset, offset + length)
  }

  section(letters: string): void {
    this.#append(bytesOf(letters), false)
  }

  /** Splits a piece and stores what is new, as creation does. */
  store(letters: string, continuation = -1, isWhole = false): Run[] {
    const bytes = bytesOf(letters)
    const runs = this.finder.split(bytes, continuation, isWhole)
    this.check(bytes, runs, continuation, isWhole)
    let from = 0
    for (const run of runs) {
      if (run.kind === 'new') {
        const offset = this.cursor
        this.#append(bytes.subarray(from, from + run.lengthBytes), true)
        this.finder.remember(from, run.lengthBytes, offset)
      }
      from += run.lengthBytes
    }
    return runs
  }

  /** What holds for every split. */
  check(bytes: Buffer, runs: readonly Run[], continuation: number, isWhole: boolean): void {
    const zeros = Buffer.alloc(BLOCK)
    let from = 0
    let previous: Run['kind'] | undefined
    for (const run of runs) {
      const piece = bytes.subarray(from, from + run.lengthBytes)
      expect(run.lengthBytes % BLOCK).toBe(0)
      expect(run.lengthBytes).toBeGreaterThan(0)
      for (let at = 0; at < piece.length; at += BLOCK) {
        if (piece.subarray(at, at + BLOCK).equals(zeros) !== (run.kind === 'zero'))
          throw new Error('zeros in a wrong run')
      }
      if (run.kind !== 'duplicate') expect(run.kind).not.toBe(previous)
      else {
        expect(this.holds(run.archiveOffset, run.lengthBytes)).toBe(true)
        expect(this.at(run.archiveOffset, run.lengthBytes).equals(piece)).toBe(true)
        const isAllowedShort =
          (isWhole && piece.length === bytes.length) || (from === 0 && run.archiveOffset === continuation)
        if (!isAllowedShort) expect(run.lengthBytes).toBeGreaterThanOrEqual(MIN_DUPLICATE_BLOCKS * BLOCK)
      }
      previous = run.kind
      from += run.lengthBytes
    }
    expect(from).toBe(bytes.length)
  }

  #append(bytes: Buffer, isData: boolean): void {
    this.pieces.push(bytes)
    for (let at = 0; at < bytes.length; at += BLOCK) this.isData.push(isData)
  }
}

/** Runs in short: `n3` new, `z1` zero, `d4@7` a duplicate at block 7. */
function short(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      const blocks = run.lengthBytes / BLOCK
      return run.kind === 'duplicate' ? `d${blocks}@${run.archiveOffset / BLOCK}` : `${run.kind[0]}${blocks}`
    })
    .join(' ')
}

describe.each(['bytes', 'hash'] as const)('RunFinder, confirmed by %s', (kind) => {
  it('covers every input, refers only to equal bytes of committed data, and obeys the least length', () => {
    const piece = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'A', 'B', '.', '~', 'abcde', 'cdeab', 'edcba'), {
        minLength: 1,
        maxLength: 12,
      })
      .map((letters) => letters.join(''))
    const step = fc.record({ piece, isWhole: fc.boolean(), section: fc.boolean(), goesOn: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const archive = new MemoryArchive(kind)
        let continuation = -1
        for (const { piece: letters, isWhole, section, goesOn } of steps) {
          if (section) archive.section('abcd')
          const last = archive.store(letters, goesOn ? continuation : -1, isWhole).at(-1)
          continuation = last?.kind === 'duplicate' ? last.archiveOffset + last.lengthBytes : -1
        }
      }),
      { numRuns: 200 },
    )
  })

  it('finds a run of the least length and no shorter one', () => {
    const archive = new MemoryArchive(kind)
    expect(short(archive.store('abcdefgh'))).toBe('n8')
    expect(short(archive.store('xcdefy'))).toBe('n1 d4@3 n1')
    expect(short(archive.store('ucdev'))).toBe('n5')
  })

  it('takes a shorter one when it is all there is', () => {
    const archive = new MemoryArchive(kind)
    archive.store('abcd')
    expect(short(archive.store('b', -1, false))).toBe('n1')
    expect(short(archive.store('b', -1, true))).toBe('d1@2')
    expect(short(archive.store('bx', -1, true))).toBe('n2')
    expect(short(archive.store('bc.', -1, true))).toBe('n2 z1')
  })

  it('goes on where the duplicate before ended, however short', () => {
    const archive = new MemoryArchive(kind)
    archive.store('abcdefgh')
    expect(short(archive.store('efx', 5 * BLOCK))).toBe('d2@5 n1')
    expect(short(archive.store('efx', 6 * BLOCK))).toBe('n3')
    // At the end of what is committed there is nothing to go on with.
    expect(short(archive.store('h', archive.cursor))).toBe('n1')
  })

  it('tells zeros from what only begins with them', () => {
    const archive = new MemoryArchive(kind)
    expect(short(archive.store('..~.a...'))).toBe('z2 n1 z1 n1 z3')
    expect(short(archive.store('........'))).toBe('z8')
    // Zeros end a duplicate: they aren't stored anywhere.
    archive.store('bcde.fghi')
    expect(short(archive.store('bcde.fghi'))).toBe('d4@3 z1 d4@7')
  })

  it('never mixes up blocks with equal keys', () => {
    expect(blockOf('A').equals(blockOf('a'))).toBe(false)
    expect(keyOf('A')).toBe(keyOf('a'))
    const archive = new MemoryArchive(kind)
    archive.store('abcdef')
    expect(short(archive.store('ABCDEF'))).toBe('n6')
    expect(short(archive.store('abcdef'))).toBe('d6@1')
    expect(short(archive.store('abCdef'))).toBe('n6')
    expect(short(archive.store('abcdEf'))).toBe('d4@1 n2')
  })

  it('doesn’t run on into a section', () => {
    const archive = new MemoryArchive(kind)
    archive.store('abcd')
    archive.section('efgh')
    archive.store('ijkl')
    expect(short(archive.store('abcdefghijkl'))).toBe('d4@1 n4 d4@9')
  })

  it('doesn’t take the superblock for data', () => {
    const archive = new MemoryArchive(kind)
    archive.store('bcde')
    const runs = archive.finder.split(Buffer.concat([Buffer.alloc(BLOCK, 0xee), bytesOf('bcde')]), -1, true)
    expect(short(runs)).toBe('n1 d4@1')
  })

  it('gives nothing for no bytes', () => {
    expect(new MemoryArchive(kind).store('')).toEqual([])
  })
})

describe('RunFinder', () => {
  it('extends a duplicate backwards over blocks that the index no longer knows', () => {
    const archive = new MemoryArchive('bytes')
    archive.store('abcdefgh')
    // As after sampling: only the block `e` is found, the others by comparing from there.
    let window: Uint8Array = Buffer.alloc(0)
    const sampled: BlockIndex = {
      startWindow: (bytes) => {
        window = bytes
      },
      find: (position) => (window[position * BLOCK] === blockOf('e')[0] ? 5 * BLOCK : -1),
      matches: (block, offset) => archive.index.matches(block, offset),
      remember() {},
    }
    const finder = new RunFinder(sampled, BLOCK)
    expect(short(finder.split(bytesOf('xabcdefghy'), -1, false))).toBe('n1 d8@1 n1')
    // Not back over what was given away already: zeros before it.
    expect(short(finder.split(bytesOf('bcd.efgh'), -1, false))).toBe('n3 z1 d4@5')
    expect(short(finder.split(bytesOf('abcde'), -1, true))).toBe('d5@1')
  })

  it('makes no reference where reading back says no', () => {
    let answers = true
    const stored = bytesOf('abcdef')
    const index = new BlockIndexByBytes(BLOCK, (offset, buffer, length) => {
      buffer.set(stored.subarray(offset - BLOCK, offset - BLOCK + length))
      return answers
    })
    const finder = new RunFinder(index, BLOCK)
    finder.split(stored, -1, false)
    finder.remember(0, stored.length, BLOCK)
    expect(short(finder.split(stored, -1, true))).toBe('d6@1')
    answers = false
    // The buffer holds the right bytes all the same.
    expect(short(finder.split(stored, BLOCK, true))).toBe('n6')
  })
})
