/** What telling how far it is costs a job: jobs of the app, drawn by its window, in turn with the same work done in silence. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { textToByteString as bytes } from '../../src/shared/byte-string.ts'
import type { Answer, Api, RequestName, Requests } from '../../src/shared/ipc/contract.ts'
import type { CreateRequest, ExtractRequest, JobRequest, JobResult } from '../../src/shared/ipc/jobs.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { MIB } from '../../test/support/blocks.ts'
import { buildWorker } from '../../test/support/built-worker.ts'
import { mountImage } from '../../test/support/loopback.ts'
import { test as base } from '../support/app.ts'
import { figure, ratios } from './figures.ts'

declare global {
  interface Window {
    readonly reftar: Api<File>
  }
}

const RUNS = 3
/** So many that what a job costs once, as the first drawing of its line, is little beside it. */
const FILES = 400_000
/** Of the time in silence. */
const MOST = 1.03

const plainCreate: Omit<CreateRequest, 'archivePath' | 'inputs'> = {
  exclude: [],
  format: 2,
  deduplicate: true,
  instant: false,
  compress: false,
  clone: 'auto',
  oneFilesystem: false,
}
const plainExtract: Omit<ExtractRequest, 'archiveId' | 'directory'> = {
  selection: { kind: 'all' },
  relativeTo: bytes(''),
  smartFolder: false,
  onConflict: 'fail',
  clone: 'auto',
  verifyContents: true,
  keepDamaged: false,
}

/** 460 MB of small files, which have the most to tell of. In memory: a disk's moods would be larger than what is measured. */
const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  folder: async ({}, use) => {
    using disk = mountImage('tmpfs', { sizeBytes: 6144 * MIB })
    const tree = disk.path('tree')
    for (let i = 0; i < FILES; i++) {
      if (i % 100 === 0) mkdirSync(join(tree, `${i / 100}`), { recursive: true })
      writeFileSync(join(tree, `${Math.floor(i / 100)}`, `${i}.txt`), `line ${i * 7919}\n`.repeat((i * 31) % 190))
    }
    mkdirSync(disk.path('target'))
    await use(disk.mountpoint)
  },
  userData: async ({ folder }, use, info) => {
    const userData = info.outputPath('user-data')
    mkdirSync(userData, { recursive: true })
    writeFileSync(join(userData, 'state.json'), JSON.stringify({ targetFolder: join(folder, 'target') }))
    await use(userData)
  },
  app: async ({ folder: _folder, app }, use) => use(app),
  appArguments: async ({ folder }, use) => use([join(folder, 'tree')]),
})

/** What the page asks main for. */
async function ask<Name extends RequestName>(
  page: Page,
  name: Name,
  ...args: Requests[Name]['args']
): Promise<Requests[Name]['result']> {
  const answer: Answer<Requests[Name]['result']> = await page.evaluate(
    `window.reftar.request(${JSON.stringify(name)}, ...${JSON.stringify(args)})`,
  )
  if (!answer.ok) throw new Error(`${name}: ${inEnglish(answer.error.message)}`)
  return answer.value
}

/** The plan that a dialog shows before its job is started. */
async function plan(page: Page, request: CreateRequest): Promise<void> {
  await page.evaluate(
    (request) =>
      new Promise<void>((resolve) => {
        window.reftar.on('createPlan', ({ complete }) => complete && resolve())
        void window.reftar.request('planCreate', request)
      }),
    request,
  )
}

/** Milliseconds that the engine took for a job of the app, which the window shows meanwhile. */
async function inApp(page: Page, request: JobRequest): Promise<number> {
  const { jobId } = await ask(page, 'startJob', request)
  const bar = page.getByRole('region', { name: 'Jobs' })
  await bar.getByRole('button', { name: 'Dismiss' }).waitFor()
  const state = (await ask(page, 'jobs')).find((job) => job.jobId === jobId)
  await ask(page, 'dismissJob', jobId)
  return took(state?.result)
}

/** The same in a thread of the app's main process that nobody hears of. */
async function inSilence(app: ElectronApplication, worker: string, data: unknown): Promise<number> {
  return took(
    await app.evaluate(
      (_, { worker, data }) => {
        const { Worker } = process.getBuiltinModule('node:worker_threads')
        return new Promise<JobResult>((resolve, reject) => {
          new Worker(worker, { workerData: data })
            .on('message', (message) => message.kind !== 'verdicts' && resolve(message))
            .on('error', reject)
        })
      },
      { worker, data },
    ),
  )
}

function took(result: JobResult | undefined): number {
  if (result?.kind !== 'create' && result?.kind !== 'extract') throw new Error('The job came to nothing.')
  return result.summary.elapsedMilliseconds
}

/** Both ways in turn, each on a place that `clear` has cleared; the first time doesn't count. */
async function takeTurns(clear: () => void, told: () => Promise<number>, silent: () => Promise<number>) {
  const times = { told: [] as number[], silent: [] as number[] }
  for (let run = 0; run <= RUNS; run++) {
    // Who goes first finds what the other one left behind: they change places.
    for (const way of run % 2 === 0 ? (['told', 'silent'] as const) : (['silent', 'told'] as const)) {
      clear()
      const time = await { told, silent }[way]()
      if (run > 0) times[way].push(time)
    }
  }
  return times
}

function report(what: string, { told, silent }: { told: readonly number[]; silent: readonly number[] }): void {
  figure(`${what}, shown in the window`, 'ms', told)
  figure(`${what}, in silence`, 'ms', silent)
  figure(`${what}, shown to silent`, '×', ratios(told, silent), MOST)
}

test('progress', async ({ app, page, folder }) => {
  const worker = await buildWorker('test/support/silent-job.ts')
  try {
    await page.keyboard.press('Escape')
    const inputs = [bytes(join(folder, 'tree'))]
    const archivePath = await ask(page, 'suggestArchive', inputs)
    const create: JobRequest = { kind: 'create', options: { ...plainCreate, archivePath, inputs } }
    report(
      'creating',
      await takeTurns(
        () => rmSync(archivePath, { force: true }),
        async () => {
          await plan(page, create.options)
          return inApp(page, create)
        },
        () => inSilence(app, worker.path, { archivePath, request: create }),
      ),
    )
    const { archiveId } = await ask(page, 'openArchive', archivePath)
    const directory = await ask(page, 'suggestTarget', archiveId)
    const extract: JobRequest = { kind: 'extract', options: { ...plainExtract, archiveId, directory } }
    report(
      'extracting',
      await takeTurns(
        () => rmSync(join(directory, 'tree'), { recursive: true, force: true }),
        () => inApp(page, extract),
        () => inSilence(app, worker.path, { archivePath, request: extract }),
      ),
    )
  } finally {
    worker.remove()
  }
})
