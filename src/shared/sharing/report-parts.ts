/** A report on sharing in one of its formats, in pieces: a million extents are no text to hold at once. */
import type { ReportFormat } from '../ipc/sharing.ts'
import type { SharingReport } from '../jobs.ts'
import { factsAsCsv, factsAsJson } from './facts.ts'
import { sharingHtml } from './html-report.ts'
import type { PictureIndex } from './picture-index.ts'
import { type Raster, rasterPoster } from './raster.ts'
import { sharingVerdict, verdictTexts } from './sharing-report.ts'
import { sharingSvg } from './svg.ts'

interface ReportOptions {
  readonly format: ReportFormat
  /** What was looked at. */
  readonly title: string
  readonly size: (bytes: number) => string
  readonly encodePng: (raster: Raster) => Uint8Array
}

/** `report` has all files. */
export function reportParts(
  index: PictureIndex,
  report: SharingReport,
  { format, title, size, encodePng }: ReportOptions,
): Iterable<string | Uint8Array> {
  switch (format) {
    case 'html':
      return [sharingHtml(index, report, title, verdictTexts[sharingVerdict(report)], size)]
    case 'svg':
      return [sharingSvg(index, title, size)]
    case 'png':
      return [encodePng(rasterPoster(index))]
    case 'json':
      return factsAsJson(index, report)
    case 'csv':
      return factsAsCsv(index)
  }
}
