/** What the archive says about itself. */
import { FileArchive } from 'lucide-react'
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import { shortenHome } from '../../lib/paths.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './details.module.css'
import { Facts } from './facts.tsx'

export function ArchiveDetails() {
  const text = useText()
  const format = useFormat()
  const archive = useWindow((state) => state.archive)
  const home = useWindow(({ product }) => product.homeDirectory)
  if (archive === undefined) return null
  const { info, path } = archive
  const { totals } = info
  return (
    <>
      <header className={styles['heading']}>
        <FileArchive size={28} strokeWidth={1.25} aria-hidden className={styles['headingIcon'] ?? ''} />
        <h2 className={styles['title']}>{displayName(baseName(path))}</h2>
      </header>
      <Facts
        facts={[
          [text('details.contents'), text('units.files', { count: totals.files })],
          [text('details.folders'), format.count(totals.directories)],
          [text('details.links'), format.count(totals.symlinks + totals.hardLinks)],
          [text('details.size'), format.size(totals.logicalBytes)],
          [text('details.fileSize'), format.size(info.fileSizeBytes)],
        ]}
      />
      <h3 className={styles['subtitle']}>{text('details.archive')}</h3>
      <Facts
        facts={[
          [text('details.path'), shortenHome(parentPath(path) || ('/' as ByteString), home)],
          [text('details.created'), info.createdAt && format.longDate(info.createdAt)],
          [text('details.creator'), info.creator],
          [text('details.format'), String(info.format)],
          [text('details.sources'), info.sources.map(({ type }) => type).join(', ')],
          [
            text('details.checksums'),
            text(`details.checksums.${info.dataHashes === 'absent' && !info.complete ? 'lost' : info.dataHashes}`),
          ],
          [text('details.rootHash'), info.rootHash],
        ]}
      />
    </>
  )
}
