/** Format 1 on real filesystems: what we write decodes by the format's rules, shares blocks, and converts both ways. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { convertArchive } from '../../src/main/engine/convert/convert.ts'
import { createArchive } from '../../src/main/engine/create/create.ts'
import { openArchive } from '../../src/main/engine/read/open.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import type { ErrorData } from '../../src/shared/errors.ts'
import type { ConvertOptions, ConvertSummary, CreateOptions, CreateSummary } from '../../src/shared/jobs.ts'
import { extract, watchedJob } from '../support/extraction.ts'
import { writeLikeFirstReftar } from '../support/first-reftar.ts'
import { type Format1Archive, readFormat1 } from '../support/format1-reader.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree, type TreeField } from '../support/tree.ts'

const KIB = 1 << 10
const MIB = 1 << 20

interface Created {
  readonly summary: CreateSummary
  readonly problems: readonly ErrorData[]
}

async function create1(
  directory: string,
  inputs: readonly string[],
  archive: string,
  options: Partial<CreateOptions> = {},
): Promise<Created> {
  const { job, problems } = watchedJob()
  const summary = await createArchive(
    createPorts(),
    {
      format: 1,
      archivePath: textToByteString(archive),
      inputs: inputs.map(textToByteString),
      directory: textToByteString(directory),
      keepPaths: false,
      exclude: [],
      oneFilesystem: false,
      clone: 'auto',
      deduplicate: true,
      instant: false,
      compress: false,
      compressionLevel: 3,
      blockSizeBytes: 4096,
      jobs: 2,
      ...options,
    },
    job,
  )
  return { summary, problems }
}

async function convert(
  source: string,
  target: string,
  options: Partial<ConvertOptions> = {},
): Promise<{ summary: ConvertSummary; problems: readonly ErrorData[] }> {
  const { job, problems } = watchedJob()
  const summary = await convertArchive(
    createPorts(),
    {
      sourcePath: textToByteString(source),
      archivePath: textToByteString(target),
      format: undefined,
      blockSizeBytes: 4096,
      clone: 'auto',
      compressionLevel: 3,
      jobs: 2,
      ...options,
    },
    job,
  )
  return { summary, problems }
}

/** Every kind of file, at every size that matters. */
function makeTree(disk: MountedImage, name: string): string {
  const root = disk.path(name)
  mkdirSync(join(root, 'sub', 'deep'), { recursive: true })
  for (const size of [0, 1, 4095, 4096, 4097, 20_481, 65_536, 65_537, 300_000]) {
    writeFileSync(join(root, `size-${size}`), randomBytes(size))
  }
  copyFileSync(join(root, 'size-300000'), join(root, 'sub', 'copy'))
  copyFileSync(join(root, 'size-20481'), join(root, 'sub', 'small-copy'))
  linkSync(join(root, 'size-4097'), join(root, 'sub', 'deep', 'hard-link'))
  writeFileSync(join(root, 'sub', 'naïve – 文件'), 'text')
  const sparse = openSync(join(root, 'sparse'), 'w')
  writeSync(sparse, randomBytes(100_000), 0, 100_000, 1 * MIB)
  ftruncateSync(sparse, 3 * MIB + 123)
  closeSync(sparse)
  writeFileSync(join(root, 'zeros'), Buffer.alloc(MIB))
  const block = randomBytes(128 * KIB)
  writeFileSync(join(root, 'repeats'), Buffer.concat([block, randomBytes(64 * KIB), block]))
  for (const path of [join(root, 'size-4096'), join(root, 'sub')]) utimesSync(path, 1_600_000_000, 1_600_000_000)
  return root
}

const countOf = (archive: Format1Archive, kind: string): number =>
  archive.entries.reduce((sum, entry) => sum + entry.extents.filter((extent) => extent.kind === kind).length, 0)

/** What format 1 keeps of a tree. */
const lost: readonly TreeField[] = ['mode', 'mtimeNs']

describe.each(['btrfs', 'xfs', 'ext4'] as const)('create --format=1 on %s', (type) => {
  test('decodes by the rules, with equal contents, and extracts', async () => {
    using disk = mountImage(type)
    const root = makeTree(disk, 'tree')
    const { problems, summary } = await create1(disk.mountpoint, ['tree'], disk.path('a.reftar'))
    expect(problems).toEqual([])
    expect(summary).toMatchObject({ dataHashes: 'weak', losses: { hardLinks: 1 } })
    const decoded = readFormat1(disk.path('a.reftar'))
    const expected = readTree(root)
    // The root itself is an entry here, and '' there.
    expect(decoded.entries).toHaveLength(expected.size)
    for (const { path, type: kind, content, size } of decoded.entries) {
      if (kind !== '0') continue
      const source = readFileSync(Buffer.from(disk.path('x').slice(0, -1) + path, 'latin1'))
      expect(size, path).toBe(source.length)
      expect(content.equals(source), path).toBe(true)
    }
    mkdirSync(disk.path('out'))
    const { summary: extracted, problems: faults } = await extract(disk.path('a.reftar'), disk.path('out'))
    expect(faults).toEqual([])
    expect(extracted.archiveComplete).toBe(true)
    expect(compareTrees(expected, readTree(disk.path('out', 'tree')), lost)).toEqual([])
    expect(statSync(disk.path('out', 'tree', 'size-4096')).mtimeMs).toBe(1_600_000_000_000)
    // Equal content is stored once.
    const copy = decoded.entries.find(({ path }) => path === 'tree/sub/copy')
    expect(copy?.extents.every(({ kind }) => kind === 'R')).toBe(true)
    expect(decoded.entries.find(({ path }) => path === 'tree/zeros')?.extents.map(({ kind }) => kind)).toEqual(['S'])
    expect(decoded.entries.find(({ path }) => path === 'tree/sparse')?.extents.map(({ kind }) => kind)).toEqual([
      'S',
      'D',
      'S',
    ])
  })
})

describe.each(['btrfs', 'xfs'] as const)('on %s', (type) => {
  test('reflinked and partly shared files: split exactly where sharing needs it', async () => {
    using disk = mountImage(type)
    mkdirSync(disk.path('d'))
    writeFileSync(disk.path('d', 'a'), randomBytes(4 * MIB))
    runTool('sync', ['--file-system', disk.mountpoint])
    runTool('cp', ['--reflink=always', disk.path('d', 'a'), disk.path('d', 'b')])
    // c: 1 MiB of its own, then a's second MiB, at another offset.
    writeFileSync(disk.path('d', 'c'), randomBytes(MIB))
    runTool('xfs_io', ['-c', `reflink ${disk.path('d', 'a')} ${MIB} ${MIB} ${MIB}`, disk.path('d', 'c')])
    runTool('sync', ['--file-system', disk.mountpoint])
    const before = allocatedBytes(disk)
    await create1(disk.mountpoint, ['d'], disk.path('a.reftar'))
    expect(allocatedBytes(disk) - before).toBeLessThan(MIB)
    const decoded = readFormat1(disk.path('a.reftar'))
    const shape = Object.fromEntries(
      decoded.entries.map(({ path, extents }) => [path, extents.map(({ kind, blocks }) => `${kind}${blocks}`)]),
    )
    expect(shape).toEqual({
      d: [],
      'd/a': ['D256', 'D256', 'D512'],
      'd/b': ['R256', 'R256', 'R512'],
      'd/c': ['D256', 'R256'],
    })
    mkdirSync(disk.path('out'))
    const afterCreate = allocatedBytes(disk)
    await extract(disk.path('a.reftar'), disk.path('out'))
    expect(allocatedBytes(disk) - afterCreate).toBeLessThan(MIB)
    expect(commonRanges(disk.path('out', 'd', 'a'), disk.path('out', 'd', 'c'))).toEqual([
      { aOffset: MIB, bOffset: MIB, length: MIB },
    ])
    expect(compareTrees(readTree(disk.path('d')), readTree(disk.path('out', 'd')), lost)).toEqual([])
  })

  test('converting an archive of 1 GiB allocates less than 16 MiB, both ways', async () => {
    using disk = mountImage(type, { sizeBytes: 3072 * MIB })
    const file = openSync(disk.path('big'), 'w')
    const piece = randomBytes(MIB)
    for (let i = 0; i < 1024; i++) {
      piece.writeUInt32LE(i, 0)
      for (let at = 4096; at < piece.length; at += 4096) piece.writeUInt32LE(i * 256 + at / 4096, at)
      writeSync(file, piece)
    }
    writeSync(file, Buffer.from('tail'))
    closeSync(file)
    runTool('sync', ['--file-system', disk.mountpoint])
    const { summary } = await create1(disk.mountpoint, ['big'], disk.path('one'), { deduplicate: false })
    // Archive, entry, 17 extents of up to 64 MiB: a block for each header; and the end of the file takes one.
    expect(summary.archiveBytes).toBe(1024 * MIB + (1 + 1 + 17 + 1) * 4096)
    let before = allocatedBytes(disk)
    const to2 = await convert(disk.path('one'), disk.path('two'))
    expect(to2.problems).toEqual([])
    expect(to2.summary).toMatchObject({ format: 2, clonedBytes: 1024 * MIB, logicalBytes: 1024 * MIB + 4 })
    expect(allocatedBytes(disk) - before).toBeLessThan(16 * MIB)
    before = allocatedBytes(disk)
    const to1 = await convert(disk.path('two'), disk.path('three'))
    expect(to1.summary).toMatchObject({ format: 1, clonedBytes: 1024 * MIB })
    expect(allocatedBytes(disk) - before).toBeLessThan(16 * MIB)
    expect(statSync(disk.path('three')).size).toBe(summary.archiveBytes)
  }, 600_000)
})

test('an archive with a header before every block converts in long stretches, and little is new', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const unique = randomBytes(18 * MIB + 1234)
  const sparse = Buffer.concat([unique.subarray(0, 2 * MIB), Buffer.alloc(2 * MIB), randomBytes(17 * MIB)])
  const files = { 'a.bin': unique, 'b.bin': sparse, 'c.bin': randomBytes(100_000) }
  writeLikeFirstReftar(disk.path('old'), files)
  const before = allocatedBytes(disk)
  const { summary, problems } = await convert(disk.path('old'), disk.path('new'))
  expect(problems).toEqual([])
  expect(allocatedBytes(disk) - before).toBeLessThan(MIB)
  expect(statSync(disk.path('new')).size).toBeLessThan(statSync(disk.path('old')).size)
  expect(summary.logicalBytes).toBe(Object.values(files).reduce((sum, { length }) => sum + length, 0))
  const reader = openArchive(createPorts(), textToByteString(disk.path('new')))
  expect(reader.info.totals).toMatchObject({ sharedBytes: 2 * MIB, zeroBytes: 2 * MIB })
  expect(await reader.verify(watchedJob().job)).toMatchObject({ faults: 0, bytesWithoutHash: 0 })
  reader.close()
  for (const archive of ['old', 'new']) {
    mkdirSync(disk.path(`out-${archive}`))
    expect((await extract(disk.path(archive), disk.path(`out-${archive}`))).problems).toEqual([])
    for (const [name, content] of Object.entries(files)) {
      expect(readFileSync(disk.path(`out-${archive}`, name)).equals(content)).toBe(true)
    }
  }
})

test('unique data costs one header an extent', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  writeFileSync(disk.path('big'), randomBytes(130 * MIB))
  await create1(disk.mountpoint, ['big'], disk.path('a'))
  const decoded = readFormat1(disk.path('a'))
  expect(countOf(decoded, 'D')).toBe(3)
  expect(decoded.sizeBytes).toBe(130 * MIB + (1 + 1 + 3) * 4096)
})

test('a tree survives 2 → 1 → 2 with what format 1 holds, and 1 → 2 → 1 exactly', async () => {
  using disk = mountImage('btrfs')
  const root = makeTree(disk, 'tree')
  await create1(disk.mountpoint, ['tree'], disk.path('one'))
  expect((await convert(disk.path('one'), disk.path('two'))).problems).toEqual([])
  expect((await convert(disk.path('two'), disk.path('three'))).problems).toEqual([])
  const { problems } = await convert(disk.path('three'), disk.path('four'), { format: 2 })
  expect(problems).toEqual([])
  const reader = openArchive(createPorts(), textToByteString(disk.path('four')))
  expect(await reader.verify(watchedJob().job)).toMatchObject({ faults: 0, bytesWithoutHash: 0, complete: true })
  reader.close()
  for (const archive of ['two', 'three', 'four']) {
    mkdirSync(disk.path(`out-${archive}`))
    expect((await extract(disk.path(archive), disk.path(`out-${archive}`))).problems).toEqual([])
    expect(compareTrees(readTree(root), readTree(disk.path(`out-${archive}`, 'tree')), lost)).toEqual([])
  }
  const shape = (path: string) => readFormat1(path).entries.map(({ path: name, extents }) => [name, extents])
  expect(shape(disk.path('three'))).toEqual(shape(disk.path('one')))
})

test('an archive of another block size', async () => {
  using disk = mountImage('btrfs')
  const root = makeTree(disk, 'tree')
  for (const blockSizeBytes of [65_536, 8192]) {
    const archive = disk.path(`a-${blockSizeBytes}`)
    expect((await create1(disk.mountpoint, ['tree'], archive, { blockSizeBytes })).problems).toEqual([])
    expect(readFormat1(archive).blockSize).toBe(blockSizeBytes)
    mkdirSync(`${archive}-out`)
    expect((await extract(archive, `${archive}-out`)).problems).toEqual([])
    expect(compareTrees(readTree(root), readTree(join(`${archive}-out`, 'tree')), lost)).toEqual([])
  }
})

test('what format 1 can’t hold is left out by name or counted', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('d'))
  writeFileSync(disk.path('d', 'file'), 'x')
  chmodSync(disk.path('d', 'file'), 0o600)
  runTool('setfattr', ['-n', 'user.note', '-v', 'hello', disk.path('d', 'file')])
  linkSync(disk.path('d', 'file'), disk.path('d', 'again'))
  runTool('mkfifo', [disk.path('d', 'fifo')])
  symlinkSync('file', disk.path('d', 'a-link'))
  symlinkSync('zz-link', disk.path('d', 'chain'))
  symlinkSync('../d/file', disk.path('d', 'zz-link'))
  symlinkSync('nowhere', disk.path('d', 'dangling'))
  symlinkSync('/etc/passwd', disk.path('d', 'absolute'))
  runTool('touch', ['-d', '1969-12-31 23:59:55 UTC', disk.path('d', 'file')])
  const { summary, problems } = await create1(disk.mountpoint, ['d'], disk.path('a'))
  expect(problems.map(({ code, entry }) => [code, entry]).sort()).toEqual([
    ['format-limit', 'd/absolute'],
    ['format-limit', 'd/dangling'],
    ['format-limit', 'd/fifo'],
  ])
  expect(summary.losses).toMatchObject({ attributes: 2, hardLinks: 1, specialFiles: 1, symlinks: 2, times: 2 })
  expect(summary.losses?.modes).toBe(2)
  const { entries } = readFormat1(disk.path('a'))
  expect(entries.map(({ path, type: kind }) => `${path} ${kind}`)).toEqual([
    'd 5',
    'd/again 0',
    'd/file 0',
    'd/a-link 2',
    'd/zz-link 2',
    'd/chain 2',
  ])
  expect(entries.every(({ seconds }) => seconds >= 0)).toBe(true)
})

test('no space in the target: a clear error and nothing left', async () => {
  using disk = mountImage('ext4', { sizeBytes: 32 * MIB })
  using source = mountImage('tmpfs')
  writeFileSync(source.path('big'), randomBytes(40 * MIB))
  await expect(create1(source.mountpoint, ['big'], disk.path('a'))).rejects.toMatchObject({ code: 'no-space' })
  expect(runTool('ls', ['-A', disk.mountpoint]).trim()).toBe('lost+found')
  truncateSync(source.path('big'), MIB)
  await create1(source.mountpoint, ['big'], disk.path('a'))
  expect(readFormat1(disk.path('a')).entries).toHaveLength(1)
})
