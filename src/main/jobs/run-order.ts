/** One order carried out by the engine, on whichever thread this is. */
import { type ByteString, joinPath, textToByteString } from '../../shared/byte-string.ts'
import type { JobResult } from '../../shared/ipc/jobs.ts'
import type { ExtractOptions } from '../../shared/jobs.ts'
import type { JobContext } from '../../shared/progress.ts'
import {
  convertArchive,
  createArchive,
  extractArchive,
  folderNameFor,
  openArchive,
  type Ports,
  sealArchive,
} from '../engine/index.ts'
import type { JobOrder } from './protocol.ts'

/** Outermost files and folders that are named one by one. */
const mostPaths = 100

type OrderOf<Kind extends JobOrder['kind']> = Extract<JobOrder, { kind: Kind }>

/** Errors are the engine's; `cancelled` when the job's signal says so. */
export async function runOrder(ports: Ports, order: JobOrder, job: JobContext): Promise<JobResult> {
  switch (order.kind) {
    case 'create':
      return { kind: 'create', summary: await createArchive(ports, order.options, job) }
    case 'extract':
      return extract(ports, order, job)
    case 'verify':
      return verify(ports, order, job)
    case 'seal':
      return { kind: 'seal', summary: await sealArchive(ports, order.archivePath, job) }
    case 'convert':
      return { kind: 'convert', summary: await convertArchive(ports, order.options, job) }
  }
}

async function verify(ports: Ports, order: OrderOf<'verify'>, job: JobContext): Promise<JobResult> {
  const reader = openArchive(ports, order.archivePath)
  try {
    return { kind: 'verify', report: await reader.verify(job) }
  } finally {
    reader.close()
  }
}

async function extract(ports: Ports, order: OrderOf<'extract'>, job: JobContext): Promise<JobResult> {
  const { directory } = order.options
  const reader = openArchive(ports, order.archivePath)
  try {
    const made = new Set<ByteString>()
    const summary = await extractArchive(ports, reader, engineOptions(order), {
      ...job,
      verdict(verdict) {
        if (made.size <= mostPaths) made.add(textToByteString(verdict.path.split('/', 1)[0] ?? ''))
        job.verdict?.(verdict)
      },
    })
    const { madeFolder } = summary
    const folder = madeFolder === undefined ? directory : joinPath(directory, madeFolder)
    const isFolderItself = madeFolder !== undefined || made.size > mostPaths
    return {
      kind: 'extract',
      summary,
      directory: folder,
      paths: isFolderItself ? [folder] : Array.from(made, (name) => joinPath(directory, name)),
      prefix: prefixOf(order.options),
      entries: order.options.paths,
      dataHashes: reader.info.dataHashes,
    }
  } finally {
    reader.close()
  }
}

/** What all chosen entries' paths begin with and is left off. */
function prefixOf({ paths, stripComponents }: ExtractOptions): ByteString {
  return (paths?.[0]?.split('/').slice(0, stripComponents).join('/') ?? '') as ByteString
}

/** The options of an extraction with its folder for several things, named after the archive. */
export function engineOptions({ archivePath, options, smartFolder }: OrderOf<'extract'>): ExtractOptions {
  return smartFolder ? { ...options, folderForSeveral: folderNameFor(archivePath) } : options
}
