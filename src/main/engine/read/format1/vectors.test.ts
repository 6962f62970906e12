import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createPorts } from '../../../../../native/index.ts'
import { byteStringToText, textToByteString } from '../../../../shared/byte-string.ts'
import { extractArchive } from '../../extract/extract.ts'
import { openArchive } from '../open.ts'

const folder = fileURLToPath(new URL('../../../../../test/vectors/v1/', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'reftar-vectors-'))
afterAll(() => rmSync(scratch, { recursive: true }))

interface VectorEntry {
  readonly file_path: string
  readonly file_name: string
  readonly file_size: number
  readonly file_type: string
  readonly modify_time: number
  readonly username: string
  readonly uid: number
  readonly content_sha256?: string
}
interface Vector {
  readonly archive: string
  readonly block_size: number
  readonly decoded: { readonly entries: readonly VectorEntry[] }
  readonly peer_list: { readonly stdout: readonly string[] }
}

const vectors = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, vector: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector }))

function archiveOf(vector: Vector): string {
  const path = join(folder, vector.archive)
  if (!path.endsWith('.gz')) return path
  const unpacked = join(scratch, vector.archive.slice(0, -3))
  writeFileSync(unpacked, gunzipSync(readFileSync(path)))
  return unpacked
}

const pathOf = (entry: VectorEntry): string =>
  entry.file_path === '' ? entry.file_name : `${entry.file_path}/${entry.file_name}`

const quiet = { signal: new AbortController().signal, progress: () => undefined }

describe.each(vectors)('archive of the first reftar: $name', ({ name, vector }) => {
  const ports = createPorts()

  test('lists what the JSON says', async () => {
    const reader = openArchive(ports, textToByteString(archiveOf(vector)))
    const listed = [...reader.entries()]
    expect(reader.info).toMatchObject({ format: 1, complete: true, notices: [], blockSizeBytes: vector.block_size })
    expect(
      listed.map((entry) => ({
        path: byteStringToText(entry.path),
        sizeBytes: entry.kind === 'file' ? entry.sizeBytes : undefined,
        isFolder: entry.kind === 'directory',
        seconds: entry.modifyTime.seconds,
        uid: entry.owner.uid,
        userName: byteStringToText(entry.owner.userName),
        mode: entry.mode,
      })),
    ).toEqual(
      vector.decoded.entries.map((entry) => ({
        path: pathOf(entry),
        sizeBytes: entry.file_type === '0' ? entry.file_size : undefined,
        isFolder: entry.file_type === '5',
        seconds: entry.modify_time,
        uid: entry.uid,
        userName: entry.username,
        mode: undefined,
      })),
    )
    // One of the names has a line break in it.
    expect(listed.map(({ path }) => byteStringToText(path)).join('\n')).toBe(
      vector.peer_list.stdout.map((line) => line.replace(/^\//, '')).join('\n'),
    )
    for (const entry of listed) expect(reader.find(entry.path)?.ordinal).toBe(entry.ordinal)
    const problems: unknown[] = []
    expect(await reader.verify({ ...quiet, problem: (problem) => problems.push(problem) })).toMatchObject({
      faults: 0,
      complete: true,
    })
    expect(problems).toEqual([])
    reader.close()
  })

  test('extracts the contents at their true sizes', async () => {
    const reader = openArchive(ports, textToByteString(archiveOf(vector)))
    const target = mkdtempSync(join(scratch, `${name}-`))
    const problems: unknown[] = []
    await extractArchive(
      ports,
      reader,
      {
        directory: textToByteString(target),
        selection: [],
        exclude: [],
        stripComponents: 0,
        onConflict: 'fail',
        clone: 'auto',
        verifyContents: true,
        zeros: 'hole',
        sameOwner: false,
        numericOwner: false,
        samePermissions: false,
        jobs: 1,
      },
      { ...quiet, problem: (problem) => problems.push(problem) },
    )
    reader.close()
    expect(problems).toEqual([])
    const files = vector.decoded.entries.filter((entry) => entry.file_type === '0')
    for (const entry of files) {
      const bytes = readFileSync(join(target, pathOf(entry)))
      expect(bytes.length).toBe(entry.file_size)
      if (entry.content_sha256 !== undefined) {
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.content_sha256)
      }
    }
    const found = readdirSync(target, { recursive: true })
    expect(found.length).toBe(vector.decoded.entries.length)
  })
})
