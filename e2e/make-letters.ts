/**
 * `node scripts/run-typescript.mjs e2e/make-letters.ts`: draws the letters for pictures made where there is no display, and writes them to
 * src/shared/sharing/letters.json. They are those of DejaVu Sans (https://dejavu-fonts.github.io, free to use, embed and change).
 */
import { writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { chromiumPath } from '../scripts/desktop/runtime.mjs'

const sizePixels = 12
const lineHeight = 15
const baseline = 12
const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))
/** Latin letters of European languages, and the punctuation and signs of the texts. The last stands for all others. */
const letters = [...range(0x20, 0x7e), ...range(0xa1, 0x17f), ...'–—‘’‚“”„…−×·€', '\ufffd'].join('')

const how = { letters, sizePixels, lineHeight, baseline }

/** Runs in the page: of each letter its width, and its pixels row after row, from 0 (paper) to 3 (ink). */
function drawLetters({ letters, sizePixels, lineHeight, baseline }: typeof how) {
  const canvas = new OffscreenCanvas(4 * sizePixels, lineHeight)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) throw new Error('no canvas')
  pen.font = `${sizePixels}px "DejaVu Sans"`
  return Array.from(letters, (letter) => {
    const width = Math.max(1, Math.round(pen.measureText(letter).width))
    pen.clearRect(0, 0, canvas.width, canvas.height)
    pen.fillText(letter, 0, baseline)
    const { data } = pen.getImageData(0, 0, width, lineHeight)
    return {
      width,
      pixels: Array.from({ length: width * lineHeight }, (_, at) => Math.round((data[4 * at + 3] ?? 0) / 85)),
    }
  })
}

const executablePath = chromiumPath()
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
try {
  const page = await browser.newPage()
  const drawn = await page.evaluate(drawLetters, how)
  const all = drawn.flatMap(({ pixels }) => pixels)
  // Three pixels to a letter of the file.
  const packed = Array.from({ length: Math.ceil(all.length / 3) }, (_, at) => {
    const [a = 0, b = 0, c = 0] = all.slice(3 * at, 3 * at + 3)
    return String.fromCharCode(48 + a * 16 + b * 4 + c)
  })
  const font = {
    lineHeight,
    baseline,
    letters,
    widths: drawn.map(({ width }) => width).join(' '),
    pixels: packed.join(''),
  }
  writeFileSync('src/shared/sharing/letters.json', `${JSON.stringify(font, undefined, 2)}\n`)
} finally {
  await browser.close()
}
