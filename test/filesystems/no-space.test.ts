/** Full disks: a clear error that names the place, what was there before untouched, and nothing half done left over. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { extractArchive, type Ports } from '../../src/main/engine/index.ts'
import { KIB, MIB } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { create, errorOf, withArchive } from '../support/creation.ts'
import { extract, extractOptions, watchedJob } from '../support/extraction.ts'
import { type FilesystemType, type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

const types = ['btrfs', 'xfs', 'ext4', 'tmpfs'] as const satisfies readonly FilesystemType[]

/** A folder of 24 MiB that doesn't compress: large files and small. */
function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in/small'), { recursive: true })
  for (let i = 0; i < 8; i++) writeFileSync(disk.path('in', `large ${i}`), randomBytes(2.5 * MIB))
  for (let i = 0; i < 400; i++) writeFileSync(disk.path('in/small', `${i}`), randomBytes(10 * KIB))
}

/** Leaves about this many bytes free. */
function takeSpace(disk: MountedImage, leaveBytes: number): void {
  const { bavail, bsize } = statfsSync(disk.mountpoint)
  runTool('fallocate', ['--length', String(bavail * bsize - leaveBytes), disk.path('ballast')])
  runTool('sync', ['--file-system', disk.mountpoint])
}

/** Nobody is told beforehand that there is no room: what matters here is what happens when it runs out. */
function unwarned(): Ports {
  const ports = createPorts()
  const filesystemInfo: Ports['files']['filesystemInfo'] = (handle) => ({
    ...ports.files.filesystemInfo(handle),
    freeBytes: Number.MAX_SAFE_INTEGER,
  })
  return { ...ports, files: { ...ports.files, filesystemInfo } }
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe.each(types)('%s', (type) => {
  it('full while creating', async () => {
    using source = mountImage('tmpfs')
    using disk = mountImage(type)
    fill(source)
    writeFileSync(disk.path('old.reftar'), randomBytes(MIB))
    takeSpace(disk, 10 * MIB)
    const before = { names: readdirSync(disk.mountpoint), hash: sha256(disk.path('old.reftar')) }
    for (const name of ['old.reftar', 'new.reftar']) {
      const error = await errorOf(create(source.mountpoint, ['in'], disk.path(name)))
      expect({ code: error.code, ...error.context }).toMatchObject({
        code: 'no-space',
        path: disk.path(name),
        errno: 'ENOSPC',
      })
    }
    expect({ names: readdirSync(disk.mountpoint), hash: sha256(disk.path('old.reftar')) }).toEqual(before)
  })

  it('full while extracting', async () => {
    using source = mountImage('tmpfs')
    using disk = mountImage(type)
    fill(source)
    await create(source.mountpoint, ['in'], source.path('a.reftar'))
    await create(
      source.path('in'),
      ['large 0', 'large 1', 'large 2', 'large 3', 'small', 'large 4'],
      source.path('b.reftar'),
    )
    mkdirSync(disk.path('out'))
    takeSpace(disk, 8 * MIB)
    const { job, notices } = watchedJob()
    const ports = unwarned()
    const error = await errorOf(
      withArchive(source.path('a.reftar'), (reader) =>
        extractArchive(ports, reader, extractOptions(disk.path('out')), job),
      ),
    )
    expect(notices).toEqual([
      'what was extracted into the target itself and into folders that it had stays; new folders, not complete yet, were removed',
    ])
    expect(error.code).toBe('no-space')
    expect(error.context.entry ?? error.context.path).toMatch(/^in\//)
    expect(readdirSync(disk.path('out'))).toEqual([])

    // Straight into the target: files that were complete before may stay, nothing else.
    expect((await errorOf(extract(source.path('b.reftar'), disk.path('out'), {}, unwarned()))).code).toBe('no-space')
    for (const name of readdirSync(disk.path('out'))) {
      expect(name).toMatch(/^large \d$/)
      expect(sha256(disk.path('out', name))).toBe(sha256(source.path('in', name)))
    }
  })
})

it('the command line says it, and exits with 4', () => {
  using source = mountImage('tmpfs')
  using disk = mountImage('ext4')
  fill(source)
  takeSpace(disk, 5 * MIB)
  const created = runCli(source.mountpoint, 'create', '-f', disk.path('a.reftar'), 'in')
  expect(created.code).toBe(4)
  expect(created.err).toMatch(/a\.reftar: .*\n\s*Free some space/)
  expect(runCli(source.mountpoint, 'create', '-q', '-f', 'a.reftar', 'in')).toMatchObject({ code: 0, err: '' })
  const extracted = runCli(source.mountpoint, 'extract', '-f', 'a.reftar', '-C', disk.mountpoint)
  expect(extracted.code).toBe(4)
  expect(extracted.err).toContain('Free some space')
  expect(readdirSync(disk.mountpoint).sort()).toEqual(['ballast', 'lost+found'])
  rmSync(disk.path('ballast'))
  expect(runCli(source.mountpoint, 'extract', '-q', '-f', 'a.reftar', '-C', disk.mountpoint).code).toBe(0)
})
