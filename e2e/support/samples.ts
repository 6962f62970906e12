/** Files for the specs: ones that share blocks, small ones, an image. */

import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { cloneFile, MIB } from '../../test/support/blocks.ts'
import { runCli } from '../../test/support/cli.ts'
import type { MountedImage } from '../../test/support/loopback.ts'

/** `vm/base.bin` (4 MiB), its clone `vm/copy.bin`, `vm/notes.txt` and `vm/red.png`. Returns the path of `vm`. */
export function makeSample(disk: MountedImage): string {
  const folder = disk.path('vm')
  mkdirSync(folder)
  writeFileSync(join(folder, 'base.bin'), randomBytes(4 * MIB))
  cloneFile(join(folder, 'base.bin'), join(folder, 'copy.bin'))
  writeFileSync(join(folder, 'notes.txt'), 'first line\nsecond line\n')
  writeFileSync(join(folder, 'red.png'), redPng())
  return folder
}

/** An archive of paths on the disk, made by the command line. Returns its path. */
export function makeArchive(disk: MountedImage, name: string, ...inputs: readonly string[]): string {
  const path = disk.path(name)
  const run = runCli(disk.mountpoint, 'create', '-q', '-f', path, ...inputs)
  if (run.code !== 0) throw new Error(run.err)
  return path
}

/** 16 × 16 red pixels. */
function redPng(): Buffer {
  const header = Buffer.from([0, 0, 0, 16, 0, 0, 0, 16, 8, 2, 0, 0, 0])
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(16 * 3, Buffer.from([255, 0, 0]))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 16 }, () => row)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
