import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../../../native/index.ts'
import { type ByteString, textToByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { NodeStatus } from '../ports.ts'
import { openArchivePlace } from './archive-place.ts'

const { files } = createPorts()

let base = ''
beforeEach(() => {
  base = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'reftar-place-'))
})
afterEach(() => {
  fs.rmSync(base, { recursive: true, force: true })
})

const at = (...names: string[]): string => path.join(base, ...names)

/** Folder, name and whether a file is replaced; or the error's code. */
function placeOf(name: string, sources: readonly NodeStatus[] = []): string {
  try {
    const place = openArchivePlace(files, textToByteString(`${base}/${name}`), sources)
    try {
      const folder = fs.readlinkSync(`/proc/self/fd/${place.folder}`).replace(base, '.')
      return `${folder} ${place.name}${place.replaced === undefined ? '' : ` for ${place.replaced.sizeBytes} bytes`}`
    } finally {
      files.close(place.folder)
    }
  } catch (error) {
    if (error instanceof ReftarError) return error.code
    throw error
  }
}

function statusOf(name: string): NodeStatus {
  const folder = files.openDirectoryPath(textToByteString(base))
  try {
    const status = files.statusAt(folder, name as ByteString)
    if (status === undefined) throw new Error(`${name} is missing`)
    return status
  } finally {
    files.close(folder)
  }
}

describe('openArchivePlace', () => {
  it('takes a new name, and one that a regular file has', () => {
    fs.writeFileSync(at('old'), '12345')
    expect(placeOf('new')).toBe('. new')
    expect(placeOf('old')).toBe('. old for 5 bytes')
  })

  it('refuses folders, also those that a slash at the end names', () => {
    fs.mkdirSync(at('folder'))
    fs.writeFileSync(at('file'), '')
    for (const name of ['folder', 'folder/', '.', '..', 'nothing/', 'file/'])
      expect(placeOf(name)).toBe('is-a-directory')
  })

  it('refuses what is neither file nor folder', () => {
    spawnSync('mkfifo', [at('fifo')])
    fs.symlinkSync('fifo', at('link'))
    expect(placeOf('fifo')).toBe('not-replaceable')
    expect(placeOf('link')).toBe('not-replaceable')
    // As /dev/stdout leads to a pipe, which has no name.
    fs.symlinkSync('/proc/self/fd/pipe:[1]', at('stdout'))
    expect(placeOf('stdout')).toBe('not-replaceable')
  })

  it('follows links: through folders, relative and absolute, to files that are there and that aren’t', () => {
    fs.mkdirSync(at('a/b'), { recursive: true })
    fs.writeFileSync(at('a/b/real'), '123')
    fs.symlinkSync('b/real', at('a/second'))
    fs.symlinkSync(at('a/second'), at('first'))
    fs.symlinkSync('a/b', at('folder'))
    fs.symlinkSync('../new', at('a/b/dangling'))
    expect(placeOf('first')).toBe('./a/b real for 3 bytes')
    expect(placeOf('folder/real')).toBe('./a/b real for 3 bytes')
    expect(placeOf('folder/dangling')).toBe('./a new')
    expect(placeOf('folder')).toBe('is-a-directory')
    expect(placeOf('first/')).toBe('is-a-directory')
  })

  it('ends at links that lead to each other or nowhere', () => {
    fs.symlinkSync('b', at('a'))
    fs.symlinkSync('a', at('b'))
    fs.symlinkSync('missing/new', at('c'))
    expect(placeOf('a')).toBe('symbolic-link')
    expect(placeOf('c')).toBe('not-found')
  })

  it('refuses what it is made of, under whatever name', () => {
    fs.writeFileSync(at('source'), '1')
    fs.linkSync(at('source'), at('other name'))
    fs.symlinkSync('source', at('link'))
    fs.writeFileSync(at('twin'), '1')
    const sources = [statusOf('source')]
    for (const name of ['source', 'other name', 'link']) expect(placeOf(name, sources)).toBe('usage')
    expect(placeOf('twin', sources)).toBe('. twin for 1 bytes')
  })
})
