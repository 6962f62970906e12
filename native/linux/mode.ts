/** chmod of what is open, and when a new node needs one. Apart from metadata.ts because open.ts and nodes.ts need it. */
import { readFileSync } from 'node:fs'
import type { Handle } from '../../src/main/engine/ports.ts'
import { bind, check } from './libc.ts'

// chmod(2)
const fchmodCall = bind<(descriptor: number, mode: number) => number>('int fchmod(int fd, mode_t mode)')

/**
 * The process's umask as proc(5) shows it. umask(2) can only be read by changing it, which would race with other
 * threads; where proc says nothing everything counts as masked, which costs a call and is right.
 */
function readUmask(): number {
  try {
    const line = /^Umask:\s*([0-7]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))
    return line?.[1] === undefined ? 0o777 : Number.parseInt(line[1], 8)
  } catch {
    return 0o777
  }
}

let umask: number | undefined

/** Whether a node made with this mode got another one: bits of the umask, or setuid and setgid, which some calls drop. */
export function modeNeedsChmod(mode: number): boolean {
  umask ??= readUmask()
  return (mode & (umask | 0o7000)) !== 0
}

/** fchmod(2): permission bits, setuid, setgid and sticky of an open file or folder. */
export function chmodOpen(handle: Handle, mode: number): void {
  check(fchmodCall(handle, mode & 0o7777), 'fchmod')
}
