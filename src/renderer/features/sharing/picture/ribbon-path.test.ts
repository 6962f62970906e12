import { expect, it } from 'vitest'
import { ribbonPath } from './ribbon-path.ts'

it('goes below the bars to the gutter between two columns, and along it', () => {
  const archive = { x: 86, bottom: 500, gutterX: 16 }
  const [base, web] = [500, 620].map((bottom) => ({ x: 664, bottom, gutterX: 650 }))
  if (base === undefined || web === undefined) throw new Error('there are two')
  expect(ribbonPath(archive, web)).toBe('M86 500V504H650V624H664V620')
  expect(ribbonPath(web, archive)).toBe('M664 620V624H650V504H86V500')
  expect(ribbonPath(web, { ...web })).toBeUndefined()
  expect(ribbonPath(base, web)).toBe('M664 500V504H650V624H664V620')
})
