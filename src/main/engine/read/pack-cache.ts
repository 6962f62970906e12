/** Decompressed packs within a fixed amount of memory. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { PackRecord } from '../format/directory.ts'
import type { ArchiveFile } from './archive-file.ts'

const KEPT_BYTES = 32 << 20

export class PackCache {
  readonly packs: readonly PackRecord[]
  private readonly file: ArchiveFile
  private readonly kept = new Map<number, Promise<Uint8Array>>()
  private keptBytes = 0

  constructor(file: ArchiveFile, packs: readonly PackRecord[]) {
    this.file = file
    this.packs = packs
  }

  /** The pack's raw bytes, hash-checked; `damaged` when there is no such pack or it isn't what the directory says. */
  load(pack: number): Promise<Uint8Array> {
    const known = this.kept.get(pack)
    if (known !== undefined) {
      this.kept.delete(pack)
      this.kept.set(pack, known)
      return known
    }
    const record = this.packs[pack]
    if (record === undefined)
      return Promise.reject(new ReftarError('damaged', said('there is no pack {pack}', { pack })))
    this.makeRoom(record.rawLengthBytes)
    const loading = this.file.payloadBeside(record)
    this.kept.set(pack, loading)
    this.keptBytes += record.rawLengthBytes
    loading.catch(() => this.forget(pack, loading))
    return loading
  }

  /** Begins loading unless that would push out packs that were asked for: its own failure is told by `load`. */
  prefetch(pack: number): void {
    const record = this.packs[pack]
    if (record === undefined || this.kept.has(pack) || record.rawLengthBytes > KEPT_BYTES / 2) return
    this.load(pack).catch(() => undefined)
  }

  private makeRoom(bytes: number): void {
    for (const [oldest, loading] of this.kept) {
      if (this.keptBytes + bytes <= KEPT_BYTES) return
      this.forget(oldest, loading)
    }
  }

  private forget(pack: number, loading: Promise<Uint8Array>): void {
    if (this.kept.get(pack) !== loading) return
    this.kept.delete(pack)
    this.keptBytes -= this.packs[pack]?.rawLengthBytes ?? 0
  }
}
