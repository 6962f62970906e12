/** One archive of each format with every feature once, within 64 KiB. */
import { crc32 } from 'node:zlib'
import { Builder1 } from '../corpus/format1-builder.ts'
import { patternBytes } from '../corpus/format2-builder.ts'
import { data, hole, packed, zero } from '../corpus/page-encoder.ts'
import { padded } from '../corpus/wild-structures.ts'
import { zstdFrame } from '../corpus/zstd-frames.ts'
import { buildRecipe, type Recipe2 } from './recipe2.ts'

const attribute = (name: string, text: string): readonly [string, Uint8Array] => [name, Buffer.from(text)]

/** Everything that format 2 knows: three pages, packs with both encodings, shared runs, all kinds of entries. */
export function recipeWithEverything(): Recipe2 {
  const first = patternBytes(2 * 4096, 1)
  const second = patternBytes(4096, 2)
  const smallA = patternBytes(500, 3)
  const smallB = new Uint8Array(300).fill(7)
  return {
    superblock: {},
    steps: [
      { kind: 'data', bytes: first },
      { kind: 'pack', raw: smallA },
      { kind: 'hashes' },
      {
        kind: 'page',
        page: {
          firstOrdinal: 0,
          owners: [
            { uid: 0, gid: 0, userName: 'root', groupName: 'root' },
            { uid: 1000, gid: 100, userName: 'm\xc3\xbcller', groupName: 'users' },
          ],
          entries: [
            { path: 'a', kind: 'directory', mode: 0o755 },
            {
              path: 'a/1',
              sizeBytes: 2 * 4096 + 100,
              segments: [data(1, 2), packed(0, 0, 100)],
              accessTime: [1_700_000_100, 1],
              birthTime: [1_600_000_000, 999_999_999],
              attributes: [attribute('user.note', 'x'), attribute('user.empty', '')],
              owner: 1,
            },
            { path: 'a/2', kind: 'hardlink', hardLink: 1 },
          ],
        },
      },
      { kind: 'data', bytes: second },
      { kind: 'pack', raw: smallB, frame: zstdFrame([{ byte: 7, times: 300 }]) },
      { kind: 'hashes' },
      {
        kind: 'page',
        page: {
          firstOrdinal: 3,
          entries: [
            { path: 'a/3', sizeBytes: 4096, segments: [data(2, 1)], inodeFlags: 0x10 },
            { path: 'a/4', kind: 'symlink', linkTarget: '1' },
            { path: 'b', kind: 'directory', mode: 0o1777, modifyTime: [-5, 7] },
            { path: 'b/\xff', mode: null },
          ],
        },
      },
      {
        kind: 'page',
        page: {
          firstOrdinal: 7,
          entries: [
            { path: 'c', sizeBytes: 12_338, segments: [data(6, 1), hole(4096), zero(4096), packed(1, 250, 50)] },
            { path: 'd', kind: 'fifo' },
            { path: 'e', kind: 'character-device', deviceMajor: 1, deviceMinor: 3 },
            { path: 'f', kind: 'block-device', deviceMajor: 7, deviceMinor: 99 },
            { path: 'g', sizeBytes: 10, segments: [packed(0, 100, 10)], mode: 0o4755 },
          ],
        },
      },
    ],
    finish: {},
  }
}

export function everything2(): Uint8Array {
  return buildRecipe(recipeWithEverything())
}

/** The same in format 1: inline and extent files, references, a hole, a cut tail, links, devices. */
export function everything1(): Uint8Array {
  const big = patternBytes(3 * 512 - 100, 5)
  return new Builder1(512)
    .entry({ type: '5', name: 'dir', size: 4096n })
    .entry({ folder: 'dir', name: 'small', inline: patternBytes(100, 9) })
    .entry({ folder: 'dir', name: 'empty' })
    .entry({ folder: 'dir', name: 'big', size: BigInt(big.length) })
    .extent({ id: 0n, kind: 'D', blocks: 3, payload: big })
    .entry({ folder: 'dir', name: 'copy', size: 3n * 512n })
    .extent({ id: 0n, kind: 'R', blocks: 3, checksum: checksumOf(big) })
    .entry({ name: 'sparse', size: 4n * 512n })
    .extent({ id: 1n, kind: 'S', blocks: 3 })
    .extent({ id: 2n, kind: 'D', blocks: 1, offset: 1536n, payload: patternBytes(512, 6) })
    .entry({ type: '2', name: 'link', target: 'dir/small' })
    .entry({ type: '1', name: 'hard', target: 'dir/small' })
    .entry({ type: '6', name: 'fifo' })
    .entry({ type: '3', name: 'null', deviceMajor: 1n, deviceMinor: 3n })
    .entry({ name: '\xff\xfe', inline: patternBytes(3, 1) })
    .bytes()
}

function checksumOf(payload: Uint8Array): number {
  return crc32(padded(payload, 512))
}
