/** A report on sharing in one of its formats, in pieces: a million extents are no text to hold at once. */
import { type ByteString, displayName } from '../byte-string.ts'
import type { ReportFormat } from '../ipc/sharing.ts'
import type { SharingReport } from '../jobs.ts'
import type { ReportWords } from '../texts/report-words.ts'
import { factsAsCsv, factsAsJson } from './facts.ts'
import { sharingHtml } from './html-report.ts'
import type { PictureIndex } from './picture-index.ts'
import { type Raster, rasterPoster } from './raster.ts'
import { sharingSvg } from './svg.ts'

interface ReportOptions {
  readonly format: ReportFormat
  readonly lookedAt: readonly ByteString[]
  readonly words: ReportWords
  readonly encodePng: (raster: Raster) => Uint8Array
}

/** `report` has all files. */
export function reportParts(
  index: PictureIndex,
  report: SharingReport,
  { format, lookedAt, words, encodePng }: ReportOptions,
): Iterable<string | Uint8Array> {
  const title = words.text('report.title', { paths: lookedAt.map(displayName).join(', ') })
  switch (format) {
    case 'html':
      return [sharingHtml(index, report, title, words)]
    case 'svg':
      return [sharingSvg(index, title, words)]
    case 'png':
      return [encodePng(rasterPoster(index, title, words))]
    case 'json':
      return factsAsJson(index, report)
    case 'csv':
      return factsAsCsv(index)
  }
}
