/** Everything known about one entry: figures, where its bytes are, who shares them, metadata, checksums. */
import { baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import { modeText } from '../../../shared/format-mode.ts'
import type { EntryDetails, EntryRow } from '../../../shared/ipc/archives.ts'
import { useDelayed } from '../../lib/delayed.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Press } from '../../parts/press.tsx'
import { useWindow } from '../../store/store.ts'
import { EntryIcon } from '../browser/entry-icon.tsx'
import styles from './details.module.css'
import { ExtentsStrip } from './extents-strip.tsx'
import { Facts } from './facts.tsx'
import { useEntryDetails } from './use-entry-details.ts'

export function EntryDetailsView({ row }: { readonly row: EntryRow }) {
  const text = useText()
  const { details, failure } = useEntryDetails(row)
  const isCurrent = details?.row.ordinal === row.ordinal
  const isLate = useDelayed(isCurrent || failure !== undefined ? undefined : row.ordinal) !== undefined
  return (
    <>
      <header className={styles['heading']}>
        <EntryIcon kind={row.kind} path={row.path} size={28} />
        <div className={styles['headingWords']}>
          <h2 className={styles['title']}>{displayName(baseName(row.path))}</h2>
          <p className={styles['kind']}>{text(`kind.${row.kind}`)}</p>
        </div>
      </header>
      {failure !== undefined && <ErrorNotice error={failure} title={text('details.failed')} />}
      {isLate && <p className={styles['muted']}>{text('browser.loading')}</p>}
      {isCurrent && <Known row={row} details={details} />}
    </>
  )
}

function Known({ row, details }: { readonly row: EntryRow; readonly details: EntryDetails }) {
  const text = useText()
  const isFile = row.kind === 'file' || row.kind === 'hardlink'
  return (
    <>
      {isFile && row.sizeBytes > 0 && <Bytes row={details.row} details={details} />}
      {row.implied && <p className={styles['muted']}>{text('details.implied')}</p>}
      <h3 className={styles['subtitle']}>{text('details.metadata')}</h3>
      <Metadata row={row} details={details} />
      {details.attributes.length > 0 && (
        <>
          <h3 className={styles['subtitle']}>{text('details.attributes')}</h3>
          <Facts facts={details.attributes.map(({ name, text: value }) => [displayName(name), value])} />
        </>
      )}
    </>
  )
}

function Bytes({ row, details }: { readonly row: EntryRow; readonly details: EntryDetails }) {
  const text = useText()
  const format = useFormat()
  return (
    <>
      <Facts
        facts={[
          [text('details.size'), format.size(row.sizeBytes)],
          [text('details.onDisk'), format.size(row.storedBytes)],
          [text('details.shared'), row.sharedBytes === undefined ? undefined : format.size(row.sharedBytes)],
        ]}
      />
      <h3 className={styles['subtitle']}>{text('details.extents')}</h3>
      <ExtentsStrip extents={details.extents} extentCount={details.extentCount} />
      <h3 className={styles['subtitle']}>{text('details.sharedWith')}</h3>
      <Sharers details={details} />
    </>
  )
}

function Sharers({ details: { sharers, sharerCount, sharersComplete } }: { readonly details: EntryDetails }) {
  const text = useText()
  const format = useFormat()
  const revealEntry = useWindow((state) => state.revealEntry)
  if (sharerCount === 0 && sharersComplete) return <p className={styles['muted']}>{text('details.sharedWithNobody')}</p>
  return (
    <>
      <ul className={styles['sharers']}>
        {sharers.map(({ path, sharedBytes }) => (
          <li key={path}>
            <Press className={styles['sharer']} onPress={() => void revealEntry(path)}>
              <span className={styles['sharerName']}>
                {displayName(baseName(path))}
                <span className={styles['muted']}> {displayName(parentPath(path))}</span>
              </span>
              <span className={styles['sharedBytes']}>{format.size(sharedBytes)}</span>
            </Press>
          </li>
        ))}
      </ul>
      {sharerCount > sharers.length && (
        <p className={styles['muted']}>{text('details.sharersMore', { count: sharerCount - sharers.length })}</p>
      )}
      {!sharersComplete && <p className={styles['muted']}>{text('details.sharersCounting')}</p>}
    </>
  )
}

function Metadata({ row, details }: { readonly row: EntryRow; readonly details: EntryDetails }) {
  const text = useText()
  const format = useFormat()
  const isDevice = row.kind === 'character-device' || row.kind === 'block-device'
  const named = (name: EntryDetails['userName'], id: number): string =>
    name === '' ? String(id) : `${displayName(name)} (${id})`
  const octal = row.mode === undefined ? '' : ` (${row.mode.toString(8).padStart(4, '0')})`
  return (
    <Facts
      facts={[
        [text('details.path'), displayName(row.path)],
        [text('details.target'), displayName(row.linkTarget)],
        [text('details.hardLinkTo'), details.hardLinkTo && displayName(details.hardLinkTo)],
        [text('details.modified'), format.longDate(row.modifyTime)],
        [text('details.accessed'), details.accessTime && format.longDate(details.accessTime)],
        [text('details.born'), details.birthTime && format.longDate(details.birthTime)],
        [text('details.mode'), modeText(row.kind, row.mode) + octal],
        [text('details.owner'), named(details.userName, details.uid)],
        [text('details.group'), named(details.groupName, details.gid)],
        [text('details.device'), isDevice ? `${details.deviceMajor}, ${details.deviceMinor}` : undefined],
        [text('details.flags'), details.flagLetters],
        [text('details.checksums'), row.kind === 'file' ? text(`details.checksums.${details.checksums}`) : undefined],
      ]}
    />
  )
}
