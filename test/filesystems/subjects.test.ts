/** Errors name what they are about, and what to do about it fits. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { extractArchive } from '../../src/main/engine/index.ts'
import { MIB } from '../support/blocks.ts'
import { runCli, runScript } from '../support/cli.ts'
import { create, errorOf, withArchive } from '../support/creation.ts'
import { extractOptions, watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'

async function archiveOfThree(disk: MountedImage): Promise<string> {
  mkdirSync(disk.path('in/below'), { recursive: true })
  for (const name of ['in/a', 'in/b', 'in/below/c']) writeFileSync(disk.path(name), randomBytes(MIB))
  await create(disk.mountpoint, ['in'], disk.path('a'))
  return disk.path('a')
}

/** A copy in which a byte is another one. */
function damage(disk: MountedImage, name: string, offsetBytes: number): void {
  const bytes = readFileSync(disk.path('a'))
  bytes[offsetBytes] = 255 - (bytes[offsetBytes] ?? 0)
  writeFileSync(disk.path(name), bytes)
}

it('what is wrong with the archive is said of the archive, whichever command reads it', async () => {
  using disk = mountImage('btrfs')
  await archiveOfThree(disk)
  // The last three blocks are the list of entries, the directory and the trailer, each behind a header of 128 bytes.
  const pageOffset = readFileSync(disk.path('a')).length - 3 * 4096
  damage(disk, 'hurt', pageOffset + 140)
  const folder = disk.mountpoint
  const sentence = `hurt: a section’s hash is wrong (at byte ${pageOffset + 128})\n`
  for (const args of [
    ['list', 'hurt'],
    ['extract', 'hurt', '-C', 'out'],
    ['convert', 'hurt', 'new'],
    ['compare', 'hurt', 'in'],
    ['verify', 'hurt'],
  ]) {
    const { code, err } = runCli(folder, ...args)
    expect({ args, code, first: err.slice(0, err.indexOf('\n') + 1) }).toEqual({
      args,
      code: 3,
      first: `reftar: ${sentence}`,
    })
  }
  expect(readdirSync(folder).sort()).toEqual(['a', 'hurt', 'in'])
  expect(JSON.parse(runCli(folder, 'extract', '--json', 'hurt', '-C', 'out').out)).toMatchObject({
    error: { code: 'damaged', path: 'hurt' },
  })
  const verified = runCli(folder, 'verify', 'hurt')
  expect(verified.out).toMatch(/^ +Complete +no$/m)
  expect(verified.err).not.toContain('reftar verify')
  expect(runScript(folder, 'reftar extract -f - -C in < hurt').err).toContain('reftar: standard input: a section’s')
  expect(runScript(folder, 'reftar list -f - </dev/null').err).toMatch(/^reftar: standard input: it doesn’t begin/)
})

it('what this filesystem can’t restore is no reason to look for reflinks', () => {
  using source = mountImage('btrfs')
  using disk = mountImage('xfs')
  const made = 'mkdir in && chattr +C in && touch in/c && chattr -f +c in/c; btrfs property set in compression zstd'
  runScript(source.mountpoint, `${made}; reftar create -q -f a in`)
  const { code, err } = runCli(source.mountpoint, 'extract', 'a', '-C', disk.mountpoint)
  expect(code).toBe(1)
  expect(err).toContain('couldn’t be restored')
  expect(err).not.toContain('reflinks')
})

it('damaged padding is named by its place', async () => {
  using disk = mountImage('btrfs')
  await archiveOfThree(disk)
  damage(disk, 'hurt', 2000)
  expect(runCli(disk.mountpoint, 'verify', 'hurt').err).toContain('hurt: padding isn’t zero (at byte 2000)')
})

it('a target that can’t be made says why', async () => {
  using source = mountImage('btrfs')
  using disk = mountImage('tmpfs')
  await archiveOfThree(source)
  const run = runScript(
    source.mountpoint,
    `mount -o remount,ro '${disk.mountpoint}'; reftar extract a -C '${disk.path('out')}'`,
  )
  expect(run).toMatchObject({
    code: 4,
    err: `reftar: ${disk.path('out')}: The filesystem is read-only\n  Choose another disk, or remount it writable.\n`,
  })
})

describe.each(['btrfs', 'xfs', 'ext4', 'tmpfs'] as const)('%s', (type) => {
  it('a target that is deleted meanwhile ends the extraction, and nothing is called extracted', async () => {
    using disk = mountImage(type)
    const archive = await archiveOfThree(disk)
    for (const at of ['in', 'in/b', 'in/below/c']) {
      mkdirSync(disk.path('out'))
      const { job, problems, notices } = watchedJob()
      const entry = (path: string): void => {
        if (path === at) rmSync(disk.path('out'), { recursive: true })
      }
      const error = await errorOf(
        withArchive(archive, (reader) =>
          extractArchive(createPorts(), reader, extractOptions(disk.path('out')), { ...job, entry }),
        ),
      )
      expect({ at, code: error.code, path: error.context.path, problems, notices }).toEqual({
        at,
        code: 'target-removed',
        path: disk.path('out'),
        problems: [],
        notices: [],
      })
    }
  })

  it('so does a current folder that is gone already', async () => {
    using disk = mountImage(type)
    const archive = await archiveOfThree(disk)
    mkdirSync(disk.path('gone'))
    const run = runScript(disk.path('gone'), `rmdir '${disk.path('gone')}'; reftar extract '${archive}'`)
    expect(run).toMatchObject({
      code: 4,
      err: 'reftar: .: the target folder was removed\n  Make it again, or choose another one, and start again.\n',
    })
  })
})
