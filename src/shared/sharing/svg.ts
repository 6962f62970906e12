/** The sharing picture as SVG that stands by itself: colours follow the reader's light or dark, patterns tell classes apart without. */
import type { ReportWords } from '../texts/report-words.ts'
import { blockClasses, type ClassStyle } from './block-class.ts'
import type { Cells } from './cells.ts'
import type { PictureIndex } from './picture-index.ts'
import { makePoster, type Poster, poster } from './poster.ts'
import { pathOfFile } from './sharing-map.ts'

/** Strokes over a class's colour, in a tile as high as a row. */
const cuePaths: Readonly<Record<ClassStyle['cue'], string>> = {
  plain: '',
  'one-line': 'M0 6H8',
  'two-lines': 'M0 4H8M0 8H8',
  'three-lines': 'M0 3H8M0 6H8M0 9H8',
  dots: 'M1 3h2M5 6h2M1 9h2',
  'cross-hatch': 'M0 0L8 8M8 0L0 8M0 8L8 16M8 8L0 16',
  ring: 'M4 4a2 2 0 1 1-.01 0z',
  diagonal: 'M0 8L8 0M0 16L8 8',
  outline: '',
}

/** The style and the patterns that the picture's parts use, light and dark. */
function definitions(): string {
  const vars = (theme: 'light' | 'dark') =>
    blockClasses.map((style, code) => `--c${code}:${style[theme] ?? 'none'}`).join(';')
  const light = `--ink:#1c1917;--paper:#fff;--cue:#fff;${vars('light')}`
  const dark = `--ink:#f5f5f4;--paper:#1c1917;--cue:#1c1917;${vars('dark')}`
  const patterns = blockClasses
    .map(
      ({ cue }, code) =>
        `<pattern id="p${code}" width="8" height="${poster.rowPitch}" patternUnits="userSpaceOnUse">` +
        `<rect width="8" height="${poster.rowPitch}" style="fill:var(--c${code})"/>` +
        `<path d="${cuePaths[cue]}" style="stroke:var(${cue === 'diagonal' ? '--c0' : '--cue'});stroke-width:1;fill:none"/></pattern>`,
    )
    .join('')
  return (
    `<style>.sharing{${light};font:13px system-ui,sans-serif}.sharing text{fill:var(--ink)}` +
    `@media(prefers-color-scheme:dark){.sharing{${dark}}}</style><defs>${patterns}</defs>`
  )
}

/** `title` says what is shown. */
export function sharingSvg(index: PictureIndex, title: string, words: ReportWords): string {
  const { text, size } = words
  const picture = makePoster(index)
  const { widthPixels, heightPixels, map, lanes } = picture
  const names = lanes.files.map((file, row) => {
    const y = lanes.top + row * poster.rowPitch + 10
    return `<text x="${poster.margin}" y="${y}">${xmlText(shortened(pathOfFile(index.map, file)))}</text>`
  })
  const ticks = Array.from({ length: map.ticks.count }, (_, tick) => {
    const x = poster.margin + (map.ticks.xs[tick] ?? 0)
    const y = map.top + (map.ticks.rows[tick] ?? 0) * poster.rowPitch
    return `M${x} ${y}v${poster.rowHeight}`
  })
  const files = picture.lanesOmitted > 0 ? text('report.largest', { count: lanes.files.length }) : text('report.files')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sharing" viewBox="0 0 ${widthPixels} ${heightPixels}" width="${widthPixels}" height="${heightPixels}" role="img" aria-label="${xmlText(title)}">`,
    definitions(),
    `<rect width="100%" height="100%" style="fill:var(--paper)"/>`,
    `<text x="${poster.margin}" y="${poster.margin + 12}" style="font-weight:600">${xmlText(title)}</text>`,
    legend(picture, words),
    `<text x="${poster.margin}" y="${map.top - 6}">${xmlText(text('report.mapScale', { size: size(map.bytesPerPixel) }))}</text>`,
    cellRects(map.cells, poster.margin, map.top),
    `<path d="${ticks.join('')}" style="stroke:var(--paper);stroke-width:1"/>`,
    `<text x="${poster.margin}" y="${lanes.top - 6}">${xmlText(files)}</text>`,
    ...names,
    cellRects(lanes.cells, lanes.left, lanes.top),
    '</svg>\n',
  ].join('\n')
}

/** Patterns begin where their group does, so that every row has its lines at the same heights. */
function cellRects(cells: Cells, left: number, top: number): string {
  const rects = Array.from({ length: cells.count }, (_, at) => {
    const x = cells.xs[at] ?? 0
    const y = (cells.rows[at] ?? 0) * poster.rowPitch
    const width = cells.widths[at] ?? 0
    const rect = `<rect x="${x}" y="${y}" width="${width}" height="${poster.rowHeight}" ${fillOf(cells.classes[at] ?? 0)}/>`
    // A line on top says that there is more than the one class in these pixels.
    const mark = `<rect x="${x}" y="${y}" width="${width}" height="2" style="fill:var(--ink)"/>`
    return cells.mixed[at] === 1 ? rect + mark : rect
  })
  return `<g transform="translate(${left} ${top})">${rects.join('')}</g>`
}

function fillOf(code: number): string {
  return blockClasses[code]?.cue === 'outline'
    ? 'style="fill:none;stroke:var(--c0);stroke-width:.5"'
    : `fill="url(#p${code})"`
}

function legend({ classBytes }: Poster, { text: textOf, size }: ReportWords): string {
  let x: number = poster.margin
  let y: number = poster.margin + poster.legendHeight + 8
  const items = blockClasses.flatMap(({ name }, code) => {
    const bytes = classBytes[code] ?? 0
    if (bytes === 0) return []
    const text = `${textOf(`class.${name}`)} ${size(bytes)}`
    const width = 30 + text.length * 7
    if (x + width > poster.width - poster.margin) {
      x = poster.margin
      y += 18
    }
    const item = `<g transform="translate(${x} ${y - 10})"><rect width="12" height="${poster.rowHeight}" ${fillOf(code)}/><text x="17" y="10">${xmlText(text)}</text></g>`
    x += width
    return [item]
  })
  return items.join('')
}

/** The end of a long path says more than its beginning. */
function shortened(path: string): string {
  const most = 34
  return path.length <= most ? path : `…${path.slice(1 - most)}`
}

/** Text for XML and HTML, attribute values included; control characters, which neither may hold, are left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
