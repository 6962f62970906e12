/** One order carried out by the engine, on whichever thread this is. */
import type { JobResult } from '../../shared/ipc/jobs.ts'
import type { JobContext } from '../../shared/progress.ts'
import { convertArchive, createArchive, extractArchive, openArchive, type Ports, sealArchive } from '../engine/index.ts'
import type { JobOrder } from './protocol.ts'
import { makeSmartFolder, removeIfEmpty } from './smart-folder.ts'

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
  const { archivePath, options, smartFolder } = order
  const reader = openArchive(ports, archivePath)
  try {
    const made = smartFolder ? makeSmartFolder(reader, archivePath, options) : undefined
    const directory = made ?? options.directory
    try {
      const summary = await extractArchive(ports, reader, { ...options, directory }, job)
      return { kind: 'extract', summary, directory, dataHashes: reader.info.dataHashes }
    } finally {
      if (made !== undefined) removeIfEmpty(made)
    }
  } finally {
    reader.close()
  }
}
