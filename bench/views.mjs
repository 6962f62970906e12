/**
 * `node bench/views.mjs [FOLDER] [ENTRIES]`: how fast the window's tables answer for an archive of a million entries, asked
 * of the built worker thread as the main process asks it. FOLDER should be on tmpfs; the files made there are removed.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'

const [parent = '/dev/shm', entryText = '1000000'] = process.argv.slice(2)
const entries = Number(entryText)
const FLAT = Math.min(100_000, entries / 2)

const folder = mkdtempSync(join(parent, 'reftar-views-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/** A tenth of all files in one folder, the others a thousand to a folder; sizes and names repeat. */
function makeArchive() {
  const tree = join(folder, 'tree')
  mkdirSync(join(tree, 'flat'), { recursive: true })
  for (let i = 0; i < FLAT; i++) writeFileSync(join(tree, 'flat', `IMG_${String(i).padStart(7, '0')}.jpg`), '')
  for (let i = 0; i < entries - FLAT; i++) {
    const inside = join(tree, `folder-${String(Math.floor(i / 1000)).padStart(4, '0')}`)
    if (i % 1000 === 0) mkdirSync(inside)
    writeFileSync(join(inside, `file-${(i * 7919) % 100_003}.txt`), i % 10 === 0 ? 'x'.repeat(i % 997) : '')
  }
  const archive = join(folder, 'archive.reftar')
  execFileSync(process.execPath, [resolve('bin/reftar.js'), 'create', '-q', '-f', archive, tree], { stdio: 'inherit' })
  rmSync(tree, { recursive: true })
  return archive
}

/** The archive's thread, with its calls and events as `src/main/workers/calls.ts` has them. */
function startWorker() {
  const worker = new Worker(resolve('out/main/archive-worker.js'))
  const waiting = new Map()
  let lastId = 0
  const states = { heard: (_state) => {} }
  worker.on('message', (message) => {
    if (message.kind === 'event') states.heard(message.event)
    else {
      const { resolve, reject } = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.answer.ok) resolve(message.answer.value)
      else reject(new Error(message.answer.error.message))
    }
  })
  const call = (name, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject })
      worker.postMessage({ id: lastId, name, args })
    })
  return { call, states, end: () => worker.terminate() }
}

const noFilter = { kinds: [], packedOnly: false, sharesWithOrdinal: undefined }
const plain = { archiveId: 1, folder: '', search: '', filter: noFilter, foldersFirst: true }

const archive = makeArchive()
const { call, states, end } = startWorker()
const line = (what, milliseconds) => console.log(`${what.padEnd(60)} ${milliseconds.toFixed(0).padStart(7)} ms`)
let viewId = 0

/** Opens a view and waits for its first rows, then for its end; rows are asked for meanwhile as a window does. */
async function measure(what, query) {
  const id = ++viewId
  const begun = performance.now()
  let firstRows
  const isDone = new Promise((resolve) => {
    states.heard = (state) => {
      if (state.viewId !== id) return
      if (state.rowCount > 0 && firstRows === undefined) firstRows = performance.now() - begun
      if (state.complete) resolve(undefined)
    }
  })
  const state = await call('openView', id, { ...plain, ...query })
  if (state.rowCount > 0) {
    await call('viewRows', id, 0, 60)
    firstRows = performance.now() - begun
  }
  if (!state.complete) await isDone
  line(`${what}: first rows`, firstRows ?? Number.NaN)
  line(`${what}: all`, performance.now() - begun)
  const { state: last } = await call('viewRows', id, 0, 1)
  const asked = performance.now()
  const { rows } = await call('viewRows', id, Math.floor(last.rowCount / 2), 60)
  line(`${what}: ${rows.length} rows in the middle of ${last.rowCount}`, performance.now() - asked)
  await call('closeView', id)
}

const begun = performance.now()
await call('open', archive)
line('open', performance.now() - begun)
const byName = { column: 'name', descending: false }
await measure('root by name', { sort: byName })
await measure('100,000 files by name', { folder: 'tree/flat', sort: byName })
await measure('100,000 files by name, descending', { folder: 'tree/flat', sort: { column: 'name', descending: true } })
await measure('100,000 files by date', { folder: 'tree/flat', sort: { column: 'modified', descending: true } })
await measure('search “jpg”, by path', {
  search: 'jpg',
  sort: { column: 'path', descending: false },
  foldersFirst: false,
})
await measure('search “file”, by name', { search: 'file', sort: byName })
await measure('search “f”, by size', { search: 'f', sort: { column: 'size', descending: true } })
await measure('by what is shared, once that is known', { search: 'f', sort: { column: 'shared', descending: true } })
console.log(`process ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
await call('close')
await end()
