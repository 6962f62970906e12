/** Writes what `reftar sharing --report` asks for. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { systemError } from '../../../native/errno.ts'
import { byteStringToBytes, displayName } from '../../shared/byte-string.ts'
import type { SharingReport } from '../../shared/jobs.ts'
import { factsAsCsv, factsAsJson } from '../../shared/sharing/facts.ts'
import { sharingHtml } from '../../shared/sharing/html-report.ts'
import { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { rasterPoster } from '../../shared/sharing/raster.ts'
import type { SharingMap } from '../../shared/sharing/sharing-map.ts'
import { sharingSvg } from '../../shared/sharing/svg.ts'
import type { SharingCommand } from '../command.ts'
import { encodePng } from '../output/png.ts'
import { sharingVerdict, verdictTexts } from '../output/sharing-summary.ts'
import type { Session } from '../session.ts'

/** Text is written in pieces of about this size. */
const pieceCharacters = 1 << 16

/** `report` has all files. Replaces what is there; a refusal by the system is thrown with the file's path. */
export function writeSharingReport(
  { path, format }: NonNullable<SharingCommand['report']>,
  map: SharingMap,
  report: SharingReport,
  title: string,
  session: Session,
): void {
  const index = new PictureIndex(map)
  const parts = (): Iterable<string | Uint8Array> => {
    switch (format) {
      case 'html':
        return [sharingHtml(index, report, title, verdictTexts[sharingVerdict(report)], session.size)]
      case 'svg':
        return [sharingSvg(index, title, session.size)]
      case 'png':
        return [encodePng(rasterPoster(index))]
      case 'json':
        return factsAsJson(index, report)
      case 'csv':
        return factsAsCsv(index)
    }
  }
  try {
    const descriptor = openSync(Buffer.from(byteStringToBytes(path)), 'w')
    try {
      for (const piece of joined(parts())) writeWhole(descriptor, piece)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
    throw systemError(error.code, 'write', { path: displayName(path) })
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}

function* joined(parts: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let text = ''
  for (const part of parts) {
    if (typeof part !== 'string') {
      yield part
      continue
    }
    text += part
    if (text.length < pieceCharacters) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}
