/** Runs `reftar list`: entries stream by, so a million of them take no more memory than one. */
import {
  type ArchiveReader,
  type ArchiveUse,
  archiveUse,
  type Entry,
  selectEntries,
  storedOnly,
} from '../../main/engine/index.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import { errorData, exitCodes } from '../../shared/errors.ts'
import { countOf, formatRatio } from '../../shared/format-size.ts'
import { saidAsText } from '../../shared/said.ts'
import type { ListCommand } from '../command.ts'
import { detailLines } from '../listing/entry-details.ts'
import { entryDocument } from '../listing/entry-json.ts'
import { longAlignments, longCells, longHeader, longWidths, missingFolders, nameText } from '../listing/entry-line.ts'
import { reducedBytes } from '../output/archive-summary.ts'
import { growingColumns } from '../output/table.ts'
import type { Outcome, Session } from '../session.ts'
import { openPlace, portsFor } from './archive-source.ts'

/** A turn of the event loop costs more than an entry. */
const ENTRIES_PER_TURN = 1024

export async function run(command: ListCommand, session: Session): Promise<Outcome> {
  const ports = portsFor(session)
  const reader = await openPlace(ports, command.archive, session.job())
  // Reading a pipe may have shown a bar; the list takes its place.
  session.close()
  try {
    session.notices(reader.info)
    const selection = selectEntries(reader, command.selection, command.exclude)
    const printer = printerFor(command, session, reader)
    let listed = 0
    for (const entry of selection.entries()) {
      printer.entry(entry)
      if (session.out.closed) return { exitCode: exitCodes.ok, document: undefined }
      if (++listed % ENTRIES_PER_TURN === 0) await turn(session.signal)
    }
    for (const error of selection.missing()) session.problems.add(errorData(error))
    printer.end()
    return { exitCode: exitCodeOf(reader, session), document: undefined }
  } finally {
    reader.close()
  }
}

function exitCodeOf(reader: ArchiveReader, session: Session): number {
  if (!reader.info.complete) return exitCodes.archive
  return session.problems.count > 0 ? exitCodes.problems : exitCodes.ok
}

/** Lets a signal through. */
async function turn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}

const folderCells = (folder: string): string[] => longHeader.map((title) => (title === 'Name' ? folder : ''))

interface Printer {
  entry(entry: Entry): void
  end(): void
}

function printerFor(command: ListCommand, session: Session, reader: ArchiveReader): Printer {
  if (command.style === 'null-terminated') {
    return { entry: (entry) => session.out.write(`${entry.path}\0`, 'latin1'), end: () => undefined }
  }
  const use = command.long ? wholeUse(session, reader) : storedOnly
  if (command.common.json) return jsonPrinter(session, reader, use)
  if (command.long) return longPrinter(command, session, reader, use)
  if (command.style === 'flat') return { entry: (entry) => session.print(nameText(entry, false)), end: () => undefined }
  const foldersAbove = missingFolders()
  return {
    entry(entry) {
      for (const folder of foldersAbove(entry)) session.print(folder)
      session.print(nameText(entry, true))
    },
    end: () => undefined,
  }
}

function wholeUse(session: Session, reader: ArchiveReader): ArchiveUse {
  const use = archiveUse(reader.entries())
  if (use === undefined) session.note('reftar: the archive is too large to say which bytes several files share.')
  return use ?? storedOnly
}

function hardLinkTarget(reader: ArchiveReader, entry: Entry): ByteString | undefined {
  return entry.hardLinkOrdinal === undefined ? undefined : reader.entryAt(entry.hardLinkOrdinal).path
}

function jsonPrinter(session: Session, reader: ArchiveReader, use: ArchiveUse): Printer {
  let entries = 0
  return {
    entry(entry) {
      entries++
      session.out.write(`${JSON.stringify(entryDocument(entry, use(entry), hardLinkTarget(reader, entry)))}\n`)
    },
    end() {
      const { count, kept } = session.problems
      const end = {
        type: 'end',
        ok: count === 0 && reader.info.complete,
        command: 'list',
        entries,
        complete: reader.info.complete,
        problemCount: count,
        problems: kept,
      }
      session.out.write(`${JSON.stringify(end, saidAsText)}\n`)
    },
  }
}

function longPrinter(command: ListCommand, session: Session, reader: ArchiveReader, use: ArchiveUse): Printer {
  const columns = growingColumns(longAlignments, longWidths)
  const tree = command.style === 'tree'
  const foldersAbove = missingFolders()
  let entries = 0
  let files = 0
  let logicalBytes = 0
  session.print(columns(longHeader))
  return {
    entry(entry) {
      entries++
      if (entry.kind === 'file') {
        files++
        logicalBytes += entry.sizeBytes
      }
      if (tree) for (const folder of foldersAbove(entry)) session.print(columns(folderCells(folder)))
      session.print(columns(longCells(entry, use(entry), hardLinkTarget(reader, entry), tree, session.size)))
      if (command.details) for (const line of detailLines(entry)) session.print(line)
    },
    end() {
      const { withoutHoles, withoutDuplicates, stored } = reducedBytes(reader.info)
      const ratio = formatRatio(withoutHoles, withoutDuplicates)
      session.print('')
      session.print(
        `${countOf(entries, 'entry', 'entries')}, ${countOf(files, 'file')}, ${session.size(logicalBytes)} listed.`,
      )
      session.print(
        `The whole archive: ${session.size(reader.info.totals.logicalBytes)}, ${session.size(withoutHoles)} without holes, ` +
          `${session.size(withoutDuplicates)} without duplicates, ${session.size(stored)} stored. ` +
          `Deduplication ratio ${ratio ?? '–'}.`,
      )
    },
  }
}
