/** What the main process must hold to, whatever the page looks like: the page's requests are made here by hand. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type ByteString, textToByteString } from '../src/shared/byte-string.ts'
import { describeError } from '../src/shared/errors.ts'
import type { Answer, Api, RequestName, Requests } from '../src/shared/ipc/contract.ts'
import type { CreateRequest, JobState } from '../src/shared/ipc/jobs.ts'
import { test as base, expect, startSecond } from './support/app.ts'
import { takeHolds, watchMainThread } from './support/main-thread.ts'
import { answerNative, nativeCalls } from './support/native-calls.ts'

declare global {
  interface Window {
    readonly reftar: Api<File>
  }
}

/** A folder with many files, named on the command line. */
const test = base.extend<{ tree: string; scratch: string; files: number }>({
  files: [20, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  scratch: async ({}, use) => {
    const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'reftar-e2e-')))
    await use(scratch)
    rmSync(scratch, { recursive: true })
  },
  tree: async ({ scratch, files }, use) => {
    const tree = join(scratch, 'tree')
    mkdirSync(tree)
    for (let i = 0; i < files; i++) writeFileSync(join(tree, `file-${i}`), `file ${i} `.repeat(100))
    await use(tree)
  },
  appArguments: async ({ tree }, use) => use([tree]),
})

/** As text: Playwright's own way of sending arguments knows nothing of the contract's types. */
function ask<Name extends RequestName>(
  page: Page,
  name: Name,
  ...args: Requests[Name]['args']
): Promise<Answer<Requests[Name]['result']>> {
  return page.evaluate(`window.reftar.request(${JSON.stringify(name)}, ...${JSON.stringify(args)})`)
}

/** The answer of a request that isn't refused. */
async function get<Name extends RequestName>(
  page: Page,
  name: Name,
  ...args: Requests[Name]['args']
): Promise<Requests[Name]['result']> {
  const answer = await ask(page, name, ...args)
  if (!answer.ok) throw new Error(`${name}: ${describeError(answer.error)}`)
  return answer.value
}

const bytes = textToByteString

/** Of an archive beside its input. */
async function createRequest(
  page: Page,
  input: string,
  name: string,
): Promise<CreateRequest & { archivePath: ByteString }> {
  // What was named at the start was granted before the page asked for it.
  const suggested = await get(page, 'suggestArchive', [bytes(input)])
  expect(suggested).toBe(`${input}.reftar`)
  return {
    archivePath: suggested,
    inputs: [bytes(input)],
    exclude: [name],
    format: 2,
    deduplicate: true,
    instant: false,
    compress: false,
    clone: 'auto',
    oneFilesystem: false,
  }
}

async function startCreate(page: Page, input: string, name: string): Promise<{ jobId: number; path: ByteString }> {
  const options = await createRequest(page, input, name)
  return { ...(await get(page, 'startJob', { kind: 'create', options })), path: options.archivePath }
}

/** The page pauses the job itself, while its thread still begins: a request from out here may come when it has ended. */
async function startPaused(page: Page, input: string, name: string): Promise<{ jobId: number }> {
  const options = await createRequest(page, input, name)
  const jobId = await page.evaluate<number>(`(async () => {
    const { value } = await window.reftar.request('startJob', ${JSON.stringify({ kind: 'create', options })})
    await window.reftar.request('pauseJob', value.jobId)
    return value.jobId
  })()`)
  expect(await jobState(page, jobId)).toMatchObject({ status: 'paused' })
  return { jobId }
}

function jobState(page: Page, id: number): Promise<JobState | undefined> {
  return get(page, 'jobs').then((states) => states.find(({ jobId }) => jobId === id))
}

async function expectEnd(page: Page, id: number, status: JobState['status']): Promise<void> {
  await expect
    .poll(() => jobState(page, id).then((state) => state?.endedAt !== undefined), { timeout: 50_000 })
    .toBe(true)
  expect(await jobState(page, id)).toMatchObject({ status })
}

test.describe('paths', () => {
  test('nobody gave are refused, and so are requests that the contract doesn’t know', async ({
    page,
    tree,
    scratch,
  }) => {
    expect(await ask(page, 'openArchive', bytes('/etc/passwd'))).toMatchObject({
      ok: false,
      error: { code: 'not-chosen' },
    })
    expect(await ask(page, 'openArchive', bytes(scratch))).toMatchObject({ ok: false, error: { code: 'not-chosen' } })
    const inside = bytes(join(tree, 'file-1'))
    expect(await ask(page, 'openArchive', inside)).toMatchObject({ ok: false, error: { code: 'not-an-archive' } })
    const wrong = await page.evaluate(() => Reflect.apply(window.reftar.request, undefined, ['viewRows', 1, -1, 'x']))
    expect(wrong).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  test('of a second start come to the first window', async ({ page, tree, userData }) => {
    const given = page.evaluate(() => new Promise((resolve) => window.reftar.on('given', resolve)))
    await startSecond('.', userData, [join(tree, 'file-3'), `${tree}/missing`])
    expect(await given).toMatchObject([
      { path: join(tree, 'file-3'), kind: 'file' },
      { path: join(tree, 'missing'), kind: 'missing' },
    ])
  })

  test('come by dialogs', async ({ app, page, scratch }) => {
    writeFileSync(join(scratch, 'chosen'), 'x')
    await answerNative(app, 'dialog', 'showOpenDialog', { canceled: false, filePaths: [join(scratch, 'chosen')] })
    expect(await get(page, 'chooseFiles')).toMatchObject([
      { path: join(scratch, 'chosen'), kind: 'file', sizeBytes: 1 },
    ])
    await answerNative(app, 'shell', 'showItemInFolder')
    await get(page, 'revealPath', bytes(join(scratch, 'chosen')))
    expect(await nativeCalls(app, 'shell', 'showItemInFolder')).toEqual([[join(scratch, 'chosen')]])
  })
})

test('an archive is opened, browsed, and its entries go to other programs as private clones', async ({
  app,
  page,
  tree,
}) => {
  const { jobId, path } = await startCreate(page, tree, 'none')
  await expectEnd(page, jobId, 'done')
  const { archiveId, info } = await get(page, 'openArchive', path)
  expect(info.totals.files).toBe(20)
  const query = {
    archiveId,
    folder: bytes('tree'),
    search: '',
    filter: { kinds: [], packedOnly: false, sharesWithOrdinal: undefined },
    sort: { column: 'name', descending: true },
    foldersFirst: true,
  } as const
  const { state } = await get(page, 'openView', query, 3)
  const viewRows = () => get(page, 'viewRows', state.viewId, 0, 3).then(({ rows }) => rows)
  // A machine that is slow answers with what it has found so far.
  await expect
    .poll(async () => (await viewRows()).map((row) => row.path))
    .toEqual(['tree/file-9', 'tree/file-8', 'tree/file-7'])
  const rows = await viewRows()
  const ordinal = rows[0]?.ordinal ?? 0
  expect(await get(page, 'previewEntry', archiveId, ordinal)).toMatchObject({
    kind: 'text',
    text: 'file 9 '.repeat(100),
  })
  await answerNative(app, 'shell', 'openPath', '')
  await get(page, 'openEntry', archiveId, ordinal)
  const [[opened]] = (await nativeCalls(app, 'shell', 'openPath')) as [[string]]
  expect(opened).toMatch(/\.?reftar-open-[0-9a-f]{16}\/tree\/file-9$/)
  expect(existsSync(opened)).toBe(true)
  await get(page, 'closeArchive', archiveId)
  expect(existsSync(opened)).toBe(false)
  expect(await get(page, 'start')).toMatchObject({ recents: [{ path }] })
})

test.describe('a long job', () => {
  test.use({ files: 3000 })

  test('goes on when the window is reloaded', async ({ page, tree }) => {
    const { jobId } = await startPaused(page, tree, 'none')
    await page.reload()
    await page.waitForFunction(() => 'reftar' in window)
    expect(await jobState(page, jobId)).toMatchObject({ status: 'paused' })
    await get(page, 'resumeJob', jobId)
    await expectEnd(page, jobId, 'done')
  })

  test('goes on when the page’s process dies, and the window loads itself again', async ({
    app,
    page,
    tree,
    userData,
  }) => {
    const { jobId, path } = await startCreate(page, tree, 'none')
    const reloaded = app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const loaded = new Promise<boolean>((resolve) => window?.webContents.once('did-finish-load', () => resolve(true)))
      window?.webContents.forcefullyCrashRenderer()
      return loaded
    })
    expect(await reloaded).toBe(true)
    // Playwright gives a page up that crashed: what the job makes is seen on disk, and that it has ended by what the app
    // remembers then. Before, it would ask whether to quit.
    expect(jobId).toBe(1)
    const state = join(userData, 'state.json')
    await expect
      .poll(() => (existsSync(state) ? readFileSync(state, 'utf8') : ''), { timeout: 50_000 })
      .toContain(JSON.stringify(path))
    expect(existsSync(path)).toBe(true)
  })

  test('is asked about before the app quits: kept when the user keeps working', async ({ app, page, tree }) => {
    const { jobId } = await startPaused(page, tree, 'none')
    await answerNative(app, 'dialog', 'showMessageBox', { response: 1 })
    await app.evaluate(({ app }) => app.quit())
    await expect.poll(() => nativeCalls(app, 'dialog', 'showMessageBox')).toHaveLength(1)
    expect(await jobState(page, jobId)).toMatchObject({ status: 'paused' })
    await get(page, 'resumeJob', jobId)
    await expectEnd(page, jobId, 'done')
  })

  test('is cancelled when the user quits all the same, and leaves nothing half', async ({
    app,
    page,
    tree,
    scratch,
  }) => {
    await startPaused(page, tree, 'none')
    await answerNative(app, 'dialog', 'showMessageBox', { response: 0 })
    const closed = app.waitForEvent('close')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await closed
    expect(readdirSync(scratch)).toEqual(['tree'])
  })

  test('never holds the main process up for 50 ms', async ({ app, page, tree }) => {
    await watchMainThread(app)
    // What is watched for is seen: a loop that computes, and a wait for something that doesn't come.
    await app.evaluate(() => {
      const before = process.cpuUsage()
      for (let used = 0; used < 300_000; ) {
        const { user, system } = process.cpuUsage(before)
        used = user + system
      }
    })
    const computed = await takeHolds(app)
    expect(computed.calls).toEqual([])
    expect(computed.longestMilliseconds).toBeGreaterThan(50)
    await app.evaluate(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200))
    const waited = await takeHolds(app)
    expect(waited.calls).toEqual(['Atomics.wait'])
    expect(waited.longestMilliseconds).toBeGreaterThan(50)

    const { jobId } = await startCreate(page, tree, 'none')
    await expectEnd(page, jobId, 'done')
    const working = await takeHolds(app)
    expect(working.turns).toBeGreaterThan(20)
    expect(working.longestMilliseconds).toBeLessThan(50)
    expect(working.calls).toEqual([])
  })
})

test('no native library is loaded in the main process, which would be some milliseconds of its start', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('button', { name: 'New archive…' })).toBeVisible()
  const loaded = await app.evaluate(() => Object(process.report.getReport())['sharedObjects'] as string[])
  expect(loaded.length).toBeGreaterThan(0)
  expect(loaded.filter((path) => path.endsWith('.node'))).toEqual([])
})

test('settings and the window’s place are there at the next start', async ({ app, page, userData }) => {
  await get(page, 'changeSettings', { theme: 'dark', treeWidthPixels: 333 })
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 700 })
  })
  await app.close()
  const read = (name: string): unknown => JSON.parse(readFileSync(join(userData, name), 'utf8'))
  expect(read('settings.json')).toMatchObject({ theme: 'dark', treeWidthPixels: 333 })
  expect(read('state.json')).toMatchObject({ window: { x: 40, y: 50, width: 900, height: 700, maximized: false } })
})
