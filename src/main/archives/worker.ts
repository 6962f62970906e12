/**
 * The thread behind one open archive. It alone holds the reader, answers the main process, and may be ended at any
 * moment: nothing is written here.
 */
import { parentPort } from 'node:worker_threads'
import { createPorts } from '../../../native/index.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { EntrySelection } from '../../shared/ipc/archives.ts'
import { type ArchiveReader, openArchive } from '../engine/index.ts'
import { serveCalls } from '../workers/calls.ts'
import { entryDetails } from './details.ts'
import { previewEntry } from './preview.ts'
import { extractForOpening, extractPrivately } from './private-extraction.ts'
import type { ArchiveCalls, ArchiveEvent } from './protocol.ts'
import { isEverything, SelectionCount, selectedPaths } from './selection.ts'
import { SharingIndex } from './sharing-index.ts'
import { treePage } from './tree.ts'
import { View } from './view.ts'

interface OpenedArchive {
  readonly reader: ArchiveReader
  readonly index: SharingIndex
}

let opened: OpenedArchive | undefined
const ports = createPorts()
const views = new Map<number, View>()
const viewById = (viewId: number): View | undefined => views.get(viewId)
/** Calls under way that take more than a moment: what runs in the background waits for them. */
let longCalls = 0
/** The selection counted last, to go on with when it is asked for again. */
let counted: { readonly key: string; readonly count: SelectionCount } | undefined

function archive(): OpenedArchive {
  if (opened === undefined) throw new ReftarError('internal', 'the archive isn’t open')
  return opened
}

function view(viewId: number): View {
  const found = views.get(viewId)
  if (found === undefined) throw new ReftarError('internal', `there is no view ${viewId}`)
  return found
}

function countOf(selection: EntrySelection): SelectionCount {
  const key = JSON.stringify(selection)
  if (counted?.key !== key) {
    counted = { key, count: new SelectionCount(archive().reader, selection, viewById) }
  }
  return counted.count
}

async function asLongCall<Result>(work: () => Promise<Result>): Promise<Result> {
  longCalls++
  try {
    return await work()
  } finally {
    longCalls--
  }
}

const calls: ArchiveCalls = {
  open(path) {
    const reader = openArchive(ports, path)
    const isScanning = (): boolean => Array.from(views.values()).some((one) => one.isScanning)
    const index = new SharingIndex(reader, () => longCalls > 0 || isScanning())
    opened = { reader, index }
    void index.complete.then(() => {
      for (const one of views.values()) one.refresh()
    })
    return reader.info
  },
  close() {
    for (const one of views.values()) one.close()
    views.clear()
    opened?.index.close()
    opened?.reader.close()
    opened = undefined
  },
  async openView(viewId, query, count) {
    const { reader, index } = archive()
    const added = new View(viewId, query, reader, index, announce)
    views.set(viewId, added)
    await added.start()
    return added.rows(0, count)
  },
  viewRows: (viewId, from, count) => view(viewId).rows(from, count),
  rowOf: (viewId, path) => view(viewId).rowOf(path),
  closeView(viewId) {
    views.get(viewId)?.close()
    views.delete(viewId)
  },
  treeFolders: (folder, after) => asLongCall(() => treePage(archive().reader, folder, after)),
  entryDetails: (ordinal) => entryDetails(archive().reader, archive().index, ordinal),
  selectionTotals: (selection) =>
    isEverything(selection, viewById) ? wholeTotals(archive().reader) : asLongCall(() => countOf(selection).advance()),
  previewEntry: (ordinal) => previewEntry(archive().reader, ordinal),
  selectedPaths: (selection) => selectedPaths(selection, viewById),
  extractPrivately: (selection, directory) =>
    extractPrivately(ports, archive().reader, selectedPaths(selection, viewById), directory),
  extractForOpening: (ordinal, directory) => extractForOpening(ports, archive().reader, ordinal, directory),
}

function wholeTotals({ info: { totals } }: ArchiveReader) {
  const { entries, files, hardLinks, logicalBytes, dataBytes, packRawBytes } = totals
  return {
    entries,
    files: files + hardLinks,
    sizeBytes: logicalBytes,
    storedBytes: dataBytes + packRawBytes,
    complete: true,
  }
}

if (parentPort === null) throw new Error('This runs in a worker thread.')
const announce = serveCalls<ArchiveCalls, ArchiveEvent>(parentPort, calls)
