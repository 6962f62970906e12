import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blockClasses } from '../../shared/sharing/block-class.ts'

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

describe('tokens', () => {
  it.each(blockClasses)('$name has the colours that reports use', ({ name, light, dark }) => {
    const value = light === undefined ? 'transparent' : `light-dark(${light}, ${dark})`.toLowerCase()
    expect(tokens).toContain(`--class-${name}: ${value};`)
  })
})
