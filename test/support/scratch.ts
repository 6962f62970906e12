/**
 * One scratch folder a test run, below which every image and mountpoint lies: so what a run left behind can be told
 * from other people's mounts, and removed. The folder's name carries the process id of the run.
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './system.ts'

const prefix = 'reftar-test-'
const variable = 'REFTAR_TEST_SCRATCH'

/** This process's part of the run's folder, which the global setup made: test files run in processes of their own. */
export function scratchFolder(): string {
  const root = process.env[variable]
  if (root === undefined) throw new Error(`${variable} is not set: the global setup did not run`)
  const folder = join(root, String(process.pid))
  mkdirSync(folder, { recursive: true })
  cleanUpOnExit(folder)
  return folder
}

/** The whole run's folder. Only the process that calls this removes it. */
export function createScratchRoot(): string {
  const root = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  process.env[variable] = root
  cleanUpOnExit(root)
  return root
}

/** Removes what killed runs left behind: those that could not clean up after themselves. */
export function removeStaleScratchRoots(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (Number.isNaN(pid) || existsSync(`/proc/${pid}`)) continue
    unmountBelow(join(tmpdir(), name))
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

/** Mountpoints at or below a folder, innermost first. */
export function mountsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .map((path) => path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))))
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse()
}

/** Loop devices whose image lies below a folder. */
export function loopDevicesBelow(folder: string): string[] {
  const table = runTool('losetup', ['--list', '--noheadings', '--raw', '--output', 'NAME,BACK-FILE'])
  return table
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([device, image]) => (device !== undefined && image?.startsWith(`${folder}/`) ? [device] : []))
}

/** Unmounts everything below a folder. Returns the mountpoints that were in use and could only be detached. */
export function unmountBelow(folder: string): string[] {
  const busy: string[] = []
  for (const mountpoint of mountsBelow(folder)) {
    try {
      runTool('umount', [mountpoint])
    } catch {
      busy.push(mountpoint)
      runTool('umount', ['--lazy', mountpoint])
    }
  }
  if (busy.length === 0) waitForLoopDevices(folder)
  return busy
}

/** The kernel lets go of a loop device a moment after its filesystem is unmounted: a longer one on a busy machine. */
function waitForLoopDevices(folder: string): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let attempt = 0; attempt < 3000 && loopDevicesBelow(folder).length > 0; attempt++) {
    Atomics.wait(pause, 0, 0, 20)
  }
}

/** Removes what is mounted and attached below a folder, and throws when there was anything. */
export function failOnLeftovers(folder: string): void {
  const mounts = mountsBelow(folder)
  unmountBelow(folder)
  const devices = loopDevicesBelow(folder)
  for (const device of devices) runTool('losetup', ['--detach', device])
  const left = [...mounts, ...devices]
  if (left.length > 0) throw new Error(`The tests left behind: ${left.join(', ')}`)
}

let isRegistered = false

/** Mounts outlive their process, so every way of ending it has to pass through here. */
function cleanUpOnExit(folder: string): void {
  if (isRegistered) return
  isRegistered = true
  const cleanUp = () => {
    if (!existsSync(folder)) return
    unmountBelow(folder)
    rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', cleanUp)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      cleanUp()
      process.kill(process.pid, signal)
    })
  }
}
