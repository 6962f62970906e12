/** What the pictures show: somebody's projects on a btrfs disk, the same bytes and times at every run. */

import { createCipheriv } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cloneFile, MIB, makeSparse, overwrite } from '../../test/support/blocks.ts'
import { runCli } from '../../test/support/cli.ts'
import { mountImage } from '../../test/support/loopback.ts'
import { unmountBelow } from '../../test/support/scratch.ts'
import { runTool } from '../../test/support/system.ts'

/** Where the disk is mounted: pictures show paths, and those of tests' images tell nobody anything. */
const MOUNTPOINT = '/mnt/data'
const GIB = 1 << 30

export interface Demo {
  /** A path on the disk. */
  path(...names: string[]): string
  /** Leaves `Projects` and `Backups`, and removes what an earlier scene made. */
  reset(): void
}

/**
 * Makes the disk, hands it to `use`, and removes it. `npm run screenshots` has mounts of its own (unshare), which nobody
 * else sees and which end with its last process, even when it is killed.
 */
export async function withDemo(use: (demo: Demo) => Promise<void>): Promise<void> {
  if (!hasOwnMounts()) throw new Error('The scenes mount over /mnt, which only “npm run screenshots” keeps to itself.')
  using disk = mountImage('btrfs', { sizeBytes: 64 * GIB })
  runTool('mount', ['-t', 'tmpfs', 'reftar', '/mnt'])
  mkdirSync(MOUNTPOINT)
  runTool('mount', ['--bind', disk.mountpoint, MOUNTPOINT])
  try {
    const path = (...names: string[]) => join(MOUNTPOINT, ...names)
    makeProjects(path('Projects'))
    mkdirSync(path('Backups'))
    for (const [archive, folder] of [
      ['projects', 'Projects'],
      ['photos', 'Projects/photos'],
    ] as const) {
      const run = runCli(MOUNTPOINT, 'create', '-q', '-f', path(`Backups/${archive}.reftar`), folder)
      if (run.code !== 0) throw new Error(run.err)
    }
    await use({ path, reset: () => reset(path) })
    reset(path)
  } finally {
    runTool('umount', ['--recursive', '/mnt'])
  }
}

/** Whether this process sees other mounts than one of those that started it. */
function hasOwnMounts(): boolean {
  const mountsOf = (pid: number): string => readlinkSync(`/proc/${pid}/ns/mnt`)
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) if (mountsOf(pid) !== mountsOf(process.pid)) return true
  return false
}

/** The name in parentheses, which may hold anything, is followed by state and parent (proc_pid_stat(5)). */
function parentOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/.*\) /s, '')
  return Number(fields.split(' ')[1])
}

function reset(path: Demo['path']): void {
  for (const name of readdirSync(MOUNTPOINT))
    if (name !== 'Projects' && name !== 'Backups') {
      unmountBelow(path(name))
      rmSync(path(name), { recursive: true })
    }
}

/** Three machines begun as clones of one image, photos with a clone among them, and texts. */
function makeProjects(folder: string): void {
  const at = (path: string) => join(folder, path)
  for (const name of ['vm/images', 'vm/isos', 'photos/2026', 'notes', 'website/pages'])
    mkdirSync(at(name), { recursive: true })

  makeSparse(at('vm/images/base.qcow2'), 8 * GIB, [])
  for (let place = 0; place < 24; place++)
    overwrite(at('vm/images/base.qcow2'), place * 300 * MIB, noise(`base ${place}`, 8 * MIB))
  for (const [machine, changed] of [
    ['web', 2],
    ['database', 6],
    ['build', 4],
  ] as const) {
    const image = at(`vm/images/${machine}.qcow2`)
    cloneFile(at('vm/images/base.qcow2'), image)
    for (let place = 0; place < changed; place++)
      overwrite(image, place * 900 * MIB + MIB, noise(`${machine} ${place}`, 5 * MIB))
  }
  writeFileSync(at('vm/isos/installer.iso'), noise('installer', 320 * MIB))
  writeFileSync(at('vm/isos/rescue.iso'), noise('rescue', 140 * MIB))

  for (const [index, name] of ['harbour', 'lighthouse', 'market', 'old-town'].entries())
    writeFileSync(at(`photos/2026/${name}.raw`), noise(name, (18 + 3 * index) * MIB + 700 * index))
  cloneFile(at('photos/2026/harbour.raw'), at('photos/2026/harbour-edited.raw'))
  overwrite(at('photos/2026/harbour-edited.raw'), 4 * MIB, noise('edited', 3 * MIB))

  writeFileSync(at('notes/ideas.md'), '# Ideas\n\n- a map of the harbour\n- machines from one image\n'.repeat(8))
  writeFileSync(at('notes/machines.md'), '# Machines\n\nAll three begin as clones of base.qcow2.\n'.repeat(20))
  writeFileSync(at('notes/shopping.txt'), 'bread\ncoffee\nbatteries\n')
  for (const page of ['about', 'contact', 'index', 'machines'])
    writeFileSync(
      at(`website/pages/${page}.html`),
      `<!doctype html><title>${page}</title>\n<p>${page} </p>\n`.repeat(60),
    )
  writeFileSync(at('website/style.css'), 'body { font: 1rem/1.5 sans-serif }\n'.repeat(40))
  runTool('sync', ['--file-system', folder])
  setTimes(folder)
}

/** Bytes that no compression makes smaller, always the same for a name. */
function noise(name: string, lengthBytes: number): Buffer {
  const key = Buffer.alloc(16)
  key.write(name)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(lengthBytes))
}

/** Days of one autumn, in the order of the paths; what lies in a folder first, since it changes the folder's time. */
function setTimes(folder: string): void {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const paths = [...entries.map((name) => join(folder, name)).reverse(), folder]
  for (const [index, path] of paths.entries()) {
    const time = new Date(Date.UTC(2026, 8, 3 + 2 * index, 8 + ((5 * index) % 11), (17 * index) % 60))
    utimesSync(path, time, time)
  }
}
