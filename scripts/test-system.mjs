/** What the tests need of the system besides Node: commands from Debian packages, and root for loopback filesystems. */

import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromiumPath, electronPath } from './desktop/runtime.mjs'

/** Debian package → a file that only it brings: a command, or a library's path pattern. */
const commandsOfPackages = {
  'btrfs-progs': 'mkfs.btrfs',
  xfsprogs: 'mkfs.xfs',
  e2fsprogs: 'filefrag',
  attr: 'setfattr',
  acl: 'setfacl',
  'libcap2-bin': 'setcap',
  'libxml2-utils': 'xmllint',
  pngcheck: 'pngcheck',
  strace: 'strace',
  mount: 'losetup',
  xvfb: 'Xvfb',
  'x11-utils': 'xwininfo',
}
const libzstd = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib64', '/lib']

export const isRoot = process.getuid?.() === 0

function hasCommand(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export function missingPackages() {
  const missing = Object.entries(commandsOfPackages)
    .filter(([, command]) => !hasCommand(command))
    .map(([name]) => name)
  if (!libzstd.some((folder) => existsSync(join(folder, 'libzstd.so.1')))) missing.push('libzstd1')
  if (electronPath() === undefined && chromiumPath() === undefined) missing.push('chromium')
  return missing
}

/** Installs the missing packages as root. Says why when the tests can't run here; true when they can. */
export function provideSystem(missing, run) {
  if (process.platform !== 'linux') {
    console.error('The tests need Linux: they mount btrfs, XFS and ext4 images.')
    return false
  }
  if (!isRoot) {
    console.error('The tests mount loopback filesystems, which takes root. Run: sudo env "PATH=$PATH" npm test')
    return false
  }
  if (missing.length > 0) {
    if (!hasCommand('apt-get')) {
      console.error(`Install these packages (Debian's names) first: ${missing.join(' ')}`)
      return false
    }
    const installed = run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', ...missing)
    if (!installed || missingPackages().length > 0) {
      console.error(`Could not install: ${missing.join(' ')}`)
      return false
    }
  }
  if (!existsSync('/dev/loop-control')) {
    console.error('No loop devices here (/dev/loop-control is missing): in a container, run it privileged.')
    return false
  }
  return true
}
