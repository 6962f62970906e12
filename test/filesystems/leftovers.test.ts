/** What a killed run leaves: removed by the next one that makes the same, never while somebody uses it, nothing else touched. */
import {
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { convertArchive, createArchive, extractArchive } from '../../src/main/engine/index.ts'
import { archiveSuffix, stagedName } from '../../src/main/engine/staging.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { runCli } from '../support/cli.ts'
import { create, createOptions, verify, withArchive } from '../support/creation.ts'
import { extract, extractOptions } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const ports = createPorts()

function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in/sub'), { recursive: true })
  for (let i = 0; i < 20; i++) writeFileSync(disk.path('in/sub', `${i}`), `file ${i}`)
}

/** A job that hears notices, and one whose process “ends” at some entry: what it has staged stays as it is. */
function listening(): { job: JobContext; notices: string[] } {
  const notices: string[] = []
  return {
    notices,
    job: {
      signal: new AbortController().signal,
      progress: () => {},
      problem: (problem) => {
        throw new Error(inEnglish(problem.message))
      },
      notice: (what) => notices.push(inEnglish(what)),
    },
  }
}

const leftover = (finalName: string, run = '00000001') => stagedName(run, archiveSuffix(finalName as ByteString))

describe('files that were to have no name, where they can’t be made without one', () => {
  const temporary = '.reftar-0123456789abcdef01234567.tmp'
  /** Of another user. */
  const foreign = '.reftar-76543210fedcba9876543210.tmp'
  const kept = ['.reftar-0123456789abcdef0123456.tmp', '.reftar-0123456789abcdef01234567.tmp.gz', 'x.tmp']
  const removed = `removed ${temporary}, which an interrupted run had left`

  function leave(folder: string): void {
    mkdirSync(folder)
    for (const name of [temporary, foreign, ...kept]) writeFileSync(`${folder}/${name}`, '')
    chownSync(`${folder}/${foreign}`, 4321, 4321)
  }

  it('are removed by the next run that writes there', async () => {
    using disk = mountImage('ext4')
    fill(disk)
    for (const folder of ['shelf', 'out']) leave(disk.path(folder))
    const creating = listening()
    await createArchive(ports, createOptions(disk.mountpoint, ['in'], disk.path('shelf/a.reftar')), creating.job)
    expect(readdirSync(disk.path('shelf')).sort()).toEqual([...kept, foreign, 'a.reftar'].sort())
    expect(creating.notices).toEqual([removed])
    const extracting = listening()
    await withArchive(disk.path('shelf/a.reftar'), (reader) =>
      extractArchive(ports, reader, extractOptions(disk.path('out')), extracting.job),
    )
    expect(readdirSync(disk.path('out')).sort()).toEqual([...kept, foreign, 'in'].sort())
    expect(extracting.notices).toEqual([removed])
  })
})

describe('archives', () => {
  it('of the same name are removed, others are mentioned, and nothing else is touched', async () => {
    using disk = mountImage('ext4')
    fill(disk)
    mkdirSync(disk.path('shelf'))
    const kept = [
      'a.reftar.part',
      '.reftar-00000001.part.gz',
      '.reftar-0000000g.part',
      stagedName('00000009'),
      stagedName('00000009', '3'),
      leftover('b.reftar'),
    ]
    for (const name of [...kept, leftover('a.reftar'), leftover('a.reftar', '00000002')])
      writeFileSync(disk.path('shelf', name), name)
    // Names like ours that aren't files.
    symlinkSync('a.reftar.part', disk.path('shelf', leftover('a.reftar', '00000003')))
    mkdirSync(disk.path('shelf', leftover('a.reftar', '00000004')))
    const { job, notices } = listening()
    await createArchive(ports, createOptions(disk.mountpoint, ['in'], disk.path('shelf/a.reftar')), job)
    expect(readdirSync(disk.path('shelf')).sort()).toEqual(
      [...kept, leftover('a.reftar', '00000003'), leftover('a.reftar', '00000004'), 'a.reftar'].sort(),
    )
    // In whatever order the filesystem lists them.
    expect([...notices].sort()).toEqual(
      [
        `removed ${leftover('a.reftar')}, which an interrupted run had left of this archive`,
        `removed ${leftover('a.reftar', '00000002')}, which an interrupted run had left of this archive`,
        `${leftover('b.reftar')} in this folder: an unfinished archive of an interrupted run, readable and removable`,
      ].sort(),
    )
  })

  it('of a living run, or of another user, stay', async () => {
    using disk = mountImage('xfs')
    fill(disk)
    const archive = disk.path('a.reftar')
    let during: string[] = []
    const inner = listening()
    const { job } = listening()
    let isInner = false
    const watching: JobContext = {
      ...job,
      entry() {
        // While the first is at work a second one makes the same archive, and finds what the first has staged.
        if (!isInner) during = stagedNames(disk.mountpoint)
        isInner = true
      },
    }
    const first = createArchive(ports, createOptions(disk.mountpoint, ['in'], archive), watching)
    const second = createArchive(ports, createOptions(disk.mountpoint, ['in'], archive), inner.job)
    await Promise.all([first, second])
    expect(during).toHaveLength(1)
    expect(inner.notices).toEqual([])
    expect((await verify(archive)).problems).toEqual([])

    const foreign = disk.path(leftover('a.reftar'))
    writeFileSync(foreign, 'not ours')
    const others = { ...ports, accounts: { ...ports.accounts, effectiveUserId: 4711 } }
    await createArchive(others, createOptions(disk.mountpoint, ['in'], archive), job)
    expect(readFileSync(foreign, 'latin1')).toBe('not ours')
  })

  it('aren’t removed while one is converted into its own final name', async () => {
    using disk = mountImage('btrfs')
    fill(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    renameSync(disk.path('a.reftar'), disk.path(leftover('a.reftar')))
    const { job } = listening()
    const options = {
      sourcePath: textToByteString(disk.path(leftover('a.reftar'))),
      archivePath: textToByteString(disk.path('a.reftar')),
      format: 2,
      blockSizeBytes: 4096,
      clone: 'auto',
      compressionLevel: 3,
      jobs: 1,
    } as const
    await convertArchive(ports, options, job)
    expect(stagedNames(disk.mountpoint)).toHaveLength(1)
    expect(await withArchive(disk.path('a.reftar'), ({ info }) => info.complete)).toBe(true)
  })
})

/** Extracts and stops for good once everything is staged: as a killed process, it cleans nothing up and holds no lock. */
async function abandon(disk: MountedImage): Promise<void> {
  const gone = new Error('killed')
  const files = { ...ports.files }
  const dead = { ...ports, files }
  const stop = (): never => {
    for (const name of ['unlink', 'rename', 'removeDirectory', 'readDirectory', 'openDirectoryBelow'] as const)
      files[name] = () => {
        throw gone
      }
    throw gone
  }
  files.rename = stop
  await withArchive(disk.path('a.reftar'), async (reader) => {
    const job = { ...listening().job, problem: () => {} }
    await extractArchive(dead, reader, extractOptions(disk.path('out')), job).catch(() => undefined)
  })
}

describe('extractions', () => {
  it('are removed wherever they staged, and living ones stay', async () => {
    using disk = mountImage('btrfs')
    fill(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    // The folder is there, so single files are staged deep in it.
    mkdirSync(disk.path('out/in/sub'), { recursive: true })
    await abandon(disk)
    const left = stagedNames(disk.path('out'))
    expect(left.some((name) => name.startsWith(disk.path('out/in/sub')))).toBe(true)
    expect(left.some((name) => name.startsWith(disk.path('out/.reftar-')))).toBe(true)

    const { job, notices } = listening()
    await withArchive(disk.path('a.reftar'), (reader) =>
      extractArchive(ports, reader, extractOptions(disk.path('out')), job),
    )
    expect(stagedNames(disk.path('out'))).toEqual([])
    expect(compareTrees(readTree(disk.path('in')), readTree(disk.path('out/in')))).toEqual([])
    expect(notices).toEqual([
      'removed new files and folders that an interrupted extraction into this target had not completed',
    ])
  })

  it('that stage whole folders are removed too, whatever is in them', async () => {
    using disk = mountImage('ext4')
    fill(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out'))
    await abandon(disk)
    expect(stagedNames(disk.path('out')).length).toBeGreaterThan(1)
    await extract(disk.path('a.reftar'), disk.path('out'))
    expect(readdirSync(disk.path('out'))).toEqual(['in'])
  })

  it('two at once into one folder leave each other alone', async () => {
    using disk = mountImage('xfs')
    fill(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    renameSync(disk.path('in'), disk.path('other'))
    await create(disk.mountpoint, ['other'], disk.path('b.reftar'))
    mkdirSync(disk.path('out'))
    await Promise.all([
      extract(disk.path('a.reftar'), disk.path('out')),
      extract(disk.path('b.reftar'), disk.path('out')),
    ])
    expect(readdirSync(disk.path('out')).sort()).toEqual(['in', 'other'])
  })

  it('a list that names places outside leads nowhere', async () => {
    using disk = mountImage('tmpfs')
    fill(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out/real'), { recursive: true })
    mkdirSync(disk.path('outside'))
    symlinkSync('../outside', disk.path('out/link'))
    const item = stagedName('00000001', '1')
    for (const folder of ['outside', 'out/real', 'out']) writeFileSync(disk.path(folder, item), folder)
    writeFileSync(disk.path('out', stagedName('00000001')), 'link\0../outside\0/\0\0real\0cut of')
    await extract(disk.path('a.reftar'), disk.path('out'))
    expect(readdirSync(disk.path('outside'))).toEqual([item])
    expect(readdirSync(disk.path('out/real'))).toEqual([])
    expect(readdirSync(disk.path('out')).sort()).toEqual(['in', 'link', 'real'])
  })
})

it('the command line says in one line what it removed', () => {
  using disk = mountImage('ext4')
  fill(disk)
  writeFileSync(disk.path(leftover('a.reftar')), 'left')
  const created = runCli(disk.mountpoint, 'create', '-f', 'a.reftar', 'in')
  expect(created).toMatchObject({ code: 0 })
  expect(created.err).toBe(
    `reftar: removed ${leftover('a.reftar')}, which an interrupted run had left of this archive\n`,
  )
  rmSync(disk.path('a.reftar'))
})
