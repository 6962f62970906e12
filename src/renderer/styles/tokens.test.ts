import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blockClasses } from '../../shared/sharing/block-class.ts'

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

/** WCAG's contrast of two colours in hexadecimal. */
function contrast(first: string, second: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('tokens', () => {
  it.each(blockClasses)('$name has the colours that reports use', ({ name, light, dark }) => {
    const value = light === undefined ? 'transparent' : `light-dark(${light}, ${dark})`.toLowerCase()
    expect(tokens).toContain(`--class-${name}: ${value};`)
  })

  it.each([
    ['light', '#ffffff'],
    ['dark', '#1c1c1f'],
  ] as const)(
    'classes stand out from a %s surface, and alike hues from each other by their lightness',
    (theme, surface) => {
      expect(tokens).toMatch(new RegExp(`--surface: light-dark\\(.*${surface}`))
      const colourOf = (name: string): string => blockClasses.find((style) => style.name === name)?.[theme] ?? ''
      for (const { name, cue } of blockClasses) {
        // What can't be checked is seen by its lines, a hole by its outline.
        if (cue !== 'diagonal' && cue !== 'outline') expect(contrast(colourOf(name), surface), name).toBeGreaterThan(3)
      }
      for (const [one, other] of [
        ['shared-3-4', 'shared-5'],
        ['only-here', 'shared-2'],
        ['only-here', 'inline'],
        ['shared-2', 'inline'],
        ['shared-3-4', 'shared-others'],
      ] as const) {
        expect(contrast(colourOf(one), colourOf(other)), `${one}, ${other}`).toBeGreaterThan(1.45)
      }
    },
  )

  it.each([
    ['light', 0],
    ['dark', 1],
  ] as const)(
    'the scale of Savings goes from the surface to a colour that stands out and can be written on: %s',
    (_theme, at) => {
      const colourOf = (name: string): string =>
        tokens.match(new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`))?.[at + 1] ?? ''
      expect(contrast(colourOf('scale-full'), colourOf('surface'))).toBeGreaterThan(3)
      expect(contrast(colourOf('scale-full'), colourOf('text'))).toBeGreaterThan(4.5)
    },
  )
})
