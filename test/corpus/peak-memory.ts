/**
 * Lists, verifies and extracts the corpus in a process of its own, as the commands do, and prints its peak memory in
 * MiB, Node itself included.
 */
import { readFileSync, writeSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import { createPorts } from '../../native/index.ts'
import { defaultLimits, type ReadLimits } from '../../src/main/engine/limits.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { extractInto } from '../fuzz/extracting.ts'
import { MemoryArchive } from '../fuzz/memory-archive.ts'
import { Sandbox } from '../fuzz/sandbox.ts'

interface Described {
  readonly file: string
  readonly traps?: boolean
  readonly limits?: Partial<ReadLimits>
}

/** When V8 frees what nobody uses any more is chance, and packs are large: it does so before each large one here. */
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const LARGE_BYTES = 1 << 20
const { compressor, ...ports } = createPorts()
const collecting: typeof compressor = {
  ...compressor,
  decompressSync(frame, rawLengthBytes) {
    if (rawLengthBytes >= LARGE_BYTES) collectGarbage()
    return compressor.decompressSync(frame, rawLengthBytes)
  },
  decompress(frame, rawLengthBytes) {
    if (rawLengthBytes >= LARGE_BYTES) collectGarbage()
    return compressor.decompress(frame, rawLengthBytes)
  },
}

const archive = new MemoryArchive({ ...ports, compressor: collecting })
const job = { signal: new AbortController().signal, progress: () => {}, problem: () => {} }

async function listAndVerify(limits: ReadLimits): Promise<void> {
  try {
    const reader = archive.open(limits)
    await reader.verify(job)
    for (const _ of reader.entries());
  } catch (error) {
    if (!(error instanceof ReftarError)) throw error
  }
}

const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
const sandbox = new Sandbox()
const isVerbose = process.argv.includes('--verbose')
for (const { file, traps = false, limits } of JSON.parse(
  readFileSync('test/corpus/outcomes.json', 'utf8'),
) as Described[]) {
  const before = peakMiB()
  const startedAt = performance.now()
  archive.bytes = gunzipSync(readFileSync(`test/corpus/${file}`))
  await listAndVerify({ ...defaultLimits, ...limits })
  sandbox.prepare(traps)
  await extractInto(sandbox, archive, { ...defaultLimits, ...limits }, {})
  const milliseconds = Math.round(performance.now() - startedAt)
  if (isVerbose && (peakMiB() > before + 10 || milliseconds > 500)) {
    writeSync(2, `${peakMiB()} MiB after ${file}, ${milliseconds} ms\n`)
  }
}
sandbox.dispose()
writeSync(1, `${peakMiB()}\n`)
