/** What the process of the app's page takes. */

import { readdirSync, readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** Resident megabytes of the largest renderer below the app; files that it shares with other processes count in part. */
export function rendererMegabytes(app: ElectronApplication): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const stat = read(`/proc/${name}/stat`)
    // After the command, which is in brackets: state, then the parent.
    if (stat !== undefined) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const isOfApp = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at))
      if (at === app.process().pid) return true
    return false
  }
  const sizes = [...parents.keys()]
    .filter((pid) => isOfApp(pid) && read(`/proc/${pid}/cmdline`)?.includes('--type=renderer') === true)
    .map((pid) => Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1]) / 1000)
  return Math.max(...sizes)
}

/** Undefined for a process that has ended. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
