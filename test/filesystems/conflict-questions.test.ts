/** Extraction that asks about each name that is taken. */
import { randomBytes } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { extractArchive } from '../../src/main/engine/extract/extract.ts'
import { mostComparedBytes } from '../../src/main/engine/extract/questions.ts'
import type { Conflict, ConflictAnswer } from '../../src/shared/conflicts.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { create, errorOf, withArchive } from '../support/creation.ts'
import { extractOptions, watchedJob } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'

type Action = ConflictAnswer['action']

const sameBytes = randomBytes(200_000)

/** `equal` and `other` are there with the archive's size, `longer` with another one; a link and a hard link too. */
async function prepare(disk: MountedImage): Promise<void> {
  mkdirSync(disk.path('in/folder'), { recursive: true })
  for (const name of ['equal', 'longer', 'other']) writeFileSync(disk.path('in', name), sameBytes)
  writeFileSync(disk.path('in/folder/new'), 'not there yet')
  linkSync(disk.path('in/other'), disk.path('in/second name'))
  symlinkSync('equal', disk.path('in/symlink'))
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  mkdirSync(disk.path('out/in/folder'), { recursive: true })
  writeFileSync(disk.path('out/in/equal'), sameBytes)
  writeFileSync(disk.path('out/in/longer'), Buffer.concat([sameBytes, Buffer.from('!')]))
  writeFileSync(disk.path('out/in/other'), randomBytes(sameBytes.length))
  writeFileSync(disk.path('out/in/second name'), 'there')
  writeFileSync(disk.path('out/in/symlink'), 'there')
  utimesSync(disk.path('out/in/equal'), 1e9, 1e9)
}

async function ask(disk: MountedImage, answer: (conflict: Conflict) => ConflictAnswer | Promise<ConflictAnswer>) {
  const asked: Conflict[] = []
  const { job, problems } = watchedJob()
  const settleConflict: JobContext['settleConflict'] = async (conflict) => {
    asked.push(conflict)
    return answer(conflict)
  }
  const options = extractOptions(disk.path('out'), { onConflict: 'ask' })
  const summary = await withArchive(disk.path('a.reftar'), (reader) =>
    extractArchive(createPorts(), reader, options, { ...job, settleConflict }),
  )
  return { asked, summary, problems }
}

const once = (action: Action): ConflictAnswer => ({ action, applyToAll: false })

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('each is asked about with both sides, and done as answered', async () => {
    using disk = mountImage(type)
    await prepare(disk)
    const answers: Record<string, Action> = {
      equal: 'skip',
      longer: 'overwrite',
      other: 'rename',
      symlink: 'overwrite',
    }
    const { asked, summary, problems } = await ask(disk, ({ entry }) => once(answers[entry.slice(3)] ?? 'skip'))
    expect(problems).toEqual([])
    expect(asked.map(({ entry, equalContents }) => [entry, equalContents])).toEqual([
      ['in/equal', true],
      ['in/longer', false],
      ['in/other', false],
      ['in/symlink', undefined],
      ['in/second name', false],
    ])
    expect(asked[0]).toMatchObject({
      path: disk.path('out/in/equal'),
      existing: { kind: 'file', sizeBytes: 200_000, modifyTime: { seconds: 1e9 } },
      archived: { kind: 'file', sizeBytes: 200_000 },
    })
    expect(asked[3]).toMatchObject({ existing: { kind: 'file' }, archived: { kind: 'other' } })
    expect(summary).toMatchObject({ skipped: 2, renamed: 1, files: 3 })
    expect(readFileSync(disk.path('out/in/longer')).equals(sameBytes)).toBe(true)
    expect(readFileSync(disk.path('out/in/other (1)')).equals(sameBytes)).toBe(true)
    expect(readFileSync(disk.path('out/in/other')).equals(sameBytes)).toBe(false)
    expect(readFileSync(disk.path('out/in/second name'), 'utf8')).toBe('there')
    expect(stagedNames(disk.path('out'))).toEqual([])
  })
})

it('an answer for all is the last question', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  const { asked, summary } = await ask(disk, ({ entry }) => ({
    action: entry === 'in/equal' ? 'skip' : 'overwrite',
    applyToAll: entry !== 'in/equal',
  }))
  expect(asked.map(({ entry }) => entry)).toEqual(['in/equal', 'in/longer'])
  expect(summary).toMatchObject({ skipped: 1, problems: 0 })
  expect(readFileSync(disk.path('out/in/second name')).equals(sameBytes)).toBe(true)
})

it('a file where a folder is needed is asked about once; what the folder holds goes with it', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  renameSync(disk.path('out/in/folder'), disk.path('out/elsewhere'))
  writeFileSync(disk.path('out/in/folder'), 'in the way')
  const skipped = await ask(disk, () => once('skip'))
  expect(
    skipped.asked.filter(({ entry }) => entry.startsWith('in/folder')).map(({ archived }) => archived.kind),
  ).toEqual(['folder'])
  expect(readFileSync(disk.path('out/in/folder'), 'utf8')).toBe('in the way')
  await ask(disk, () => once('overwrite'))
  expect(readFileSync(disk.path('out/in/folder/new'), 'utf8')).toBe('not there yet')
})

it('a folder where a file is needed can be kept or be beside, never be replaced', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  renameSync(disk.path('out/in/equal'), disk.path('out/equal'))
  mkdirSync(disk.path('out/in/equal'))
  const { problems, asked } = await ask(disk, () => once('overwrite'))
  expect(asked[0]?.existing.kind).toBe('folder')
  expect(problems.map(({ code, entry }) => [code, entry])).toEqual([['is-a-directory', 'in/equal']])
})

it('large files aren’t compared', async () => {
  using disk = mountImage('xfs')
  mkdirSync(disk.path('in'))
  mkdirSync(disk.path('out/in'), { recursive: true })
  for (const folder of ['in', 'out/in']) {
    writeFileSync(disk.path(folder, 'huge'), '')
    truncateSync(disk.path(folder, 'huge'), mostComparedBytes + 1)
    writeFileSync(disk.path(folder, 'largest'), '')
    truncateSync(disk.path(folder, 'largest'), mostComparedBytes)
  }
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  const { asked } = await ask(disk, () => once('skip'))
  expect(asked.map(({ entry, equalContents }) => [entry, equalContents])).toEqual([
    ['in/huge', undefined],
    ['in/largest', true],
  ])
})

it('what appears while a file is written is not asked about and keeps its name', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  const ports = createPorts()
  const { rename } = ports.files
  let appeared = false
  const files = {
    ...ports.files,
    rename: (...args: Parameters<typeof rename>) => {
      if (!appeared && args[3] === 'new') {
        appeared = true
        writeFileSync(disk.path('out/in/folder/new'), 'appeared')
      }
      rename(...args)
    },
  }
  const { job } = watchedJob()
  await withArchive(disk.path('a.reftar'), (reader) =>
    extractArchive({ ...ports, files }, reader, extractOptions(disk.path('out'), { onConflict: 'ask' }), {
      ...job,
      settleConflict: async () => once('skip'),
    }),
  )
  expect(readFileSync(disk.path('out/in/folder/new'), 'utf8')).toBe('appeared')
  expect(readFileSync(disk.path('out/in/folder/new (1)'), 'utf8')).toBe('not there yet')
})

it('cancelling ends a question; without anybody to ask nothing begins', async () => {
  using disk = mountImage('btrfs')
  await prepare(disk)
  const before = readdirSync(disk.path('out'), { recursive: true })
  const controller = new AbortController()
  const { job } = watchedJob(controller.signal)
  const options = extractOptions(disk.path('out'), { onConflict: 'ask' })
  const extractWith = (settleConflict?: JobContext['settleConflict']) =>
    withArchive(disk.path('a.reftar'), (reader) =>
      extractArchive(createPorts(), reader, options, { ...job, ...(settleConflict && { settleConflict }) }),
    )
  expect((await errorOf(extractWith())).code).toBe('usage')
  const never = extractWith(() => {
    controller.abort()
    return new Promise(() => {})
  })
  expect((await errorOf(never)).code).toBe('cancelled')
  expect(readdirSync(disk.path('out'), { recursive: true })).toEqual(before)
})
