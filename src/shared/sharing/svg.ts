/** The sharing picture as SVG that stands by itself: colours follow the reader's light or dark, patterns tell classes apart without. */
import type { ReportWords } from '../texts/report-words.ts'
import { blockClasses, type ClassStyle } from './block-class.ts'
import { type Cells, hidesClasses } from './cells.ts'
import type { PictureIndex } from './picture-index.ts'
import { makePoster, poster } from './poster.ts'

/** Strokes over a class's colour, in a tile as high as a row. */
const cuePaths: Readonly<Record<ClassStyle['cue'], string>> = {
  plain: '',
  'one-line': 'M0 6H8',
  'two-lines': 'M0 4H8M0 8H8',
  'three-lines': 'M0 3H8M0 6H8M0 9H8',
  dashes: 'M0 5.5H4M0 6.5H4',
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
  const { widthPixels, heightPixels, map, lanes, labels, marks } = makePoster(index, title, words)
  const [heading, ...others] = labels.map(({ x, y, text }) => `<text x="${x}" y="${y}">${xmlText(text)}</text>`)
  const ticks = Array.from({ length: map.ticks.count }, (_, tick) => {
    const x = poster.margin + (map.ticks.xs[tick] ?? 0)
    const y = map.top + (map.ticks.rows[tick] ?? 0) * poster.rowPitch
    return `M${x} ${y}v${poster.rowHeight}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sharing" viewBox="0 0 ${widthPixels} ${heightPixels}" width="${widthPixels}" height="${heightPixels}" role="img" aria-label="${xmlText(title)}">`,
    definitions(),
    `<rect width="100%" height="100%" style="fill:var(--paper)"/>`,
    `<g style="font-weight:600">${heading}</g>`,
    ...others,
    ...marks.map(
      ({ x, y, classCode }) =>
        `<g transform="translate(${x} ${y})"><rect width="12" height="${poster.rowHeight}" ${fillOf(classCode)}/></g>`,
    ),
    cellRects(map.cells, poster.margin, map.top),
    `<path d="${ticks.join('')}" style="stroke:var(--paper);stroke-width:1"/>`,
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
    return hidesClasses(cells, at) ? rect + mark : rect
  })
  return `<g transform="translate(${left} ${top})">${rects.join('')}</g>`
}

function fillOf(code: number): string {
  return blockClasses[code]?.cue === 'outline'
    ? 'style="fill:none;stroke:var(--c0);stroke-width:.5"'
    : `fill="url(#p${code})"`
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
