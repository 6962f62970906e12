/** A report on sharing as one HTML file that needs nothing else: the picture, the sums, the groups, the files. */
import type { SharingReport } from '../jobs.ts'
import type { ReportWords } from '../texts/report-words.ts'
import type { PictureIndex } from './picture-index.ts'
import { isLowerBound, sharingVerdict } from './sharing-report.ts'
import { sharingSvg, xmlText } from './svg.ts'

/** Files in the table; the rest is in the JSON and CSV reports. */
const mostFiles = 1000

const style =
  'body{font:14px/1.5 system-ui,sans-serif;margin:24px auto;max-width:1008px;padding:0 16px;color:#1c1917;background:#fff}' +
  'h1{font-size:20px;overflow-wrap:anywhere}h2{font-size:16px}' +
  'table{border-collapse:collapse;width:100%;margin:8px 0 24px}th,td{text-align:left;padding:4px 8px;border-bottom:1px solid #d6d3d1;vertical-align:top}' +
  '.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td{overflow-wrap:anywhere}svg{max-width:100%;height:auto}' +
  '@media(prefers-color-scheme:dark){body{color:#f5f5f4;background:#1c1917}th,td{border-color:#44403c}}'

/** `report` must have its files; `title` says what was looked at. */
export function sharingHtml(index: PictureIndex, report: SharingReport, title: string, words: ReportWords): string {
  const { text, say } = words
  const files = [...report.perFile].sort((a, b) => b.onDiskBytes - a.onDiskBytes).slice(0, mostFiles)
  const groups = report.groups.map(({ bytes, fileCount, files: names }): Cell[] => [
    { bytes },
    fileCount === 1 ? text('report.withinOneFile') : String(fileCount),
    names.slice(0, 20).join('\n') + (fileCount > 20 ? `\n${text('report.moreNames', { count: fileCount - 20 })}` : ''),
  ])
  const fileHeads = ['file', 'size', 'onDisk', 'onlyHere', 'shared', 'others', 'unchecked'] as const
  return [
    `<!doctype html><html lang="${words.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${xmlText(title)}</title><style>${style}</style>`,
    `<h1>${xmlText(title)}</h1><p>${xmlText(text(`report.verdict.${sharingVerdict(report)}`))}</p>`,
    sharingSvg(index, title, words),
    `<h2>${text('report.sums')}</h2>`,
    table(['', text('report.bytes'), ''], sumRows(report, words), words),
    ...(groups.length === 0
      ? []
      : [`<h2>${text('report.groups')}</h2>`, table([text('report.bytes'), text('report.files'), ''], groups, words)]),
    report.groupsOmitted > 0 ? `<p>${text('report.moreGroups', { count: report.groupsOmitted })}</p>` : '',
    `<h2>${text('report.files')}</h2>`,
    table(
      fileHeads.map((name) => text(`report.${name}`)),
      files.map((file) => [
        file.path,
        { bytes: file.sizeBytes },
        { bytes: file.onDiskBytes },
        { bytes: file.exclusiveBytes },
        { bytes: file.sharedBytes },
        { bytes: file.sharedWithOthersBytes },
        file.uncheckedReason === undefined ? '' : say(file.uncheckedReason),
      ]),
      words,
    ),
    files.length < report.perFile.length
      ? `<p>${text('report.moreFiles', { count: report.perFile.length - files.length })}</p>`
      : '',
    '</html>\n',
  ].join('\n')
}

/** The first four always; the others where there is something. */
function sumRows(report: SharingReport, { text }: ReportWords): Cell[][] {
  const sums = [
    ['size', report.logicalBytes],
    ['onDisk', report.onDiskBytes],
    ['onlyHere', report.exclusiveBytes],
    ['shared', report.sharedBytes],
    ['others', report.sharedWithOthersBytes],
    ['saved', report.savedBytes],
    ['hole', report.holeBytes],
    ['inline', report.inlineBytes],
    ['compressed', report.encodedBytes],
    ['unchecked', report.uncheckedBytes],
  ] as const
  return sums
    .filter(([, bytes], row) => row < 4 || bytes > 0)
    .map(([name, bytes]) => {
      const note = text(`report.${name}.note`, { files: report.files })
      const isBound = isLowerBound(report) && (name === 'onDisk' || name === 'saved')
      return [text(`report.${name}`), { bytes }, isBound ? text('report.atLeast', { note }) : note]
    })
}

type Cell = string | { readonly bytes: number }

function table(heads: readonly string[], rows: readonly (readonly Cell[])[], { text, size }: ReportWords): string {
  const cell = (value: Cell): string =>
    typeof value === 'string'
      ? `<td>${xmlText(value).replaceAll('\n', '<br>')}</td>`
      : `<td class="n" title="${text('report.exactBytes', { count: value.bytes })}">${size(value.bytes)}</td>`
  const head = heads.map((name) => `<th>${name}</th>`).join('')
  return `<table><tr>${head}</tr>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</table>`
}
