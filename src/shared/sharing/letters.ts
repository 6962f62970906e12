/** Pure: words as pixels, where nothing else can draw them. The letters are made by e2e/make-letters.ts. */
import font from './letters.json' with { type: 'json' }

const levels = 3

interface Letter {
  readonly width: number
  /** Its first pixel among all. */
  readonly start: number
}

const letters = new Map<string, Letter>()
const widths = font.widths.split(' ').map(Number)
let next = 0
for (const [at, letter] of Array.from(font.letters).entries()) {
  const width = widths[at] ?? 0
  letters.set(letter, { width, start: next })
  next += width * font.lineHeight
}
const unknown = letters.get('\ufffd') ?? { width: 0, start: 0 }

/** Three pixels are packed into a letter of the file. */
function levelAt(pixel: number): number {
  return ((font.pixels.charCodeAt(Math.floor(pixel / 3)) - 48) >> (4 - 2 * (pixel % 3))) & levels
}

/**
 * Draws a line of words that begins at `left`, stands on `baseline`, and is cut off at `end`. `dot` gets each pixel with ink, and how
 * much of it from 0 to 1.
 */
export function drawLetters(
  text: string,
  left: number,
  baseline: number,
  end: number,
  dot: (x: number, y: number, share: number) => void,
): void {
  let x = left
  // Spaces that don’t break are as wide as others.
  for (const letter of text.normalize('NFC').replace(/\s/g, ' ')) {
    const { width, start } = letters.get(letter) ?? unknown
    if (x + width > end) return
    for (let at = 0; at < width * font.lineHeight; at++) {
      const level = levelAt(start + at)
      const y = baseline - font.baseline + Math.floor(at / width)
      if (level > 0) dot(x + (at % width), y, level / levels)
    }
    x += width
  }
}
