/** What `npm start` decides: whether to build, what to open the window with, and what it says. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isOutdated } from '../../scripts/desktop/freshness.mjs'
import { chooseRuntime, chromiumPath } from '../../scripts/desktop/runtime.mjs'

const electron = '/opt/electron/electron'
const chromium = '/usr/bin/chromium'

describe('chooseRuntime', () => {
  it('takes Electron without a word where it is installed', () => {
    expect(chooseRuntime({ electron, chromium, display: true })).toEqual({ kind: 'electron', notice: '' })
  })

  it('says how to get Electron, and opens the window in Chromium', () => {
    const { kind, notice } = chooseRuntime({ electron: undefined, chromium, display: true })
    expect(kind).toBe('host')
    expect(notice).toContain('npx install-electron')
    expect(notice).toContain(chromium)
  })

  it('names both ways where neither is installed', () => {
    const { kind, notice } = chooseRuntime({ electron: undefined, chromium: undefined, display: true })
    expect(kind).toBe('none')
    expect(notice).toContain('npx install-electron')
    expect(notice).toContain('apt-get install chromium')
  })

  it.each([electron, undefined])('names the demo where there is no display (Electron: %s)', (path) => {
    const { kind, notice } = chooseRuntime({ electron: path, chromium, display: false })
    expect(kind).toBe('none')
    expect(notice).toContain('no display')
    expect(notice).toContain('npm run demo')
    expect(notice.includes('npx install-electron')).toBe(path === undefined)
  })
})

describe('chromiumPath', () => {
  it('is one that can be run, also where the user names it', () => {
    vi.stubEnv('CHROMIUM_PATH', process.execPath)
    expect(chromiumPath()).toBe(process.execPath)
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
    expect(chromiumPath()).toBeUndefined()
    vi.unstubAllEnvs()
  })
})

describe('isOutdated', () => {
  const root = mkdtempSync(join(tmpdir(), 'reftar-desktop-runtime-'))
  afterAll(() => rmSync(root, { recursive: true }))

  it('compares what was built with every file, and with folders for deleted ones', () => {
    const source = join(root, 'src')
    const file = join(source, 'deep/file.ts')
    const built = join(root, 'built.js')
    const touch = (path: string, seconds: number) => utimesSync(path, seconds, seconds)
    mkdirSync(join(source, 'deep'), { recursive: true })
    writeFileSync(file, '')
    expect(isOutdated(built, [source])).toBe(true)

    writeFileSync(built, '')
    for (const path of [file, join(source, 'deep'), source]) touch(path, 100)
    touch(built, 200)
    expect(isOutdated(built, [source])).toBe(false)
    touch(file, 300)
    expect(isOutdated(built, [source])).toBe(true)
    expect(isOutdated(built, [file])).toBe(true)
    rmSync(file)
    expect(isOutdated(built, [source])).toBe(true)
  })
})
