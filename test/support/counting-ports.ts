/** The system's ports, counting what is read. */
import { createPorts } from '../../native/index.ts'
import type { Ports } from '../../src/main/engine/index.ts'

export interface Counted {
  readonly ports: Ports
  readonly counts: { readBytes: number; clonedBytes: number; readCalls: number }
}

/** Ports that count the bytes that the engine reads from files and asks to be cloned. */
export function countingPorts(): Counted {
  const ports = createPorts()
  const counts = { readBytes: 0, clonedBytes: 0, readCalls: 0 }
  const files: Ports['files'] = {
    ...ports.files,
    read(...args) {
      const count = ports.files.read(...args)
      counts.readBytes += count
      counts.readCalls += 1
      return count
    },
    copyRange(...args) {
      const count = ports.files.copyRange(...args)
      counts.readBytes += count
      return count
    },
  }
  const cloner: Ports['cloner'] = {
    ...ports.cloner,
    cloneRange(...args) {
      ports.cloner.cloneRange(...args)
      counts.clonedBytes += args[2]
    },
  }
  return { counts, ports: { ...ports, files, cloner } }
}
