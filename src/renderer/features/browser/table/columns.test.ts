import { describe, expect, it } from 'vitest'
import { columnTemplate, leastTablePixels, shownColumns, toggleColumn } from './columns.ts'

const ids = (columns: ReturnType<typeof shownColumns>) => columns.map(({ id }) => id)

describe('columns', () => {
  const settings = { columns: ['modified', 'size'], columnWidthsPixels: { size: 100 } } as const

  it('stand in one order, the name always first', () => {
    expect(ids(shownColumns(settings, false))).toEqual(['name', 'size', 'modified'])
    expect(ids(shownColumns({ columns: [], columnWidthsPixels: {} }, false))).toEqual(['name'])
  })

  it('name the folder while matches come from several', () => {
    expect(ids(shownColumns(settings, true))).toEqual(['name', 'path', 'size', 'modified'])
  })

  it('let the name take what is left until it has a width of its own', () => {
    expect(columnTemplate(shownColumns(settings, false))).toBe('minmax(160px, 1fr) 100px 136px')
    const fixed = shownColumns({ ...settings, columnWidthsPixels: { name: 300, size: 100 } }, false)
    expect(columnTemplate(fixed)).toBe('300px 100px 136px 1fr')
    expect(leastTablePixels(fixed)).toBe(536)
  })

  it('are added and taken away, but for the name', () => {
    expect(toggleColumn(settings.columns, 'mode')).toEqual(['name', 'size', 'modified', 'mode'])
    expect(toggleColumn(settings.columns, 'size')).toEqual(['name', 'modified'])
    expect(toggleColumn(['name', 'size'], 'name')).toEqual(['name', 'size'])
  })
})
