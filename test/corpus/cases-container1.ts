/** The container of format 1: hostile-input lines 10 to 15. */
import { everything1 } from '../fuzz/seeds.ts'
import { type Case, cases, opens, refused } from './cases.ts'
import { Builder1, encodeHeader } from './format1-builder.ts'
import { patternBytes } from './format2-builder.ts'

const references = cases(1, 'references')
const lengths = cases(1, 'lengths')
const index = cases(1, 'index')
const damage = cases(1, 'damage')

const payload = patternBytes(512)
const small = Buffer.from('content')
const stopsAfterA = opens({ list: ['a'], incomplete: true })
const badB = opens({ list: ['a', 'b'], verify: 'faults', problems: { b: 'damaged' } })
const cutB = opens({ list: ['a', 'b'], incomplete: true, verify: 'faults', problems: { b: 'damaged' } })

const started = (): Builder1 => new Builder1(512).entry({ name: 'a', inline: small })
const big = (blocks: number): Builder1 => started().entry({ name: 'b', size: BigInt(blocks * 512) })

export const containerCases1: readonly Case[] = [
  references('reference-missing', 'a reference to an extent that doesn’t exist', badB, () =>
    big(1).extent({ id: 9n, kind: 'R', blocks: 1 }).bytes(),
  ),
  references('reference-to-itself', 'a reference to its own id', badB, () =>
    big(1).extent({ id: 0n, kind: 'R', blocks: 1 }).bytes(),
  ),
  references('reference-forward', 'a reference to a later extent', badB, () =>
    big(2).extent({ id: 0n, kind: 'R', blocks: 1 }).extent({ id: 0n, kind: 'D', blocks: 1, payload }).bytes(),
  ),
  references('reference-length', 'a reference to more blocks than the extent has', badB, () =>
    big(3).extent({ id: 0n, kind: 'D', blocks: 1, payload }).extent({ id: 0n, kind: 'R', blocks: 2 }).bytes(),
  ),
  references('reference-checksum', 'a reference with another checksum than the extent', badB, () =>
    big(2)
      .extent({ id: 0n, kind: 'D', blocks: 1, payload })
      .extent({ id: 0n, kind: 'R', blocks: 1, checksum: 5 })
      .bytes(),
  ),
  references('extent-past-end', 'an extent that ends behind the file', cutB, () =>
    big(4).extent({ id: 0n, kind: 'D', blocks: 4, payload }).bytes(),
  ),
  references('extent-kind-unknown', 'an extent of a kind that doesn’t exist', cutB, () =>
    big(1).extent({ id: 0n, kind: 'X', blocks: 1 }).bytes(),
  ),
  references('extent-of-nothing', 'extents without a block, until the file ends', cutB, () => {
    const builder = big(1)
    for (let i = 0; i < 200; i++) builder.extent({ id: BigInt(i), kind: 'S', blocks: 0 })
    return builder.bytes()
  }),
  references('data-checksum', 'data that isn’t what its checksum says', badB, () =>
    big(1).extent({ id: 0n, kind: 'D', blocks: 1, payload, checksum: 5 }).bytes(),
  ),
  references('id-twice', 'two extents with one id: the last counts', opens({ list: ['a', 'b'] }), () =>
    big(2)
      .extent({ id: 0n, kind: 'D', blocks: 1, payload })
      .extent({ id: 0n, kind: 'D', blocks: 1, payload: patternBytes(512, 2) })
      .bytes(),
  ),

  ...[0, 1, 511, 2 ** 20 + 1, 2 ** 31].map((blockSize) =>
    lengths(`block-size-${blockSize}`, `a block size of ${blockSize}`, refused('damaged'), () =>
      new Builder1(blockSize, { layoutBlockSize: 512 }).entry({ name: 'a' }).bytes(),
    ),
  ),
  lengths('size-96-bit', 'a size beyond 2^64', stopsAfterA, () =>
    started()
      .entry({ name: 'b', size: 1n << 90n })
      .bytes(),
  ),
  lengths('size-2-53', 'a size of 2^53', stopsAfterA, () =>
    started()
      .entry({ name: 'b', size: 1n << 53n })
      .bytes(),
  ),
  lengths('header-4-gib', 'a header that claims 4 GiB', stopsAfterA, () =>
    started()
      .entry({ name: 'b', headerSize: 2 ** 32 - 1 })
      .bytes(),
  ),
  lengths('header-empty', 'a header that claims no byte', stopsAfterA, () =>
    started().entry({ name: 'b', headerSize: 0 }).bytes(),
  ),
  lengths('header-of-20', 'a header that claims 20 bytes', stopsAfterA, () =>
    started().entry({ name: 'b', headerSize: 20 }).bytes(),
  ),
  ...['user', 'group', 'folder', 'name', 'target', 'permissions'].map((what, at) =>
    lengths(`${what}-4-gib`, `a ${what} string that claims 4 GiB`, stopsAfterA, () =>
      started()
        .entry({ name: 'b', lengths: { [at]: 2 ** 32 - 1 } })
        .bytes(),
    ),
  ),
  lengths('permissions', 'extended permissions: passed over', opens({ list: ['a', 'b'] }), () =>
    started()
      .entry({ name: 'b', permissions: patternBytes(100), inline: small })
      .bytes(),
  ),

  index('magic-wrong', 'something else where an entry should be', stopsAfterA, () =>
    started().entry({ name: 'b', magic: 'FILF' }).bytes(),
  ),
  index('nameless', 'an entry without a name', opens({ list: ['a'], verify: 'faults' }), () =>
    started().entry({ name: '' }).bytes(),
  ),
  damage(
    'whole',
    'nothing: every feature once',
    opens({
      list: [
        'dir',
        'dir/small',
        'dir/empty',
        'dir/big',
        'dir/copy',
        'sparse',
        'link',
        'hard',
        'fifo',
        'null',
        '\xff\xfe',
      ],
    }),
    everything1,
  ),
  damage('header-cut', 'cut off within the archive’s header', refused('not-an-archive'), () =>
    started().bytes().subarray(0, 9),
  ),
  damage('block-cut', 'cut off within the first block: nothing is in it', opens({ incomplete: true }), () =>
    started().bytes().subarray(0, 100),
  ),
  damage('entry-header-cut', 'cut off within an entry’s header', stopsAfterA, () =>
    cut(started().entry({ name: 'b', inline: small }).bytes(), 1024 + 60),
  ),
  damage('inline-cut', 'cut off within a small file’s content', cutB, () =>
    cut(
      started().entry({ name: 'b', inline: small }).bytes(),
      1024 + encodeHeader({ name: 'b', inline: small }).length - 3,
    ),
  ),
  damage('extent-cut', 'cut off within an extent’s data', cutB, () =>
    cut(big(1).extent({ id: 0n, kind: 'D', blocks: 1, payload }).bytes(), 512 * 4 + 100),
  ),
  damage('extent-missing', 'cut off before an extent', cutB, () => big(1).bytes()),
  damage('stray-bytes', 'three bytes behind the last entry: always tolerated', opens({ list: ['a'] }), () =>
    Buffer.concat([started().bytes(), Buffer.from('abc')]),
  ),
  damage('bytes-after', 'more bytes behind the last entry', stopsAfterA, () =>
    Buffer.concat([started().bytes(), patternBytes(1000)]),
  ),
  damage('data-bit', 'a flipped bit in an extent’s data', badB, () => {
    const bytes = big(1).extent({ id: 0n, kind: 'D', blocks: 1, payload }).bytes()
    bytes[bytes.length - 100] = 0
    return bytes
  }),
]

function cut(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.subarray(0, length)
}
