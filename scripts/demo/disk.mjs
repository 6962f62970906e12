/** Finds a place whose filesystem shares blocks: here, the temporary folder, or as root an image of our own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const IMAGE_BYTES = 512 * 2 ** 20
/** mkfs and mount live in sbin, which is not on everyone's PATH. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' }

/** Whether a command went well; its own words where it didn't. */
function run(command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8' })
  if (status === 0) return undefined
  return error === undefined ? stderr.trim() : `${command}: not installed`
}

function filesystemType(folder) {
  const { stdout } = spawnSync('stat', ['--file-system', '--format=%T', folder], { env, encoding: 'utf8' })
  return stdout?.trim() || 'an unknown filesystem'
}

/** Real aligned data, really cloned: an empty file can be “cloned” anywhere. */
function sharesBlocks(folder) {
  const probe = join(folder, 'probe')
  writeFileSync(probe, Buffer.alloc(65536, 1))
  const refusal = run('cp', '--reflink=always', probe, `${probe}-copy`)
  rmSync(probe, { force: true })
  rmSync(`${probe}-copy`, { force: true })
  return refusal === undefined
}

/** Bytes in use on the filesystem once everything is written: btrfs counts them after a sync only. */
function meter(folder) {
  return () => {
    run('sync', '--file-system', folder)
    const { blocks, bfree, bsize } = statfsSync(folder)
    return (blocks - bfree) * bsize
  }
}

function plainDisk(folder, description) {
  return {
    folder,
    description,
    allocatedBytes: meter(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A folder on a btrfs image, or why there is none. */
function imageDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'reftar-demo-'))
  const image = join(folder, 'image')
  const mountpoint = join(folder, 'mnt')
  mkdirSync(mountpoint)
  writeFileSync(image, '')
  truncateSync(image, IMAGE_BYTES)
  const refusal = run('mkfs.btrfs', '--quiet', image) ?? run('mount', '-t', 'btrfs', '-o', 'loop', image, mountpoint)
  if (refusal !== undefined) {
    rmSync(folder, { recursive: true, force: true })
    return { refusal }
  }
  const remove = () => {
    const busy = run('umount', mountpoint)
    // Detached at least, so that the image goes when the last user does.
    if (busy !== undefined) run('umount', '--lazy', mountpoint)
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    folder: mountpoint,
    description: 'a btrfs image in the temporary folder',
    allocatedBytes: meter(mountpoint),
    remove,
  }
}

/** The place to work in; its `remove` takes away everything it made. */
export function findDisk() {
  for (const parent of [process.cwd(), tmpdir()]) {
    let folder
    try {
      folder = mkdtempSync(join(parent, '.reftar-demo-'))
    } catch {
      continue
    }
    if (sharesBlocks(folder)) return plainDisk(folder, `${filesystemType(folder)} in ${parent}, which shares blocks`)
    rmSync(folder, { recursive: true, force: true })
  }
  let refusal = 'mounting an image takes root'
  if (process.getuid?.() === 0) {
    const disk = imageDisk()
    if (disk.refusal === undefined) return disk
    refusal = disk.refusal
  }
  const folder = mkdtempSync(join(tmpdir(), 'reftar-demo-'))
  console.log(
    `No filesystem here shares blocks, and none could be made (${refusal}).\n` +
      'What is missing: btrfs or XFS, or root and the package btrfs-progs. Everything below is copied.',
  )
  return plainDisk(folder, `${filesystemType(folder)} in ${tmpdir()}, which can’t share blocks`)
}
