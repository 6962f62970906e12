/** A report on sharing as one HTML file that needs nothing else: the picture, the sums, the groups, the files. */
import { countOf } from '../format-size.ts'
import type { SharingReport } from '../jobs.ts'
import type { PictureIndex } from './picture-index.ts'
import { sharingSvg, xmlText } from './svg.ts'

/** Files in the table; the rest is in the JSON and CSV reports. */
const mostFiles = 1000

const style =
  'body{font:14px/1.5 system-ui,sans-serif;margin:24px auto;max-width:1008px;padding:0 16px;color:#1c1917;background:#fff}' +
  'table{border-collapse:collapse;width:100%;margin:8px 0 24px}th,td{text-align:left;padding:4px 8px;border-bottom:1px solid #d6d3d1;vertical-align:top}' +
  '.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td{overflow-wrap:anywhere}svg{max-width:100%;height:auto}' +
  '@media(prefers-color-scheme:dark){body{color:#f5f5f4;background:#1c1917}th,td{border-color:#44403c}}'

/** `report` must have its files; `title` says what was looked at, `verdict` is the sentence to begin with. */
export function sharingHtml(
  index: PictureIndex,
  report: SharingReport,
  title: string,
  verdict: string,
  size: (bytes: number) => string,
): string {
  const sums: readonly (readonly [string, number, string])[] = [
    ['Size', report.logicalBytes, `what ${countOf(report.files, 'file says', 'files say')}`],
    ['On disk', report.onDiskBytes, 'each block counted once: the next three together'],
    ['Only here', report.exclusiveBytes, 'used by one of these files and nobody else'],
    ['Shared', report.sharedBytes, 'used by two or more of these files'],
    [
      'And others',
      report.sharedWithOthersBytes,
      'used by one of these files, and by somebody else, says the filesystem',
    ],
    ['Saved', report.savedBytes, 'by sharing among these files'],
    ['Hole', report.holeBytes, 'not stored'],
    ['In the metadata', report.inlineBytes, 'kept by the filesystem in its own metadata'],
    ['Compressed', report.encodedBytes, 'of what is on disk: counted before compression, and as a whole'],
    ['Can’t be checked here', report.uncheckedBytes, 'may be shared or not'],
  ]
  const files = [...report.perFile].sort((a, b) => b.onDiskBytes - a.onDiskBytes).slice(0, mostFiles)
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${xmlText(title)}</title><style>${style}</style>`,
    `<h1>${xmlText(title)}</h1><p>${xmlText(verdict)}</p>`,
    sharingSvg(index, title, size),
    '<h2>Sums</h2>',
    table(
      ['', 'Bytes', ''],
      sums.filter(([, bytes], row) => row < 4 || bytes > 0).map(([name, bytes, text]) => [name, { bytes }, text]),
      size,
    ),
    report.groups.length === 0 ? '' : '<h2>Files that share blocks</h2>',
    report.groups.length === 0
      ? ''
      : table(
          ['Bytes', 'Files', ''],
          report.groups.map(({ bytes, fileCount, files: names }) => [
            { bytes },
            fileCount === 1 ? 'within one file' : String(fileCount),
            names.slice(0, 20).join('\n') + (fileCount > 20 ? `\nand ${fileCount - 20} more` : ''),
          ]),
          size,
        ),
    report.groupsOmitted > 0 ? `<p>And ${countOf(report.groupsOmitted, 'more group')}.</p>` : '',
    '<h2>Files</h2>',
    table(
      ['File', 'Size', 'On disk', 'Only here', 'Shared', 'And others', 'Can’t be checked'],
      files.map((file) => [
        file.path,
        { bytes: file.sizeBytes },
        { bytes: file.onDiskBytes },
        { bytes: file.exclusiveBytes },
        { bytes: file.sharedBytes },
        { bytes: file.sharedWithOthersBytes },
        file.uncheckedReason ?? '',
      ]),
      size,
    ),
    files.length < report.perFile.length
      ? `<p>And ${countOf(report.perFile.length - files.length, 'more file')}.</p>`
      : '',
    '</html>\n',
  ].join('\n')
}

type Cell = string | { readonly bytes: number }

function table(heads: readonly string[], rows: readonly (readonly Cell[])[], size: (bytes: number) => string): string {
  const cell = (value: Cell): string =>
    typeof value === 'string'
      ? `<td>${xmlText(value).replaceAll('\n', '<br>')}</td>`
      : `<td class="n" title="${value.bytes} bytes">${size(value.bytes)}</td>`
  const head = heads.map((name) => `<th>${name}</th>`).join('')
  return `<table><tr>${head}</tr>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</table>`
}
