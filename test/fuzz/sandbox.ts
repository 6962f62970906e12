/** A folder to extract hostile archives into, with things beside it that must stay as they are. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const STAGED = /^\.reftar-[0-9a-f]{8}[^/]*\.part$/

export class Sandbox {
  readonly root: string
  /** Where to extract to. */
  readonly target: string
  private readonly outside: string
  private readonly before: string

  /** In memory where the system has a place for that: nothing of this needs a disk. */
  constructor(parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()) {
    this.root = mkdtempSync(join(parent, 'reftar-hostile-'))
    this.target = join(this.root, 'target')
    this.outside = join(this.root, 'outside')
    mkdirSync(join(this.outside, 'folder'), { recursive: true })
    writeFileSync(join(this.outside, 'secret'), 'not yours')
    writeFileSync(join(this.outside, 'folder', 'file'), 'leave me alone')
    writeFileSync(join(this.root, 'archive.reftar'), 'an archive')
    mkdirSync(this.target)
    this.before = this.state()
  }

  /** An empty target, or one with a link that leads out and a file in the way. */
  prepare(withTraps: boolean): void {
    remove(this.target)
    mkdirSync(this.target)
    if (!withTraps) return
    symlinkSync('../outside', join(this.target, 'link'))
    writeFileSync(join(this.target, 'existing'), 'here first')
    mkdirSync(join(this.target, 'dir'))
  }

  /** What changed outside the target, in words; undefined when nothing did. */
  escape(): string | undefined {
    const now = this.state()
    return now === this.before ? undefined : `outside of the target it was\n${this.before}\nand is\n${now}`
  }

  /** Temporary names that were left in the target. */
  leftovers(): string[] {
    return walk(this.target, '').filter((path) => STAGED.test(path.slice(path.lastIndexOf('/') + 1)))
  }

  /** Relative paths of what is in the target, a byte a character. */
  extracted(): string[] {
    return walk(this.target, '').sort()
  }

  dispose(): void {
    remove(this.root)
  }

  private state(): string {
    const lines = readdirSync(this.root).sort()
    for (const path of walk(this.outside, '')) {
      const name = join(this.outside, path)
      const { mode, size, mtimeMs, ino, nlink, uid, gid } = lstatSync(name)
      const content = (mode & 0o170000) === 0o100000 ? readFileSync(name, 'latin1') : ''
      lines.push([path, mode, content === '' ? 0 : size, mtimeMs, ino, nlink, uid, gid, content].join(' '))
    }
    const { mode, mtimeMs, uid } = lstatSync(this.outside)
    return [...lines, mode, mtimeMs, uid].join('\n')
  }
}

function walk(folder: string, below: string): string[] {
  const found: string[] = []
  for (const item of readdirSync(Buffer.from(folder, 'latin1'), { withFileTypes: true, encoding: 'buffer' })) {
    const name = Buffer.from(item.name).toString('latin1')
    const path = below === '' ? name : `${below}/${name}`
    found.push(path)
    if (item.isDirectory()) found.push(...walk(`${folder}/${name}`, path))
  }
  return found
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Paths longer than Node can name.
    execFileSync('rm', ['-rf', '--one-file-system', folder])
  }
}
