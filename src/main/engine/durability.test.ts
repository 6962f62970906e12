/** The order in which things reach the disk (docs/adr/0006-durability.md), seen by ports that write it down. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../../native/index.ts'
import { textToByteString } from '../../shared/byte-string.ts'
import type { JobContext } from '../../shared/progress.ts'
import { convertArchive } from './convert/convert.ts'
import { createArchive } from './create/create.ts'
import { extractArchive } from './extract/extract.ts'
import type { FileSystem, Handle, Ports } from './ports.ts'
import { openArchive } from './read/open.ts'
import { sealArchive } from './seal/seal.ts'

const job: JobContext = { signal: new AbortController().signal, progress: () => {}, problem: () => {} }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reftar-durability-'))
  mkdirSync(join(folder, 'in'))
  writeFileSync(join(folder, 'in/large'), Buffer.alloc(200_000, 'large'))
  writeFileSync(join(folder, 'in/small'), 'small')
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string) => textToByteString(join(folder, name))

/**
 * Ports that note what matters for durability, repetitions once: bytes written to a file, by section where they begin
 * like one; syncs; names given and taken.
 */
function recordingPorts(): { ports: Ports; events: string[] } {
  const base = createPorts()
  const events: string[] = []
  const names = new Map<Handle, string>()
  const note = (event: string): void => {
    if (events.at(-1) !== event) events.push(event)
  }
  const opened = <Args extends unknown[]>(open: (...args: Args) => Handle, name: string) => {
    return (...args: Args): Handle => {
      const handle = open(...args)
      names.set(handle, name)
      return handle
    }
  }
  const nameOf = (handle: Handle): string => names.get(handle) ?? 'something'
  const files: FileSystem = {
    ...base.files,
    openDirectoryPath: opened(base.files.openDirectoryPath, 'folder'),
    openDirectoryBelow: opened(base.files.openDirectoryBelow, 'folder'),
    openFilePath: opened(base.files.openFilePath, 'archive'),
    createFile: opened(base.files.createFile, 'file'),
    createUnnamedFile: opened(base.files.createUnnamedFile, 'scratch'),
    write(handle, buffer, bufferOffset, length, position) {
      if (nameOf(handle) !== 'scratch') note(`write ${sectionOf(buffer, bufferOffset)}`)
      return base.files.write(handle, buffer, bufferOffset, length, position)
    },
    truncate(handle, sizeBytes) {
      if (nameOf(handle) !== 'scratch') note('truncate')
      base.files.truncate(handle, sizeBytes)
    },
    sync(handle) {
      note(`sync ${nameOf(handle)}`)
      base.files.sync(handle)
    },
    rename(...args) {
      note('rename')
      base.files.rename(...args)
    },
  }
  const cloner: Ports['cloner'] = {
    ...base.cloner,
    cloneRange(...args) {
      if (nameOf(args[3]) !== 'scratch') note('write data')
      base.cloner.cloneRange(...args)
    },
  }
  return { ports: { ...base, files, cloner }, events }
}

const sections = ['pack', 'page', 'hashes', 'directory', 'trailer']

/** Kinds are in the section's header: docs/format.md. */
function sectionOf(buffer: Uint8Array, offset: number): string {
  const bytes = Buffer.from(buffer.buffer, buffer.byteOffset + offset, Math.min(64, buffer.byteLength - offset))
  if (bytes.length < 64 || bytes.toString('latin1', 0, 8) !== 'RFTSECT2') return 'data'
  return sections[bytes.readUInt32LE(24) - 1] ?? 'unknown'
}

async function create(ports: Ports, archive: string, changes: { instant?: boolean; format?: 1 | 2 } = {}) {
  const options = {
    archivePath: at(archive),
    inputs: [textToByteString('in')],
    directory: textToByteString(folder),
    keepPaths: false,
    exclude: [],
    oneFilesystem: false,
    clone: 'auto',
    deduplicate: true,
    instant: false,
    compress: false,
    compressionLevel: 3,
    blockSizeBytes: 4096,
    jobs: 2,
    ...changes,
  } as const
  return createArchive(ports, options, job)
}

const lastSteps = ['sync file', 'rename', 'sync folder']

describe('what is synced when', () => {
  it('create: data, sync, directory and trailer, sync, name, sync of the folder', async () => {
    const { ports, events } = recordingPorts()
    await create(ports, 'a.reftar')
    const directory = events.indexOf('write directory')
    expect(events.slice(directory - 1)).toEqual([
      'sync file',
      'write directory',
      'write trailer',
      'truncate',
      ...lastSteps,
    ])
    for (const kind of ['data', 'pack', 'page', 'hashes']) {
      expect(events.indexOf(`write ${kind}`)).toBeGreaterThanOrEqual(0)
      expect(events.lastIndexOf(`write ${kind}`)).toBeLessThan(directory - 1)
    }
    // What a page refers to comes before it, so that recovery finds nothing that isn't there.
    for (const kind of ['data', 'pack', 'hashes']) {
      expect(events.indexOf(`write ${kind}`)).toBeLessThan(events.indexOf('write page'))
    }
  })

  it('create in format 1: everything, sync, name, sync of the folder', async () => {
    const { ports, events } = recordingPorts()
    await create(ports, 'a.reftar', { format: 1 })
    expect(events.slice(-3)).toEqual(lastSteps)
    expect(events.filter((event) => event === 'rename')).toHaveLength(1)
  })

  it('seal: hashes, sync, directory and trailer, sync', async () => {
    await create(createPorts(), 'a.reftar', { instant: true })
    const { ports, events } = recordingPorts()
    await sealArchive(ports, at('a.reftar'), job)
    expect(events).toEqual([
      'write hashes',
      'sync archive',
      'write directory',
      'write trailer',
      'truncate',
      'sync archive',
    ])
  })

  it.each([
    [2, 1],
    [1, 2],
  ] as const)('convert from format %s to %s: everything, sync, name, sync of the folder', async (from, format) => {
    await create(createPorts(), 'a.reftar', { format: from })
    const { ports, events } = recordingPorts()
    const options = { sourcePath: at('a.reftar'), archivePath: at('b.reftar'), format, blockSizeBytes: 4096 } as const
    await convertArchive(ports, { ...options, clone: 'auto', compressionLevel: 3, jobs: 2 }, job)
    expect(events.slice(-3)).toEqual(lastSteps)
    expect(events.filter((event) => event === 'rename')).toHaveLength(1)
  })

  it('extract: nothing is synced, and names come last', async () => {
    await create(createPorts(), 'a.reftar')
    mkdirSync(join(folder, 'out'))
    const { ports, events } = recordingPorts()
    const reader = openArchive(ports, at('a.reftar'))
    try {
      const options = {
        directory: at('out'),
        selection: [],
        exclude: [],
        stripComponents: 0,
        onConflict: 'fail',
        clone: 'auto',
        verifyContents: false,
        zeros: 'hole',
        sameOwner: false,
        numericOwner: false,
        samePermissions: false,
        jobs: 1,
      } as const
      await extractArchive(ports, reader, options, job)
    } finally {
      reader.close()
    }
    expect(events.filter((event) => event.startsWith('sync'))).toEqual([])
    expect(events.at(-1)).toBe('rename')
    expect(events.filter((event) => event === 'rename')).toHaveLength(1)
  })
})
