import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { Memory } from './memory.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reftar-memory-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const place = { x: 10, y: 20, width: 800, height: 600, maximized: false }

describe('what is remembered', () => {
  it('is there again in the next run', async () => {
    const memory = new Memory(join(folder, 'new'))
    const standard = memory.settings
    memory.changeSettings({ theme: 'dark' })
    memory.changeSettings({ units: 'iec', columnWidthsPixels: { size: 90 } })
    memory.rememberWindow(place)
    memory.rememberTarget(textToByteString('/tmp/ü'))
    await memory.written()
    const next = new Memory(join(folder, 'new'))
    expect(next.settings).toEqual({ ...standard, theme: 'dark', units: 'iec', columnWidthsPixels: { size: 90 } })
    expect(next.window).toEqual(place)
    expect(next.targetFolder).toBe(textToByteString('/tmp/ü'))
    expect(readdirSync(join(folder, 'new')).sort()).toEqual(['settings.json', 'state.json'])
  })

  it('lists archives newest first, each once, and says which are missing', async () => {
    const memory = new Memory(folder)
    const there = textToByteString(join(folder, 'there'))
    writeFileSync(join(folder, 'there'), '12345')
    memory.rememberArchive(there)
    for (let i = 0; i < 30; i++) memory.rememberArchive(textToByteString(`/missing/${i}`))
    memory.rememberArchive(there)
    await memory.written()
    const recents = await new Memory(folder).recents()
    expect(recents).toHaveLength(20)
    expect(recents.slice(0, 2).map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      [there, 5],
      ['/missing/29', undefined],
    ])
    memory.forgetArchive(there)
    expect(memory.recentPaths).not.toContain(there)
    await memory.written()
  })

  it.each(['', '{', '[1]', 'null', '{"recents":{}}'])('counts as empty when its file holds “%s”', (text) => {
    writeFileSync(join(folder, 'settings.json'), text)
    writeFileSync(join(folder, 'state.json'), text)
    const memory = new Memory(folder)
    expect(memory.settings).toEqual(new Memory(join(folder, 'none')).settings)
    expect([memory.window, memory.recentPaths]).toEqual([undefined, []])
  })

  it('loses only the members that are wrong', () => {
    writeFileSync(join(folder, 'settings.json'), '{"theme":"dark","units":7,"later":1,"showTree":false}')
    writeFileSync(join(folder, 'state.json'), `{"window":{"x":1},"targetFolder":"/t"}`)
    const memory = new Memory(folder)
    expect(memory.settings).toMatchObject({ theme: 'dark', units: 'si', showTree: false })
    expect(memory.settings).not.toHaveProperty('later')
    expect([memory.window, memory.targetFolder]).toEqual([undefined, '/t'])
  })

  it('is written whole, the last value last', async () => {
    const memory = new Memory(folder)
    for (let width = 1; width <= 50; width++) memory.changeSettings({ treeWidthPixels: width })
    await memory.written()
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ treeWidthPixels: 50 })
  })
})
