/**
 * The system's ports with one call going wrong: the n-th of all that can fail. Handles are counted, so that one that
 * is never closed shows. EINTR isn't among the faults: native/ makes such calls again, so no port ever answers with it.
 */
import { createPorts } from '../../native/index.ts'
import type { Handle, Ports } from '../../src/main/engine/index.ts'
import { type ErrorCode, errorTable, ReftarError } from '../../src/shared/errors.ts'

/** What goes wrong: an errno, or less read or written than asked. */
export const faults = {
  EIO: 'io-error',
  ENOSPC: 'no-space',
  EDQUOT: 'quota-exceeded',
  EMFILE: 'too-many-open-files',
  EAGAIN: 'try-again',
  EROFS: 'read-only',
  short: undefined,
} as const satisfies Record<string, ErrorCode | undefined>

export type FaultKind = keyof typeof faults

export interface FaultyPorts {
  readonly ports: Ports
  /** Names of the calls so far that could have failed. */
  readonly calls: readonly string[]
  /** Opened and not closed yet, by what opened them. */
  readonly open: ReadonlyMap<Handle, string>
}

/** What ports.ts says never fails. */
const infallible = new Set(['beginWriteback', 'tryLock'])
const opening = new Set([
  'openDirectoryPath',
  'openDirectoryBelow',
  'openFilePath',
  'openFile',
  'createFile',
  'createUnnamedFile',
])

type Call = (...args: unknown[]) => unknown

/**
 * Ports whose call number `at` (from 0, in the order in which they are made) meets the fault; with `at` undefined none
 * does, and with `every` all reads and writes are short.
 */
export function faultyPorts(kind: FaultKind, at: number | undefined, every = false): FaultyPorts {
  const base = createPorts()
  const calls: string[] = []
  const open = new Map<Handle, string>()

  const wrap = (name: string, call: Call): Call => {
    if (infallible.has(name)) return call
    return (...args) => {
      const isHit = calls.length === at
      calls.push(name)
      const isTransfer = name === 'read' || name === 'write'
      if (isTransfer && kind === 'short' && (isHit || every)) args[3] = shortened(args[3] as number)
      const code = faults[kind]
      const fails = isHit && code !== undefined
      // As the kernel does it: the handle is gone, whatever close answers.
      if (fails && name !== 'close') throw refusal(code, kind, name)
      const result = call(...args)
      if (opening.has(name)) open.set(result as Handle, name)
      if (name === 'close' && !open.delete(args[0] as Handle)) throw new Error(`closed twice, as call ${calls.length}`)
      if (fails) throw refusal(code, kind, name)
      return result
    }
  }
  const wrapAll = <Part extends object>(part: Part): Part => {
    const entries = Object.entries(part).map(([name, call]) => [name, wrap(name, call as Call)])
    return Object.fromEntries(entries) as Part
  }
  const { canClone, ...cloner } = base.cloner
  const ports: Ports = {
    ...base,
    files: wrapAll(base.files),
    cloner: { ...wrapAll(cloner), canClone },
    extentMap: wrapAll(base.extentMap),
  }
  return { ports, calls, open }
}

function shortened(length: number): number {
  return length <= 1 ? length : Math.ceil(length / 3)
}

function refusal(code: ErrorCode, errno: string, operation: string): ReftarError {
  return new ReftarError(code, errorTable[code].title, { errno, operation })
}
