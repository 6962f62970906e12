/** Builds archives of format 1 piece by piece; every field can say what no writer would. */
import { crc32 } from 'node:zlib'
import { padded } from './wild-structures.ts'

export interface WildHeader1 {
  readonly type: string
  readonly folder: string
  readonly name: string
  /** 96 bits. */
  readonly size: bigint
  readonly target: string
  readonly inline: Uint8Array
  readonly modifyTime: bigint
  readonly uid: bigint
  readonly deviceMajor: bigint
  readonly deviceMinor: bigint
  /** Overrides the length of the header that the fields lead to. */
  readonly headerSize: number
  /** Overrides the length before a string: of user, group, folder, name, target, permissions. */
  readonly lengths: Readonly<Partial<Record<number, number>>>
  readonly permissions: Uint8Array
  readonly magic: string
}

export interface WildExtent {
  readonly id: bigint
  /** D, S or R. */
  readonly kind: string
  readonly blocks: number
  readonly offset?: bigint
  readonly checksum?: number
  /** Of D. */
  readonly payload?: Uint8Array
}

export class Builder1 {
  readonly blockSize: number
  private readonly pieces: Uint8Array[]

  constructor(blockSize = 4096, options: { readonly layoutBlockSize?: number; readonly version?: number } = {}) {
    this.blockSize = options.layoutBlockSize ?? blockSize
    const header = new Uint8Array(12)
    header.set(Buffer.from('reftar'))
    new DataView(header.buffer).setUint16(6, options.version ?? 1, true)
    new DataView(header.buffer).setUint32(8, blockSize, true)
    this.pieces = [padded(header, this.blockSize)]
  }

  /** A file's header; a small one's content comes with it. */
  entry(header: Partial<WildHeader1> & { readonly name: string }): this {
    return this.raw(encodeHeader(header))
  }

  extent(extent: WildExtent): this {
    const { payload } = extent
    const whole = payload === undefined ? undefined : padded(payload, this.blockSize)
    const bytes = new Uint8Array(25)
    const view = new DataView(bytes.buffer)
    view.setBigUint64(0, extent.id, true)
    view.setUint32(8, extent.blocks, true)
    view.setUint8(12, extent.kind.charCodeAt(0))
    view.setBigUint64(13, extent.offset ?? 0n, true)
    view.setUint32(21, extent.checksum ?? (whole === undefined ? 0 : crc32(whole)), true)
    this.raw(bytes)
    return whole === undefined ? this : this.raw(whole)
  }

  /** Bytes, padded to whole blocks. */
  raw(bytes: Uint8Array): this {
    this.pieces.push(padded(bytes, this.blockSize))
    return this
  }

  bytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.pieces))
  }
}

/** A header up to the end of its inline data. */
export function encodeHeader(header: Partial<WildHeader1> & { readonly name: string }): Uint8Array {
  const inline = header.inline ?? new Uint8Array(0)
  const strings = ['root', 'root', header.folder ?? '', header.name, header.target ?? '']
  const permissions = header.permissions ?? new Uint8Array(0)
  const length = 237 + strings.reduce((sum, text) => sum + text.length, 0) + permissions.length + inline.length
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes.set(Buffer.from(header.magic ?? 'FILE', 'latin1'))
  view.setUint32(4, header.headerSize ?? length, true)
  const size = header.size ?? BigInt(inline.length)
  view.setBigUint64(8, size & 0xffff_ffff_ffff_ffffn, true)
  view.setUint32(16, Number(size >> 64n), true)
  view.setUint8(20, (header.type ?? '0').charCodeAt(0))
  view.setBigUint64(21, header.uid ?? 0n, true)
  view.setBigUint64(37, header.deviceMajor ?? 0n, true)
  view.setBigUint64(45, header.deviceMinor ?? 0n, true)
  for (const at of [53, 61, 69]) view.setBigInt64(at, header.modifyTime ?? 1_700_000_000n, true)
  let at = 77
  for (const [index, text] of strings.entries()) {
    view.setUint32(at, header.lengths?.[index] ?? text.length, true)
    bytes.set(Buffer.from(text, 'latin1'), at + 4)
    at += 4 + text.length
  }
  view.setUint32(at, header.lengths?.[5] ?? permissions.length, true)
  bytes.set(permissions, at + 4)
  at += 4 + permissions.length
  bytes.set(Buffer.from('btrfs'), at)
  view.setBigUint64(at + 128, 31n, true)
  bytes.set(inline, at + 136)
  return bytes
}
