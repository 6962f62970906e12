/** Sources that change while they are read: each is reported by name, nothing else suffers, and the archive stays sound. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changeVisibly, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { create, storedPaths, verify } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

const sizes = { large: MIB + 10, small: 9 * KIB } as const

function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in/folder'), { recursive: true })
  for (const name of ['a', 'm', 'z']) {
    writeFileSync(disk.path('in', `${name} large`), randomBytes(sizes.large))
    writeFileSync(disk.path('in', `${name} small`), randomBytes(sizes.small))
  }
  writeFileSync(disk.path('in/folder/inside'), 'x')
}

/** What can happen to a file between being opened and being read. */
const changes: Readonly<Record<string, (path: string) => void>> = {
  grows: (path) => appendFileSync(path, 'more'),
  shrinks: (path) => truncateSync(path, 5000),
  'is emptied': (path) => truncateSync(path, 0),
  'is written to': (path) => changeVisibly(path, 4096, 10),
  'is written to and gets its old time back': (path) => {
    const before = `${path} before`
    runTool('touch', ['--reference', path, before])
    overwriteRandomly(path, [4096], 10)
    runTool('touch', ['--reference', before, path])
    rmSync(before)
  },
  'is deleted': (path) => rmSync(path),
  'is replaced': (path) => {
    writeFileSync(`${path}.new`, 'other')
    renameSync(`${path}.new`, path)
  },
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it.each(Object.entries(changes))('a file that %s', async (_, change) => {
    using disk = mountImage(type)
    fill(disk)
    const others = new Map(['a large', 'z small'].map((name) => [name, readFileSync(disk.path('in', name))]))
    const entry = (path: string) => {
      if (path === 'in/m large' || path === 'in/m small') change(disk.path(path))
    }
    const { summary, problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), {}, { entry })
    expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'changed-while-read', path: 'in/m large' },
      { code: 'changed-while-read', path: 'in/m small' },
    ])
    expect(summary.problems).toBe(2)
    expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
    mkdirSync(disk.path('out'))
    expect((await extract(disk.path('a.reftar'), disk.path('out'))).problems).toEqual([])
    for (const [name, bytes] of others) expect(readFileSync(disk.path('out/in', name)).equals(bytes)).toBe(true)
    // It keeps the size that it had.
    for (const kind of ['large', 'small'] as const) {
      expect(statSync(disk.path('out/in', `m ${kind}`)).size).toBe(sizes[kind])
    }
  })
})

it('what vanishes before its turn is reported, and the rest stored', async () => {
  using disk = mountImage('btrfs')
  fill(disk)
  // The walk has listed the folder when the first of what it holds comes.
  const entry = (path: string) => {
    if (path !== 'in/a large') return
    rmSync(disk.path('in/a small'))
    rmSync(disk.path('in/folder'), { recursive: true })
  }
  const { problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), {}, { entry })
  expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
    { code: 'not-found', path: 'in/a small' },
    { code: 'not-found', path: 'in/folder' },
  ])
  const stored = ['in', 'in/a large', 'in/m large', 'in/m small', 'in/z large', 'in/z small']
  expect(await storedPaths(disk.path('a.reftar'))).toEqual(stored)
})

it('a file that another process keeps writing to', async () => {
  using disk = mountImage('xfs')
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/quiet'), randomBytes(MIB))
  writeFileSync(disk.path('in/busy'), randomBytes(16 * MIB))
  const script = `exec 3<>"$1"; echo; while :; do printf x >&3; done`
  const writer = spawn('bash', ['-c', script, 'bash', disk.path('in/busy')], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(writer.stdout, 'data')
    const changedAt = () => statSync(disk.path('in/busy'), { bigint: true }).ctimeNs
    // It is open by now; on a busy machine the other process may need a moment.
    const entry = (path: string) => {
      if (path !== 'in/busy') return
      const before = changedAt()
      while (changedAt() === before) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
    const { problems } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), {}, { entry })
    expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'changed-while-read', path: 'in/busy' },
    ])
  } finally {
    writer.kill('SIGKILL')
    await once(writer, 'exit')
  }
  // A mix, but a sound one: what is stored is what was hashed.
  expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
  mkdirSync(disk.path('out'))
  const { problems } = await extract(disk.path('a.reftar'), disk.path('out'), { verifyContents: true })
  expect(problems).toEqual([])
})
