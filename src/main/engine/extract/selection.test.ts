import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../../shared/byte-string.ts'
import { ArchiveMaker, emptyFile, folder, openBytes, sampleArchive } from '../read/archive.test-support.ts'
import { selectEntries } from './selection.ts'

const sample = () => openBytes(sampleArchive().archive)
const bytes = (paths: readonly string[]) => paths as readonly ByteString[]

function selected(selection: readonly string[], paths: readonly string[] | undefined, exclude: readonly string[] = []) {
  const found = selectEntries(sample(), selection, exclude, paths === undefined ? undefined : bytes(paths))
  return {
    paths: Array.from(found.entries(), ({ path }) => path),
    missing: found.missing().map((e) => e.context.entry),
  }
}

describe('exact paths', () => {
  it('bring what they hold, once, in walk order', () => {
    expect(selected([], ['b', 'a/3', 'b/x', 'a/1', 'a/1'])).toEqual({ paths: ['a/1', 'a/3', 'b', 'b/x'], missing: [] })
  })

  it('come besides patterns', () => {
    expect(selected(['a/[24]'], ['b/x'])).toEqual({ paths: ['a/2', 'a/4', 'b/x'], missing: [] })
    expect(selected(['a/[24]'], ['a/2'])).toEqual({ paths: ['a/2', 'a/4'], missing: [] })
  })

  it('are no patterns, and are missed when they aren’t there', () => {
    expect(selected([], ['a/?', 'b'])).toEqual({ paths: ['b', 'b/x'], missing: ['a/?'] })
    expect(selected([], ['a', 'a/nothing']).missing).toEqual(['a/nothing'])
  })

  it('select nothing when there are none, everything with the root, and nothing that is excluded', () => {
    expect(selected([], []).paths).toEqual([])
    expect(selected([], ['']).paths).toEqual(sampleArchive().paths)
    expect(selected([], undefined).paths).toEqual(sampleArchive().paths)
    expect(selected([], ['a'], ['a/[1-3]']).paths).toEqual(['a', 'a/4'])
  })

  it('take a name with disguising bytes for what it is', () => {
    const maker = new ArchiveMaker()
    maker.page(['A', '[ab]', '\\x41', 'a'].map(emptyFile))
    const found = selectEntries(openBytes(maker.finish()), [], [], bytes(['\\x41', '[ab]']))
    expect(Array.from(found.entries(), ({ path }) => path)).toEqual(['[ab]', '\\x41'])
  })

  it('may be a hundred thousand', () => {
    const maker = new ArchiveMaker()
    const all: string[] = []
    for (let page = 0; page < 200; page++) {
      const name = `d${String(page).padStart(3, '0')}`
      const files = Array.from({ length: 500 }, (_, file) => `${name}/f${String(file).padStart(3, '0')}`)
      maker.page([folder(name), ...files.map(emptyFile)])
      all.push(...files)
    }
    const reader = openBytes(maker.finish())
    const startedAt = performance.now()
    const found = selectEntries(reader, [], [], bytes(all.toReversed()))
    let count = 0
    for (const _ of found.entries()) count++
    expect(count).toBe(100_000)
    expect(found.missing()).toEqual([])
    // A second, or hours where each were looked for among all.
    expect(performance.now() - startedAt).toBeLessThan(45_000)
  })
})
