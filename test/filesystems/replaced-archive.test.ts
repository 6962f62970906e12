/** What has the archive's name already: what is replaced, what isn't, and what stays of it. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { convertArchive, planCreate } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { runScript } from '../support/cli.ts'
import { create, createOptions, errorOf, storedPaths, verify } from '../support/creation.ts'
import { watchedJob } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

const ports = createPorts()
const nobody = 65534

function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in'))
  for (let i = 0; i < 5; i++) writeFileSync(disk.path('in', `${i}`), randomBytes(100_000))
}

const plan = (disk: MountedImage, inputs: readonly string[], archive: string) =>
  planCreate(ports, createOptions(disk.mountpoint, inputs, archive), watchedJob().job, () => undefined)

const convert = (sourcePath: string, archivePath: string) =>
  convertArchive(
    ports,
    {
      sourcePath: textToByteString(sourcePath),
      archivePath: textToByteString(archivePath),
      format: 2,
      clone: 'auto',
      compressionLevel: 1,
      blockSizeBytes: 4096,
      jobs: 1,
    },
    watchedJob().job,
  )

describe('what isn’t a regular file', () => {
  it('is never replaced, neither by creation nor by conversion, and the plan says so', async () => {
    using disk = mountImage('tmpfs')
    fill(disk)
    const old = disk.path('old.reftar')
    await create(disk.mountpoint, ['in'], old)
    runTool('mknod', [disk.path('null'), 'c', '1', '3'])
    runTool('mkfifo', [disk.path('fifo')])
    symlinkSync('null', disk.path('link'))
    const before = readdirSync(disk.mountpoint)
    for (const name of ['null', 'fifo', 'link']) {
      const target = disk.path(name)
      expect((await errorOf(create(disk.mountpoint, ['in'], target))).code).toBe('not-replaceable')
      expect((await errorOf(create(disk.mountpoint, ['in'], target, { format: 1 }))).code).toBe('not-replaceable')
      expect((await errorOf(convert(old, target))).code).toBe('not-replaceable')
      expect((await plan(disk, ['in'], target)).obstacle?.code).toBe('not-replaceable')
    }
    expect(readdirSync(disk.mountpoint)).toEqual(before)
    expect(lstatSync(disk.path('null')).isCharacterDevice()).toBe(true)
    const run = runScript(disk.mountpoint, 'reftar create -f null in')
    expect(run.code).toBe(4)
    expect(run.err).toContain('null: It isn’t a regular file')
    expect(run.err).toContain('“create -f -”')
  })

  it('a symbolic link stays, and the archive lands where it leads', async () => {
    using disk = mountImage('btrfs')
    using shelf = mountImage('tmpfs')
    fill(disk)
    writeFileSync(shelf.path('kept'), 'old')
    symlinkSync(shelf.path('kept'), disk.path('link'))
    symlinkSync(shelf.path('new'), disk.path('dangling'))
    const planned = await plan(disk, ['in'], disk.path('link'))
    expect(planned.obstacle).toBeUndefined()
    expect(planned.canClone).toBe(false)
    for (const [link, name] of [
      ['link', 'kept'],
      ['dangling', 'new'],
    ] as const) {
      await create(disk.mountpoint, ['in'], disk.path(link))
      expect(readlinkSync(disk.path(link))).toBe(shelf.path(name))
      expect(lstatSync(shelf.path(name)).isFile()).toBe(true)
      expect((await verify(shelf.path(name))).problems).toEqual([])
    }
    expect(readdirSync(shelf.mountpoint).sort()).toEqual(['kept', 'new'])
    expect(readdirSync(disk.mountpoint).sort()).toEqual(['dangling', 'in', 'link'])
  })
})

describe('an archive of itself', () => {
  it('is refused where the archive was named as an input, and the archive stays', async () => {
    using disk = mountImage('tmpfs')
    fill(disk)
    const archive = disk.path('kp.reftar')
    await create(disk.mountpoint, ['in'], archive)
    symlinkSync('kp.reftar', disk.path('link'))
    const before = readFileSync(archive)
    for (const target of [archive, disk.path('link')]) {
      expect((await errorOf(create(disk.mountpoint, ['in', 'kp.reftar'], target))).code).toBe('usage')
      expect((await errorOf(create('/', [archive], target, { format: 1 }))).code).toBe('usage')
      expect((await errorOf(convert(archive, target))).code).toBe('usage')
      expect((await plan(disk, ['in', 'kp.reftar'], target)).obstacle?.code).toBe('usage')
    }
    expect(readFileSync(archive).equals(before)).toBe(true)
    expect(readdirSync(disk.mountpoint).sort()).toEqual(['in', 'kp.reftar', 'link'])
    // Not read, because it is excluded.
    await create(disk.mountpoint, ['in', 'kp.reftar'], archive, { exclude: ['*.reftar'] })
    expect(await storedPaths(archive)).toHaveLength(6)
  })

  it('is left out below a folder, with a notice, and counted', async () => {
    using disk = mountImage('tmpfs')
    fill(disk)
    const run = runScript(disk.mountpoint, 'reftar create -f in/b.reftar --json in')
    expect(run.err).toBe('')
    expect(JSON.parse(run.out)).toMatchObject({ ok: true, summary: { entries: 6, skipped: 0 } })
    for (const format of [1, 2]) {
      const command = `reftar create -f in/b.reftar --format ${format} in`
      expect(runScript(disk.mountpoint, command).err).toMatch(
        /^reftar: in\/b\.reftar is the archive itself and was left out$/m,
      )
      const document: unknown = JSON.parse(runScript(disk.mountpoint, `${command} --json`).out)
      expect(document).toMatchObject({ ok: true, summary: { entries: 6, skipped: 1 } })
    }
  })
})

it('an archive of nothing says so', () => {
  using disk = mountImage('tmpfs')
  fill(disk)
  const run = runScript(disk.mountpoint, 'reftar create -f e.reftar --exclude in in')
  expect(run.code).toBe(0)
  expect(run.err).toContain('nothing was left to archive')
})

describe('who may read the archive', () => {
  const access = (path: string) => {
    const { mode, uid, gid } = statSync(path)
    return `${(mode & 0o7777).toString(8)} ${uid}:${gid}`
  }

  it('stays as it was: bits, owner, group and ACL, and the unfinished archive is for nobody else', async () => {
    using disk = mountImage('btrfs')
    fill(disk)
    const archive = disk.path('m.reftar')
    await create(disk.mountpoint, ['in'], archive)
    const source = disk.path('source.reftar')
    await create(disk.mountpoint, ['in'], source)
    const makers = [
      () => create(disk.mountpoint, ['in'], archive),
      () => create(disk.mountpoint, ['in'], archive, { format: 1 }),
      () => convert(source, archive),
    ]
    for (const make of makers) {
      chmodSync(archive, 0o640)
      chownSync(archive, nobody, nobody)
      await make()
      expect(access(archive)).toBe(`640 ${nobody}:${nobody}`)
      runTool('setfacl', ['-m', 'u:4321:r,g::-', archive])
      const acl = runTool('getfacl', ['-cnp', archive])
      await make()
      expect(runTool('getfacl', ['-cnp', archive])).toEqual(acl)
      runTool('setfacl', ['-b', archive])
    }
    chmodSync(archive, 0o644)
    const during: string[] = []
    await create(
      disk.mountpoint,
      ['in'],
      archive,
      {},
      {
        entry: () => {
          for (const path of stagedNames(disk.mountpoint)) during.push(access(path))
        },
      },
    )
    expect(new Set(during)).toEqual(new Set(['600 0:0']))
    expect(access(archive)).toBe(`644 ${nobody}:${nobody}`)
  })

  it('a folder’s default ACL lets nobody in', async () => {
    using disk = mountImage('btrfs')
    fill(disk)
    const archive = disk.path('m.reftar')
    await create(disk.mountpoint, ['in'], archive)
    chmodSync(archive, 0o640)
    runTool('setfacl', ['-d', '-m', 'u:4321:rwx', disk.mountpoint])
    await create(disk.mountpoint, ['in'], archive)
    expect(runTool('getfacl', ['-cnp', archive])).not.toContain('4321')
    expect(access(archive)).toBe('640 0:0')
  })

  it('where the owner can’t be kept the group gets no more than everybody', async () => {
    using disk = mountImage('btrfs')
    fill(disk)
    const archive = disk.path('m.reftar')
    const refuse = (): never => {
      throw new ReftarError('not-permitted', 'The system does not permit that')
    }
    const refusing = { ...ports, files: { ...ports.files, setOwner: refuse } }
    for (const [before, after] of [
      ['640', '600'],
      ['664', '644'],
    ] as const) {
      writeFileSync(archive, '')
      chownSync(archive, nobody, nobody)
      chmodSync(archive, Number.parseInt(before, 8))
      await create(disk.mountpoint, ['in'], archive, {}, {}, refusing)
      expect(access(archive)).toBe(`${after} 0:0`)
    }
  })
})
