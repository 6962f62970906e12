/** What may be named to be looked at: files and folders; a link only where the name ends with a slash. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { walkFiles } from '../../src/main/engine/sharing/walk-files.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { describeError, errorData, type ReftarError } from '../../src/shared/errors.ts'
import { mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

test('files and folders are looked at, links only behind a slash, and what else is named is told', () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('folder'))
  writeFileSync(disk.path('folder/a'), randomBytes(4096))
  symlinkSync('folder', disk.path('link'))
  symlinkSync('nowhere', disk.path('broken'))
  runTool('mkfifo', [disk.path('fifo')])
  const told: string[] = []
  const problem = (error: ReftarError): void => void told.push(describeError(errorData(error)))
  const look = (name: string): string[] =>
    [...walkFiles(createPorts().files, [textToByteString(`${disk.mountpoint}/${name}`)], problem)].map(({ path }) =>
      path.slice(disk.mountpoint.length + 1),
    )
  expect(look('folder')).toEqual(['folder/a'])
  expect(look('folder/a')).toEqual(['folder/a'])
  expect(look('link/')).toEqual(['link/a'])
  expect(told).toEqual([])
  for (const name of ['link', 'broken', 'fifo']) expect(look(name)).toEqual([])
  expect(told).toHaveLength(3)
  for (const line of told) expect(line).toMatch(/(link|broken|fifo): .*neither a regular file nor a folder/)
  expect([...look('broken/'), ...look('folder/a/')]).toEqual([])
  expect(told).toHaveLength(5)
})
