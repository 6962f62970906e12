/** What deleting files would free, told apart by their role. */
import type { SharingFreed } from '../../shared/ipc/sharing.ts'
import type { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { freedBytes } from '../../shared/sharing/sharers.ts'
import { fileRoles } from '../../shared/sharing/sharing-map.ts'

/** For each role among some files, what deleting those of them would free, while all others stay. */
export function freedByRole(index: PictureIndex, files: Uint32Array): SharingFreed[] {
  const { roles, names } = index.map.files
  return fileRoles.flatMap((role, code) => {
    const chosen = files.filter((file) => roles[file] === code)
    if (chosen.length === 0) return []
    const isChosen = new Uint8Array(names.length)
    for (const file of chosen) isChosen[file] = 1
    return [{ role, files: chosen.length, freed: freedBytes(index, (file) => isChosen[file] === 1) }]
  })
}
