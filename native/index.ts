/** The way into native: the ports for the platform this runs on. */
import type { Ports } from '../src/main/engine/ports.ts'
import { createPortablePorts } from './portable/index.ts'

export interface PortsOptions {
  /** Use node:fs even where there is something better. The environment's REFTAR_PORTABLE=1 does the same. */
  readonly portable?: boolean
}

type LinuxModule = typeof import('./linux/index.ts')

/** The Linux implementation, only loaded where its byte layouts hold: its bindings don't exist elsewhere. */
async function loadLinux(): Promise<LinuxModule | undefined> {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) return undefined
  try {
    return await import('./linux/index.ts')
  } catch {
    // koffi has no binary for this C library, or the C library is too old for a call: copying still works.
    return undefined
  }
}

const linux = await loadLinux()

function chosen({ portable = process.env['REFTAR_PORTABLE'] === '1' }: PortsOptions): LinuxModule | undefined {
  return portable ? undefined : linux
}

/** The ports for this platform: over the kernel's calls on Linux (x86-64, arm64), over node:fs elsewhere. */
export function createPorts(options: PortsOptions = {}): Ports {
  return chosen(options)?.createLinuxPorts() ?? createPortablePorts(linux?.createLibraryCompressor())
}

/** One sentence about what is missing here, for people; undefined where nothing is. */
export function platformNotice(options: PortsOptions = {}): string | undefined {
  if (chosen(options) !== undefined) return undefined
  return 'On this platform reftar copies; cloning needs Linux on x86-64 or arm64.'
}
