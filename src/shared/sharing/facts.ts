/** The facts of a sharing map as JSON or CSV, in pieces: a million extents are no text to hold at once. */
import type { SharingReport } from '../jobs.ts'
import { saidAsText } from '../said.ts'
import { blockClasses } from './block-class.ts'
import { extentFlagWords } from './extent-flags.ts'
import { type PictureIndex, severalClasses } from './picture-index.ts'
import { addressAt, endOfExtent } from './places.ts'
import { fileRoles, pathOfFile, pathOfFolder } from './sharing-map.ts'

/** One extent in words and numbers. */
interface ExtentFacts {
  readonly path: string
  readonly role: string
  readonly offsetBytes: number
  readonly lengthBytes: number
  readonly filesystem: string
  /** Undefined where it isn't told. */
  readonly address: number | undefined
  /** `several` where parts of it have different ones. */
  readonly class: string
  /** The most files that use a part of it, of those looked at. */
  readonly files: number
  readonly flags: string
}

const columns = [
  'path',
  'role',
  'offsetBytes',
  'lengthBytes',
  'filesystem',
  'address',
  'class',
  'files',
  'flags',
] as const

/** A line for each extent, after one with the names of the columns. */
export function* factsAsCsv(index: PictureIndex): Generator<string> {
  yield `${columns.join(',')}\r\n`
  for (const facts of extentFacts(index)) yield `${columns.map((column) => csvField(facts[column])).join(',')}\r\n`
}

/** One object: the report with all its files, the folders, and the extents. */
export function* factsAsJson(index: PictureIndex, report: SharingReport): Generator<string> {
  const { folders } = index.map
  const folderFacts = folders.names.map((_, folder) => ({
    path: pathOfFolder(folders, folder),
    files: folders.files[folder],
    sizeBytes: folders.sizeBytes[folder],
    onDiskBytes: folders.onDiskBytes[folder],
    exclusiveBytes: folders.onlyHereBytes[folder],
    freedForCertainBytes: folders.certainBytes[folder],
  }))
  yield `{"report":${JSON.stringify(report, saidAsText)},\n"folders":${JSON.stringify(folderFacts)},\n"extents":[`
  let separator = '\n'
  for (const facts of extentFacts(index)) {
    yield `${separator}${JSON.stringify(facts)}`
    separator = ',\n'
  }
  yield ']}\n'
}

function* extentFacts(index: PictureIndex): Generator<ExtentFacts> {
  const { map } = index
  const { extents, files } = map
  let file = -1
  let path = ''
  for (let extent = 0; extent < extents.files.length; extent++) {
    const owner = extents.files[extent] ?? 0
    if (owner !== file) path = pathOfFile(map, owner)
    file = owner
    const place = extents.places[extent] ?? -1
    const classCode = index.extentClasses[extent] ?? 0
    yield {
      path,
      role: fileRoles[files.roles[file] ?? 0] ?? 'other',
      offsetBytes: extents.offsets[extent] ?? 0,
      lengthBytes: extents.lengths[extent] ?? 0,
      filesystem: map.filesystems[files.filesystems[file] ?? 0]?.type ?? 'unknown',
      address: place < 0 ? undefined : addressAt(map.spaces, place),
      class: classCode === severalClasses ? 'several' : (blockClasses[classCode]?.name ?? ''),
      files: place < 0 ? 1 : mostFiles(index, place, endOfExtent(map, extent)),
      flags: extentFlagWords(extents.flags[extent] ?? 0).join('; '),
    }
  }
}

/** More intervals under one extent than are looked at for the most used one. */
const mostIntervals = 256

function mostFiles(index: PictureIndex, start: number, end: number): number {
  const { places, files } = index.map.intervals
  let most = 0
  const first = index.intervalAt(start)
  for (let at = first; at < first + mostIntervals && (places[at] ?? end) < end; at++)
    most = Math.max(most, files[at] ?? 0)
  return most
}

/** RFC 4180. A leading character that a spreadsheet would take for a formula gets a space before it. */
function csvField(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  const text = /^[=+@\t\r-]/.test(value) ? ` ${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
