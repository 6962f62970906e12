import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../../../native/index.ts'
import {
  type ByteString,
  byteStringToBytes,
  bytesToByteString,
  comparePaths,
  textToByteString,
} from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { matchAny } from '../globs.ts'
import type { FileSystem, NodeStatus } from '../ports.ts'
import { planInputs } from './inputs.ts'
import { type Visit, type WalkOptions, walkInputs } from './walk.ts'

const { files } = createPorts()

let base = ''
let servers: Server[] = []
let openBefore = 0

beforeEach(() => {
  base = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'reftar-walk-'))
  openBefore = openFiles()
})
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  servers = []
  fs.rmSync(base, { recursive: true, force: true })
})

function openFiles(): number {
  return fs.readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(base)
    } catch {
      return false
    }
  }).length
}

const at = (...names: string[]): string => path.join(base, ...names)

function put(name: string, content = 'x'): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true })
  fs.writeFileSync(at(name), content)
}

interface Walked {
  readonly paths: string[]
  readonly problems: string[]
}

function walk(
  inputs: readonly string[],
  options: Partial<WalkOptions> & {
    readonly exclude?: readonly string[]
    readonly keepPaths?: boolean
    readonly onVisit?: (visit: Visit) => void
    readonly through?: FileSystem
  } = {},
): Walked {
  const paths: string[] = []
  const problems: string[] = []
  const root = planInputs(inputs.map(textToByteString), options.keepPaths ?? false)
  const visits = walkInputs(options.through ?? files, root, {
    directory: textToByteString(base),
    isExcluded: matchAny(options.exclude ?? []),
    oneFilesystem: false,
    opensFiles: true,
    leavesOut: () => false,
    onProblem: (error, problemPath) =>
      problems.push(`${problemPath}: ${error instanceof ReftarError ? error.code : String(error)}`),
    ...options,
  })
  for (const visit of visits) {
    paths.push(visit.path)
    options.onVisit?.(visit)
  }
  expect(openFiles()).toBe(openBefore)
  return { paths, problems }
}

describe('walkInputs', () => {
  it('visits in walk order, a folder directly before what it holds', () => {
    for (const name of ['a/z', 'a/b/c', 'a.b', 'a-', 'a b/x', 'a0', 'A', 'b', 'é', 'a/b.c', 'a/b0/d']) put(name)
    const all = walk(['.']).paths
    expect(all).toEqual([...all].sort((x, y) => comparePaths(x as ByteString, y as ByteString)))
    expect(all.slice(0, 3)).toEqual(['A', 'a', 'a/b'])
    expect(all).toHaveLength(15)
    const several = walk(['a0', 'a', 'a-', 'a.b', 'a b']).paths
    expect(several).toEqual([...several].sort((x, y) => comparePaths(x as ByteString, y as ByteString)))
    expect(several[0]).toBe('a')
  })

  it('keeps names that aren’t UTF-8', () => {
    const names = ['\xff', '\xfe\x80', 'a\n', '\x01'].map((text) => text as ByteString)
    for (const name of names) fs.writeFileSync(Buffer.concat([Buffer.from(`${base}/`), byteStringToBytes(name)]), '')
    expect(walk(['.']).paths).toEqual([...names].sort())
    expect(bytesToByteString(byteStringToBytes(names[1] ?? ('' as ByteString)))).toBe('\xfe\x80')
  })

  it('hands out open files and folders, and what can’t be opened without a handle', () => {
    put('f', 'content')
    fs.mkdirSync(at('d'))
    fs.symlinkSync('f', at('link'))
    const seen: string[] = []
    walk(['.'], {
      onVisit: ({ path: visited, status, handle, folder, name }) => {
        seen.push(`${visited} ${status.kind} ${handle === undefined ? 'closed' : 'open'}`)
        expect(files.statusAt(folder, name)?.inode).toBe(status.inode)
        if (handle !== undefined) expect(files.status(handle).inode).toBe(status.inode)
      },
    })
    expect(seen).toEqual(['d directory open', 'f file open', 'link symlink closed'])
  })

  it('looks at files without opening them when told', () => {
    put('d/f')
    const seen: string[] = []
    const through = {
      ...files,
      openFile: () => {
        throw new Error('opened')
      },
    }
    walk(['.'], {
      through,
      opensFiles: false,
      onVisit: ({ path: visited, status, handle }) =>
        seen.push(`${visited} ${status.sizeBytes} ${handle === undefined}`),
    })
    expect(seen[1]).toBe('d/f 1 true')
  })

  it('goes 300 folders deep and back up, with few folders open', () => {
    const deep = Array.from({ length: 300 }, () => 'd').join('/')
    fs.mkdirSync(at(deep), { recursive: true })
    // Something to visit on the way back at every depth.
    for (let depth = 0; depth <= 300; depth++) fs.writeFileSync(at(deep.slice(0, depth * 2), 'z'), '')
    let mostOpen = 0
    let visited = 0
    const { paths, problems } = walk(['d'], {
      onVisit: () => {
        visited += 1
        if (visited % 20 === 0) mostOpen = Math.max(mostOpen, openFiles())
      },
    })
    expect(problems).toEqual([])
    expect(paths).toHaveLength(600)
    expect(paths[299]).toBe(deep)
    expect(paths[300]).toBe(`${deep}/z`)
    expect(paths.at(-1)).toBe('d/z')
    expect(mostOpen).toBeLessThan(80)
  })

  it('leaves out what is excluded, with all below', () => {
    for (const name of ['a/keep', 'a/x.o', 'build/a/b', 'c/build/d', 'c/e']) put(name)
    expect(walk(['.'], { exclude: ['*.o', 'build'] }).paths).toEqual(['a', 'a/keep', 'c', 'c/e'])
    expect(walk(['a', 'c'], { exclude: ['c/e', 'a'] }).paths).toEqual(['c', 'c/build', 'c/build/d'])
  })

  it('doesn’t hang on FIFOs and sockets', async () => {
    expect(spawnSync('mkfifo', [at('fifo')]).status).toBe(0)
    const server = createServer()
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve))
    const kinds: string[] = []
    const { problems } = walk(['.'], { onVisit: ({ status }) => kinds.push(status.kind) })
    expect(kinds).toEqual(['fifo', 'socket'])
    expect(problems).toEqual([])
    // Also when the folder's list takes it for a file, which it was a moment ago.
    const through: FileSystem = {
      ...files,
      readDirectory: (handle) => files.readDirectory(handle).map((item) => ({ ...item, kind: 'file' as const })),
    }
    const mistaken = walk(['.'], { through })
    expect([...mistaken.paths, ...mistaken.problems]).toHaveLength(2)
  })

  it('finds out the kind where the folder’s list doesn’t say', () => {
    put('d/f')
    fs.symlinkSync('d', at('link'))
    const through: FileSystem = {
      ...files,
      readDirectory: (handle) => files.readDirectory(handle).map(({ name }) => ({ name, kind: undefined })),
    }
    expect(walk(['.'], { through }).paths).toEqual(['d', 'd/f', 'link'])
  })

  it('never follows a link below an input', () => {
    put('outside/secret')
    put('in/f')
    fs.symlinkSync('../outside', at('in/link'))
    fs.symlinkSync('in', at('top'))
    expect(walk(['in']).paths).toEqual(['in', 'in/f', 'in/link'])
    expect(walk(['top']).paths).toEqual(['top'])
    // A folder that turns into a link after its list was read.
    const { paths, problems } = walk(['in'], {
      through: {
        ...files,
        readDirectory: (handle) =>
          files
            .readDirectory(handle)
            .map((item) => ({ ...item, kind: item.name === 'link' ? 'directory' : item.kind })),
      },
    })
    expect(paths).toEqual(['in', 'in/f'])
    expect(problems).toHaveLength(1)
  })

  it('reports what vanished and goes on', () => {
    for (const name of ['a/1', 'b/2', 'c/3', 'd']) put(name)
    const { paths, problems } = walk(['.'], {
      onVisit: ({ path: visited }) => {
        if (visited !== 'a') return
        fs.rmSync(at('b'), { recursive: true })
        fs.rmSync(at('d'))
      },
    })
    expect(paths).toEqual(['a', 'a/1', 'c', 'c/3'])
    expect(problems).toEqual(['b: not-found', 'd: not-found'])
  })

  it('reports a folder that can’t be listed and goes on', () => {
    for (const name of ['a/1', 'b/2', 'c/3']) put(name)
    const refused = fs.statSync(at('b'), { bigint: true }).ino
    const { paths, problems } = walk(['.'], {
      through: {
        ...files,
        readDirectory: (handle) => {
          if (files.status(handle).inode === refused) throw new ReftarError('io-error', { verbatim: 'no' })
          return files.readDirectory(handle)
        },
      },
    })
    expect(paths).toEqual(['a', 'a/1', 'b', 'c', 'c/3'])
    expect(problems).toEqual(['b: io-error'])
  })

  it('doesn’t mix up a folder that was replaced while the walk was far below it', () => {
    const deep = Array.from({ length: 100 }, () => 'd').join('/')
    fs.mkdirSync(at(deep), { recursive: true })
    put('d/d/z')
    put('d/z')
    put('other/z')
    const { paths, problems } = walk(['d'], {
      onVisit: ({ path: visited }) => {
        if (visited !== deep) return
        fs.renameSync(at('d/d'), at('moved'))
        fs.renameSync(at('other'), at('d/d'))
      },
    })
    expect(problems).toEqual(['d/d: changed-while-read'])
    expect(paths.at(-1)).toBe('d/z')
    expect(paths).not.toContain('d/d/z')
  })

  it('closes everything when the walk is given up', () => {
    put('a/b/c/d')
    expect(() =>
      walk(['a'], {
        onVisit: ({ path: visited }) => {
          if (visited === 'a/b/c/d') throw new Error('enough')
        },
      }),
    ).toThrow('enough')
    expect(openFiles()).toBe(openBefore)
  })

  it('leaves out the archive itself', () => {
    for (const name of ['a/archive', 'a/x']) put(name)
    const archive = fs.statSync(at('a/archive'), { bigint: true }).ino
    const leavesOut = ({ inode }: NodeStatus) => inode === archive
    expect(walk(['a'], { leavesOut }).paths).toEqual(['a', 'a/x'])
    expect(walk(['a/archive'], { leavesOut }).paths).toEqual([])
  })

  it('stays on the input’s filesystem when told: the folder itself, not what it holds', () => {
    for (const name of ['a/1', 'mount/2', 'z']) put(name)
    const mounted = new Set(['mount', 'mount/2'].map((name) => fs.statSync(at(name), { bigint: true }).ino))
    const elsewhere = (status: NodeStatus) =>
      mounted.has(status.inode) ? { ...status, device: status.device + 1 } : status
    const through: FileSystem = {
      ...files,
      status: (handle) => elsewhere(files.status(handle)),
      statusAt: (folder, name) => {
        const status = files.statusAt(folder, name)
        return status === undefined ? undefined : elsewhere(status)
      },
    }
    expect(walk(['.'], { through, oneFilesystem: true }).paths).toEqual(['a', 'a/1', 'mount', 'z'])
    // Named as an input it is the input's filesystem.
    expect(walk(['mount', 'z'], { through, oneFilesystem: true }).paths).toEqual(['mount', 'mount/2', 'z'])
  })

  it('stores the folders on the way with --keep-paths, and nothing else of them', () => {
    for (const name of ['a/b/c/1', 'a/b/2', 'a/3']) put(name)
    expect(walk(['a/b/c'], { keepPaths: true }).paths).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/1'])
    expect(walk(['a/3', 'a/b/2'], { keepPaths: true }).paths).toEqual(['a', 'a/3', 'a/b', 'a/b/2'])
    expect(walk(['a/b/c'], { keepPaths: true, exclude: ['b'] }).paths).toEqual(['a'])
  })

  it('takes inputs that end in a slash or a dot', () => {
    put('a/1')
    for (const input of ['a/', 'a/.', './a', at('a')]) expect(walk([input]).paths).toEqual(['a', 'a/1'])
    for (const input of ['a/..', './']) expect(walk([input]).paths).toEqual(['a', 'a/1'])
  })

  it('says which input isn’t there', () => {
    put('a')
    const missing = () => walk(['a', 'nothing'])
    expect(missing).toThrow(ReftarError)
    expect(missing).toThrow('No such file or folder')
    expect(openFiles()).toBe(openBefore)
    expect(() => walk(['missing/x'])).toThrow(ReftarError)
  })
})
