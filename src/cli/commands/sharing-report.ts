/** Writes what `reftar sharing --report` asks for. */
import { encodePng } from '../../../native/png.ts'
import { writeParts } from '../../../native/write-parts.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type { SharingReport } from '../../shared/jobs.ts'
import { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { reportParts } from '../../shared/sharing/report-parts.ts'
import type { SharingMap } from '../../shared/sharing/sharing-map.ts'
import { reportWords } from '../../shared/texts/report-words.ts'
import type { SharingCommand } from '../command.ts'
import type { Session } from '../session.ts'

/** `report` has all files. Replaces what is there; a refusal by the system is thrown with the file's path. */
export function writeSharingReport(
  { path, format }: NonNullable<SharingCommand['report']>,
  map: SharingMap,
  report: SharingReport,
  lookedAt: readonly ByteString[],
  session: Session,
): void {
  const index = new PictureIndex(map)
  writeParts(
    path,
    reportParts(index, report, { format, lookedAt, words: reportWords('en', session.common.units), encodePng }),
  )
}
