import { describe, expect, it } from 'vitest'
import { madeUpMap } from '../../../test/support/made-up-layout.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type { SharingSubject } from '../../shared/ipc/sharing.ts'
import { fileRoles, pathOfFile, type SharingMap } from '../../shared/sharing/sharing-map.ts'
import { onlySelected, selectedFiles } from './selected-files.ts'

const bytes = (text: string) => text as ByteString

function mapOf(files: Readonly<Record<string, (typeof fileRoles)[number]>>): SharingMap {
  const map = madeUpMap(
    Object.keys(files).map((path) => ({ path, extents: [{ offset: 0, address: 0, length: 4096, flags: 0x2000 }] })),
    ['xfs'],
  )
  return {
    ...map,
    files: { ...map.files, roles: Uint8Array.from(Object.values(files), (role) => fileRoles.indexOf(role)) },
  }
}

function namesOf(subject: SharingSubject, map: SharingMap, ...entries: readonly string[]): string[] {
  const isSelected = selectedFiles(subject, map, entries.map(bytes))
  return map.files.names.flatMap((_, file) => (isSelected(file) ? [pathOfFile(map, file)] : []))
}

const disk: SharingSubject = {
  kind: 'disk',
  roots: [
    { path: bytes('/home/vm'), role: 'source' },
    { path: bytes('/backup/vm.reftar'), role: 'archive' },
    { path: bytes('/out/images'), role: 'extracted' },
  ],
  extraction: { directory: bytes('/out'), prefix: bytes('vm'), entries: undefined },
}
const onDisk = mapOf({
  '/home/vm/images/a': 'source',
  '/home/vm/images/b': 'source',
  '/home/vm/notes': 'source',
  '/backup/vm.reftar': 'archive',
  '/out/images/a': 'extracted',
  '/out/images/b': 'extracted',
})

describe('what is selected in the archive', () => {
  it('is found where it came from, and where it was extracted to', () => {
    expect(namesOf(disk, onDisk, 'vm/images/a')).toEqual(['/home/vm/images/a', '/backup/vm.reftar', '/out/images/a'])
    expect(namesOf(disk, onDisk, 'vm/notes')).toEqual(['/home/vm/notes', '/backup/vm.reftar'])
    expect(namesOf(disk, onDisk, 'vm/images')).toHaveLength(5)
    expect(namesOf(disk, onDisk, 'vm')).toHaveLength(6)
  })

  it('is found among the archive’s contents under its own name', () => {
    const contents: SharingSubject = { kind: 'contents', archivePath: bytes('/backup/vm.reftar') }
    const map = mapOf({ 'vm/images/a': 'archive', 'vm/images-2': 'archive', 'vm/notes': 'archive' })
    expect(namesOf(contents, map, 'vm/images')).toEqual(['vm/images/a'])
    expect(namesOf(contents, map, 'vm/notes', 'vm/images-2')).toEqual(['vm/images-2', 'vm/notes'])
  })

  it('is one file where it is one before and one after', () => {
    const only = (...entries: readonly string[]) =>
      onlySelected(disk, onDisk, selectedFiles(disk, onDisk, entries.map(bytes)))?.file
    expect(only('vm/images/b')).toBe(1)
    expect(only('vm/images')).toBeUndefined()
    expect(only('vm/missing')).toBeUndefined()
  })
})
