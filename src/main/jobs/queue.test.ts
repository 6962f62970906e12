import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildWorker } from '../../../test/support/built-worker.ts'
import { textToByteString } from '../../shared/byte-string.ts'
import type { CreateRequest, ExtractRequest, JobState } from '../../shared/ipc/jobs.ts'
import { createOptions, extractOptions } from './orders.ts'
import { JobQueue } from './queue.ts'

const bytes = textToByteString
let worker: Awaited<ReturnType<typeof buildWorker>>
let folder: string
let queue: JobQueue
let changes: JobState[]
/** Who waits for the next change. */
const waiting = new Set<() => void>()

beforeAll(async () => {
  mkdirSync('out', { recursive: true })
  worker = await buildWorker('src/main/jobs/worker.ts')
})
afterAll(() => worker.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reftar-jobs-'))
  changes = []
  queue = new JobQueue(worker.path, ({ changed }) => {
    changes.push(...changed)
    for (const hear of waiting) hear()
    waiting.clear()
  })
})
afterEach(async () => {
  await queue.cancelAll()
  rmSync(folder, { recursive: true })
})

/** Settles when a job's state is as wanted. */
async function until(id: number, isSo: (state: JobState) => boolean): Promise<JobState> {
  for (;;) {
    const state = queue.job(id).state
    if (isSo(state)) return state
    await new Promise<void>((resolve) => waiting.add(resolve))
  }
}
const ended = (id: number) => until(id, ({ endedAt }) => endedAt !== undefined)
const inFolder = (name: string): string => join(folder, name)

const request: CreateRequest = {
  archivePath: undefined,
  inputs: [],
  exclude: [],
  format: 2,
  deduplicate: true,
  instant: false,
  compress: false,
  clone: 'auto',
  oneFilesystem: false,
}

function addCreate(name: string, input: string): number {
  const archivePath = bytes(inFolder(name))
  const options = createOptions({ ...request, archivePath, inputs: [bytes(input)] })
  return queue.add({ kind: 'create', options: { ...options, archivePath } })
}

function addExtract(archive: string, target: string, more: Partial<ExtractRequest> = {}): number {
  const choices: ExtractRequest = {
    archiveId: 1,
    selection: { kind: 'all' },
    directory: bytes(inFolder(target)),
    relativeTo: bytes(''),
    smartFolder: false,
    onConflict: 'fail',
    clone: 'auto',
    verifyContents: true,
    keepDamaged: false,
    ...more,
  }
  const { smartFolder } = choices
  const archivePath = bytes(inFolder(archive))
  return queue.add({ kind: 'extract', archivePath, smartFolder, options: extractOptions(choices, undefined) })
}

/** Large enough to be met in the middle: thousands of files that share nothing. */
function makeTree(name: string, files: number): string {
  mkdirSync(inFolder(name))
  for (let i = 0; i < files; i++) writeFileSync(join(folder, name, `file-${i}`), `${name} ${i} `.repeat(40))
  return inFolder(name)
}

describe('jobs in threads of their own', () => {
  it('archive, verify and extract, and say how it went', async () => {
    const tree = makeTree('tree', 50)
    const created = await ended(addCreate('a.reftar', tree))
    expect(created).toMatchObject({ status: 'done', kind: 'create', problemCount: 0, error: undefined })
    expect(created.result).toMatchObject({ kind: 'create', summary: { files: 50 } })
    const verified = await ended(queue.add({ kind: 'verify', archivePath: bytes(inFolder('a.reftar')) }))
    expect(verified.result).toMatchObject({ kind: 'verify', report: { faults: 0, complete: true } })
    mkdirSync(inFolder('target'))
    const extracted = await ended(addExtract('a.reftar', 'target'))
    expect(extracted.result).toMatchObject({ kind: 'extract', directory: inFolder('target'), dataHashes: 'complete' })
    expect(readFileSync(inFolder('target/tree/file-7'), 'utf8')).toBe(readFileSync(join(tree, 'file-7'), 'utf8'))
    expect(changes.filter(({ jobId }) => jobId === 1).map(({ status }) => status)).toContain('running')
    expect(created.progress).toMatchObject({ filesDone: 50, filesTotal: 50 })
  })

  it('don’t look for totals that somebody else finds out', async () => {
    const archivePath = bytes(inFolder('a.reftar'))
    const options = createOptions({ ...request, archivePath, inputs: [bytes(makeTree('tree', 50))] })
    const totals = Promise.resolve({ files: 77, logicalBytes: 12_345 })
    const created = await ended(queue.add({ kind: 'create', options: { ...options, archivePath } }, totals))
    expect(created.progress).toMatchObject({ filesDone: 50, filesTotal: 77, bytesTotal: 12_345 })
    const known = await ended(
      queue.add({ kind: 'create', options: { ...options, archivePath } }, Promise.resolve(undefined)),
    )
    expect(known.progress).toMatchObject({ filesDone: 50, filesTotal: undefined, bytesTotal: undefined })
  })

  it('put several things into a folder of their own', async () => {
    makeTree('one', 2)
    makeTree('two', 2)
    const archivePath = bytes(inFolder('both.reftar'))
    const inputs = ['one', 'two'].map((name) => bytes(inFolder(name)))
    const options = { ...createOptions({ ...request, archivePath, inputs }), archivePath }
    await ended(queue.add({ kind: 'create', options }))
    mkdirSync(inFolder('target'))
    const state = await ended(addExtract('both.reftar', 'target', { smartFolder: true }))
    expect(state.result).toMatchObject({ kind: 'extract', directory: inFolder('target/both') })
    expect(readdirSync(inFolder('target/both')).sort()).toEqual(['one', 'two'])
  })

  it('fail with the reason, and count the problems of single entries', async () => {
    const state = await ended(queue.add({ kind: 'verify', archivePath: bytes(inFolder('missing')) }))
    expect(state).toMatchObject({ status: 'failed', error: { code: 'not-found', path: inFolder('missing') } })
    await ended(addCreate('a.reftar', makeTree('tree', 30)))
    mkdirSync(inFolder('tree/extra'))
    const again = await ended(addExtract('a.reftar', '.'))
    expect(again).toMatchObject({ status: 'done', problemCount: 30 })
    expect(again.problems).toHaveLength(20)
    expect(queue.job(again.jobId).problems(25, 10)).toHaveLength(5)
    expect(queue.job(again.jobId).problems(0, 1)[0]).toMatchObject({ code: 'already-exists' })
  })

  it('run two at a time, the others in their turn', async () => {
    const tree = makeTree('tree', 400)
    const ids = ['a', 'b', 'c', 'd'].map((name) => addCreate(`${name}.reftar`, tree))
    expect(queue.states.map(({ status }) => status)).toEqual(['running', 'running', 'queued', 'queued'])
    expect(queue.openCount).toBe(4)
    for (const id of ids) expect((await ended(id)).status).toBe('done')
    let most = 0
    const running = new Set<number>()
    for (const { jobId, startedAt, endedAt } of changes) {
      if (endedAt !== undefined) running.delete(jobId)
      else if (startedAt !== undefined) running.add(jobId)
      most = Math.max(most, running.size)
    }
    expect(most).toBe(2)
  })

  it('stand still while paused, can be cancelled then, and leave nothing', async () => {
    const tree = makeTree('tree', 1500)
    const id = addCreate('a.reftar', tree)
    queue.job(id).pause()
    expect(queue.job(id).state.status).toBe('paused')
    // Another one gets through meanwhile, so this one has had its time.
    await ended(addCreate('b.reftar', tree))
    expect(queue.job(id).state).toMatchObject({ status: 'paused', endedAt: undefined })
    queue.job(id).resume()
    expect(queue.job(id).state.status).toBe('running')
    queue.job(id).pause()
    queue.job(id).cancel()
    expect(await ended(id)).toMatchObject({ status: 'cancelled', error: undefined, result: undefined })
    expect(readdirSync(folder).sort()).toEqual(['b.reftar', 'tree'])
  })

  it('finish after a pause', async () => {
    const id = addCreate('a.reftar', makeTree('tree', 300))
    queue.job(id).pause()
    queue.job(id).resume()
    expect((await ended(id)).status).toBe('done')
  })

  it('are cancelled before they begin', async () => {
    const tree = makeTree('tree', 200)
    const ids = ['a', 'b', 'c'].map((name) => addCreate(`${name}.reftar`, tree))
    const last = ids.at(-1) ?? 0
    queue.job(last).cancel()
    expect(queue.job(last).state).toMatchObject({ status: 'cancelled', startedAt: undefined })
    await Promise.all(ids.map(ended))
    expect(existsSync(inFolder('c.reftar'))).toBe(false)
  })

  it('ask about conflicts, wait, and can be cancelled while they do', async () => {
    await ended(addCreate('a.reftar', makeTree('tree', 3)))
    writeFileSync(inFolder('tree/file-1'), 'changed')
    const id = addExtract('a.reftar', '.', { onConflict: 'ask' })
    const { question } = await until(id, ({ status }) => status === 'waiting')
    expect(question).toMatchObject({ entry: 'tree/file-0', equalContents: true })
    expect(() => queue.job(id).answer(99, { action: 'skip', applyToAll: true })).toThrow('isn’t open')
    queue.job(id).answer(question?.conflictId ?? 0, { action: 'skip', applyToAll: false })
    const second = await until(
      id,
      (state) => state.question !== undefined && state.question.conflictId !== question?.conflictId,
    )
    expect(second.question).toMatchObject({ entry: 'tree/file-1', equalContents: false })
    queue.job(id).answer(second.question?.conflictId ?? 0, { action: 'overwrite', applyToAll: true })
    expect(await ended(id)).toMatchObject({ status: 'done', question: undefined })
    expect(readFileSync(inFolder('tree/file-1'), 'utf8')).toContain('tree 1')
    const last = addExtract('a.reftar', '.', { onConflict: 'ask' })
    await until(last, ({ status }) => status === 'waiting')
    queue.job(last).cancel()
    expect((await ended(last)).status).toBe('cancelled')
  })

  it('fail with a reason when their thread is killed, and the next one runs', async () => {
    const tree = makeTree('tree', 1500)
    const id = addCreate('a.reftar', tree)
    // Paused, so that it can't be done before; another one gets through meanwhile, so it is in the middle of its work.
    queue.job(id).pause()
    await ended(addCreate('b.reftar', tree))
    await queue.job(id).kill()
    expect(await ended(id)).toMatchObject({ status: 'failed', error: { code: 'work-ended' } })
    expect(existsSync(inFolder('a.reftar'))).toBe(false)
    expect((await ended(addCreate('c.reftar', tree))).status).toBe('done')
  })

  it('stay on the list until dismissed', async () => {
    const id = addCreate('a.reftar', makeTree('tree', 300))
    queue.dismiss(id)
    expect(queue.states).toHaveLength(1)
    await ended(id)
    queue.dismiss(id)
    expect(queue.states).toEqual([])
    expect(() => queue.job(id)).toThrow('isn’t on the list')
  })
})
