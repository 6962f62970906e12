/** Writes what the window's report menu asks for. */
import { encodePng } from '../../../native/png.ts'
import { writeParts } from '../../../native/write-parts.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type { SizeUnits } from '../../shared/format-size.ts'
import type { ReportFormat, SharingState, SharingSubject } from '../../shared/ipc/sharing.ts'
import type { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { reportParts } from '../../shared/sharing/report-parts.ts'
import { sharingReport } from '../../shared/sharing/sharing-report.ts'
import { reportWords } from '../../shared/texts/report-words.ts'

/** Replaces what is there; a refusal by the system is thrown with the file's path. */
export function writeReport(
  index: PictureIndex,
  format: ReportFormat,
  path: ByteString,
  language: { readonly locale: string; readonly units: SizeUnits },
  subject: SharingSubject,
  { problemCount }: Pick<SharingState, 'problemCount'>,
): void {
  const lookedAt = subject.kind === 'contents' ? [subject.archivePath] : subject.roots.map((root) => root.path)
  const report = sharingReport(index.map, true, problemCount, 0)
  writeParts(
    path,
    reportParts(index, report, { format, lookedAt, words: reportWords(language.locale, language.units), encodePng }),
  )
}
