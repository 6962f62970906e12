/** The built command line on a real btrfs: what scripts and people rely on. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runCli, runScript, startCli } from '../support/cli.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const MIB = 1 << 20

/** Four files of 5 MiB that share all blocks, as in the seed's test. */
function seedFiles(disk: MountedImage): string[] {
  mkdirSync(disk.path('test_data'))
  const original = disk.path('test_data', 'test_original.bin')
  writeFileSync(original, randomBytes(5 * MIB))
  const copies = [1, 2, 3].map((i) => disk.path('test_data', `test_ref${i}.bin`))
  for (const copy of copies) runTool('cp', ['--reflink=always', original, copy])
  return [original, ...copies]
}

test('the seed’s own lines work, and the restored files share all blocks', () => {
  using disk = mountImage('btrfs')
  const files = seedFiles(disk)
  const folder = disk.mountpoint

  const created = runScript(folder, 'reftar create -f test.reftar -v test_data/*.bin')
  expect(created.err).toBe('')
  expect(created.out).toMatch(
    /^Creating archive: test\.reftar\n(Adding: test_data\/test_(original|ref\d)\.bin\n){4}Archive created successfully\n/,
  )
  expect(created.code).toBe(0)

  const extracted = runScript(folder, 'reftar extract -f test.reftar -C restored/')
  expect(extracted.err).toBe('')
  expect(extracted.out).toMatch(/^Extracted 4 files, 21 MB\. 21 MB cloned, 0 B new on disk\.\n/)
  expect(extracted.out).toContain('Sharing checked with FIEMAP: 21 MB are the archive’s own blocks.')
  expect(extracted.code).toBe(0)

  for (const name of ['test_ref1.bin', 'test_ref3.bin']) {
    const restored = disk.path('restored', name)
    expect(readFileSync(restored).equals(readFileSync(files[0] ?? ''))).toBe(true)
    expect(commonRanges(disk.path('restored', 'test_original.bin'), restored)).toEqual([
      { aOffset: 0, bOffset: 0, length: 5 * MIB },
    ])
  }

  expect(runCli(folder, 'list', '-f', 'test.reftar').out).toBe(
    'test_original.bin\ntest_ref1.bin\ntest_ref2.bin\ntest_ref3.bin\n',
  )
  const { out: info } = runCli(folder, 'info', '-f', 'test.reftar')
  expect(info).toContain('Deduplication ratio 4.00 : 1')
  expect(info).toMatch(/Created .* by reftar \d+\.\d+\.\d+\n/)
  expect(runCli(folder, 'verify', 'test.reftar')).toMatchObject({ code: 0, err: '' })

  const sharing = runCli(folder, 'sharing', 'restored')
  expect(sharing.out).toMatch(/✓ Physical block sharing verified\n$/)
  expect(sharing.code).toBe(0)
  writeFileSync(disk.path('alone'), randomBytes(MIB))
  expect(runCli(folder, 'sharing', 'alone').out).toMatch(/✗ No physically shared blocks found\n$/)
})

test('--json: one document, whatever happens', () => {
  using disk = mountImage('btrfs')
  seedFiles(disk)
  const json = (...args: string[]) => {
    const { code, out } = runCli(disk.mountpoint, ...args, '--json')
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    return { code, document: JSON.parse(out) as Record<string, unknown> }
  }
  expect(json('create', '-f', 'a', '-v', 'test_data')).toMatchObject({
    code: 0,
    document: {
      ok: true,
      command: 'create',
      summary: { files: 4, entries: 5, dataHashes: 'complete' },
      problemCount: 0,
      problems: [],
    },
  })
  expect(json('info', 'a')).toMatchObject({ code: 0, document: { ok: true, info: { format: 2, complete: true } } })
  expect(json('verify', 'a')).toMatchObject({ code: 0, document: { ok: true, report: { faults: 0 } } })
  expect(json('extract', 'a', '-C', 'restored')).toMatchObject({
    code: 0,
    document: { ok: true, summary: { files: 4, proof: { withArchiveBytes: 20 * MIB, disprovedBytes: 0 } } },
  })
  expect(json('sharing', 'restored')).toMatchObject({ document: { ok: true, verdict: 'shared', report: { files: 4 } } })
  expect(json('seal', 'a')).toMatchObject({ document: { ok: true, summary: { alreadySealed: true } } })
  expect(json('info', 'missing')).toMatchObject({
    code: 4,
    document: { ok: false, command: 'info', error: { code: 'not-found', path: 'missing' } },
  })
  expect(json('create', '--nonsense')).toMatchObject({ code: 2, document: { ok: false, error: { code: 'usage' } } })

  const lines = runCli(disk.mountpoint, 'list', '--json', '--long', 'a')
    .out.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toHaveLength(6)
  expect(lines[1]).toMatchObject({
    type: 'entry',
    path: 'test_data/test_original.bin',
    onlyHereBytes: 0,
    sharedBytes: 5 * MIB,
  })
  expect(lines.at(-1)).toMatchObject({ type: 'end', ok: true, entries: 5, complete: true })
})

describe('exit codes', () => {
  test('usage 2, archive 3, system 4, problems 1', () => {
    using disk = mountImage('btrfs')
    const folder = disk.mountpoint
    seedFiles(disk)
    expect(runCli(folder, 'create', '-f', 'a', 'test_data').code).toBe(0)

    expect(runCli(folder, 'frobnicate')).toMatchObject({ code: 2, out: '' })
    expect(runCli(folder, 'create', '-f', 'x', '--instant', '--compress', 'test_data').code).toBe(2)
    expect(runCli(folder, 'create', '-f', 'x', 'test_data', 'test_data/../test_data').code).toBe(2)

    writeFileSync(disk.path('junk'), randomBytes(10_000))
    for (const command of ['list', 'info', 'verify', 'extract']) expect(runCli(folder, command, 'junk').code).toBe(3)

    const damaged = readFileSync(disk.path('a'))
    damaged[2 * MIB] = 255 - (damaged[2 * MIB] ?? 0)
    writeFileSync(disk.path('damaged'), damaged)
    const verified = runCli(folder, 'verify', 'damaged')
    expect(verified.code).toBe(3)
    expect(verified.err).toMatch(/^reftar: /)
    expect(verified.out).toContain('✗ damaged is damaged')

    writeFileSync(disk.path('cut'), damaged.subarray(0, damaged.length - 5000))
    expect(runCli(folder, 'verify', 'cut').code).toBe(3)

    const missing = runCli(folder, 'list', 'missing')
    expect(missing).toMatchObject({ code: 4, out: '' })
    expect(missing.err).toMatch(/^reftar: missing: .+\n {2}Check the spelling/)

    const nothing = runCli(folder, 'extract', 'a', '-C', 'out', 'nowhere/*')
    expect(nothing.code).toBe(1)
    expect(nothing.err).toContain('nowhere/*')

    expect(runCli(folder, 'extract', 'a', '-C', 'out').code).toBe(0)
    const again = runCli(folder, 'extract', 'a', '-C', 'out')
    expect(again.code).toBe(1)
    expect(again.err).toContain('test_data/test_ref1.bin')
  })

  test('a full standard output is said on standard error, with --json too', () => {
    using disk = mountImage('btrfs')
    const made = 'echo x > x && reftar create -q -f a x &&'
    for (const command of ['info --json a', 'info a', 'list a', 'list --json a', 'sharing --json x']) {
      expect(runScript(disk.mountpoint, `${made} reftar ${command} > /dev/full`)).toMatchObject({
        code: 4,
        err: expect.stringMatching(/^reftar: standard output: Writing failed \(ENOSPC\)\n/),
      })
    }
  })

  test('a reader that goes away is no error', () => {
    using disk = mountImage('btrfs')
    for (let i = 0; i < 3000; i++) writeFileSync(disk.path(`a-rather-long-name-to-fill-the-pipe-${i}`), '')
    const script =
      'reftar create -q -f /tmp/$$.reftar . ; reftar list /tmp/$$.reftar | head -1; code=$?; rm /tmp/$$.reftar; exit $code'
    expect(runScript(disk.mountpoint, script)).toMatchObject({ code: 0, err: '' })
  })
})

test('pipes: create -f - | extract -f -, and every other command reads one too', () => {
  using disk = mountImage('btrfs')
  const files = seedFiles(disk)
  runTool('mkdir', [disk.path('restored')])
  const piped = runScript(disk.mountpoint, 'reftar create -f - test_data | reftar extract -q -f - -C restored')
  expect(piped).toEqual({ code: 0, out: '', err: '' })
  expect(compareTrees(readTree(disk.path('test_data')), readTree(disk.path('restored', 'test_data')))).toEqual([])
  expect(files).toHaveLength(4)
  const read = runScript(
    disk.mountpoint,
    'reftar create -f - test_data | tee a | reftar list -f - && reftar verify -q -f - < a',
  )
  expect(read).toMatchObject({ code: 0, err: '' })
  expect(read.out.split('\n')).toContain('test_data/test_ref3.bin')
  expect(readdirSync(disk.mountpoint).sort()).toEqual(['a', 'restored', 'test_data'])
})

test('an archive that came through a pipe is gone afterwards, and counts as new on disk', () => {
  using disk = mountImage('btrfs', { sizeBytes: 512 * MIB })
  const folder = disk.mountpoint
  seedFiles(disk)
  writeFileSync(disk.path('test_data', 'alone.bin'), randomBytes(3 * MIB))
  runScript(folder, 'reftar create -q -f a test_data && mkdir out')
  const before = allocatedBytes(disk)
  const { out, err } = runScript(folder, 'cat a | reftar extract -f - -C out')
  expect(err).toBe('')
  expect(out).toMatch(/^Extracted 5 files, 24 MB\. 16 MB cloned, 8\.4 MB new on disk\.$/m)
  expect(out).toMatch(/^ +copied +8\.4 MB +came through a pipe, stored here once$/m)
  expect(out).toMatch(/^ +cloned +16 MB +from files already extracted$/m)
  expect(out).toContain('Sharing checked with FIEMAP: 16 MB are the blocks of another extracted file.')
  expect(out).toContain('All contents were checked against the archive’s hashes.')
  const taken = allocatedBytes(disk) - before
  expect(taken).toBeGreaterThan(8 * MIB)
  expect(taken).toBeLessThan(10 * MIB)

  const { out: json } = runScript(folder, 'rm -r out && mkdir out && cat a | reftar extract --json -f - -C out')
  expect(JSON.parse(json)).toMatchObject({
    summary: {
      clonedBytes: 0,
      clonedFromFilesBytes: 15 * MIB,
      copied: { spooled: 8 * MIB },
      proof: { withArchiveBytes: 0, amongFilesBytes: 15 * MIB, uncheckedBytes: 0, disprovedBytes: 0 },
      contentsVerified: true,
    },
  })

  // A file with a name stays, whichever way it comes in; what is damaged in a pipe is found.
  const named = runScript(folder, 'rm -r out && mkdir out && reftar extract -f - -C out < a')
  expect(named.out).toContain('24 MB cloned, 0 B new on disk.')
  const damaged = readFileSync(disk.path('a'))
  damaged[MIB] = 255 - (damaged[MIB] ?? 0)
  writeFileSync(disk.path('damaged'), damaged)
  const hurt = runScript(folder, 'rm -r out && mkdir out && cat damaged | reftar extract -f - -C out')
  expect(hurt.code).toBe(1)
  expect(hurt.err).toContain('the data’s hash is wrong')
})

test('zeros that are written are new on disk', () => {
  using disk = mountImage('btrfs')
  const run = runScript(
    disk.mountpoint,
    'head -c 1000000 /dev/zero > z && sync -f . && reftar create -q -f a z && reftar extract a -C out --zeros=write && stat -c %b out/z',
  )
  expect(run.out).toMatch(/^Extracted 1 file, 1\.0 MB\. 0 B cloned, 1\.0 MB new on disk\.$/m)
  expect(run.out).toMatch(/^ +copied +999 kB +zeros, written as asked$/m)
  expect(run.out).toMatch(/^1960\n$/m)
  expect(runScript(disk.mountpoint, 'reftar extract a -C holes && stat -c %b holes/z').out).toContain(
    '576 B new on disk',
  )
})

test('what reads an incomplete archive says so, and vouches for nothing', () => {
  using disk = mountImage('btrfs')
  const folder = disk.mountpoint
  seedFiles(disk)
  runScript(folder, 'reftar create -q -f cut test_data && truncate -s 4096 cut && mkdir empty')
  const compared = runCli(folder, 'compare', 'cut', 'empty')
  expect(compared).toMatchObject({ code: 3, err: expect.stringContaining('cut off or damaged') })
  expect(compared.out).toContain('? No differences were found in what cut still holds.')
  expect(compared.out).not.toContain('✓')
  const converted = runCli(folder, 'convert', '-q', 'cut', 'new')
  expect(converted).toEqual({
    code: 3,
    out: '',
    err: 'reftar: the old archive is incomplete; the new one holds only what was left of it, though “verify” calls it complete.\n',
  })
  expect(runCli(folder, 'convert', 'cut', 'new').err).toContain(
    'entries up to the last checkpoint that are readable: 0',
  )
})

test('--instant leaves hashes out, seal adds them, and nobody claims otherwise', () => {
  using disk = mountImage('btrfs')
  const folder = disk.mountpoint
  seedFiles(disk)
  expect(runCli(folder, 'create', '-f', 'a', '--instant', 'test_data').out).toContain('“reftar seal a” adds them')
  expect(runCli(folder, 'verify', 'a').out).toContain('part of the data has no hash to check')
  expect(runCli(folder, 'extract', 'a', '-C', 'out', '--verify-contents').out).toContain('no content hashes')
  expect(runCli(folder, 'seal', 'a').out).toMatch(/^Sealed a: 5\.2 MB hashed/)
  expect(runCli(folder, 'verify', 'a').out).toContain('✓ a is complete and undamaged.')
  expect(runCli(folder, 'seal', 'a').out).toContain('already')
})

test('extract -v names each entry once, in the order of their turns', () => {
  using disk = mountImage('btrfs')
  const folder = disk.mountpoint
  const named =
    'mkdir in in/sub && echo x > in/sub/file && ln -s file in/sub/a-link && ln in/sub/file in/hard && mkfifo in/fifo'
  expect(runScript(folder, `${named} && reftar create -q -f a in`)).toEqual({ code: 0, out: '', err: '' })
  const names = ['in', 'in/hard', 'in/sub', 'in/fifo', 'in/sub/a-link', 'in/sub/file']
  const lines = ['Extracting to: out', ...names.map((name) => `Extracting: ${name}`)]
  const { out, err } = runCli(folder, 'extract', '-v', 'a', '-C', 'out')
  expect({ lines: out.split('\n').filter((line) => line.startsWith('Extracting')), err }).toEqual({ lines, err: '' })
  expect(runCli(folder, 'extract', '-v', '--json', 'a', '-C', 'out2').err).toBe(
    `${lines.join('\n').replace('out', 'out2')}\n`,
  )
  const part = runScript(folder, 'cat a | reftar extract -v -f - -C out3 --strip-components=1 in/sub')
  expect(part.out).toMatch(
    /^Extracting to: out3\nExtracting: in\/sub\nExtracting: in\/sub\/a-link\nExtracting: in\/sub\/file\nExtracted/,
  )
})

test('list: flat, tree, long, selected', () => {
  using disk = mountImage('btrfs')
  const folder = disk.mountpoint
  seedFiles(disk)
  runTool('ln', ['-s', 'test_ref1.bin', disk.path('test_data', 'zlink')])
  runTool('ln', [disk.path('test_data', 'test_ref1.bin'), disk.path('test_data', 'zname')])
  expect(runCli(folder, 'create', '-q', '-f', 'a', 'test_data')).toEqual({ code: 0, out: '', err: '' })
  expect(runCli(folder, 'list', 'a', 'test_data/z*').out).toBe('test_data/zlink\ntest_data/zname\n')
  expect(runCli(folder, 'list', '--tree', 'a', 'test_data/z*').out).toBe('test_data/\n  zlink\n  zname\n')
  const long = runCli(folder, 'list', '-l', 'a').out
  expect(long).toMatch(/^-rw-r--r-- .* 5\.2 MB +5\.2 MB +0 B +5\.2 MB .* test_data\/test_original\.bin$/m)
  expect(long).toMatch(/^l.* test_data\/zlink -> test_ref1\.bin$/m)
  expect(long).toMatch(/^h.* test_data\/zname link to test_data\/test_ref1\.bin$/m)
  expect(long).toContain('Deduplication ratio 4.00 : 1.')
})

test('a terminal is no place for an archive', () => {
  using disk = mountImage('btrfs')
  writeFileSync(disk.path('x'), 'x')
  const run = runScript(
    disk.mountpoint,
    `script -qec "'${process.execPath}' '${process.cwd()}/bin/reftar.js' create -f - x" /dev/null < /dev/null`,
  )
  expect(run.out).toContain('which is a terminal here')
  expect(run.code).toBe(2)
})

test('names that are not UTF-8 work as arguments, patterns and output', () => {
  using disk = mountImage('btrfs')
  const run = runScript(
    disk.mountpoint,
    `name=$(printf 'caf\\xe9\\xff'); archive=$(printf 'a\\xfe')
     echo one > "$name"; echo two > other
     reftar create -q -f "$archive" "$name" other || exit
     test -f "$archive" || exit 90
     reftar list -f "$archive"
     mkdir out; reftar extract -q -f "$archive" -C out "$name" || exit
     cat "out/$name"; ls out | wc -l
     reftar list -0 "$archive" | od -An -c | head -1`,
  )
  expect(run).toMatchObject({ code: 0, err: '' })
  expect(run.out).toBe(`caf\\xe9\\xff\nother\none\n1\n   c   a   f 351 377  \\0   o   t   h   e   r  \\0\n`)
})

test('Ctrl-C leaves nothing behind, and an archive of that name untouched', async () => {
  using disk = mountImage('btrfs', { sizeBytes: 1024 * MIB })
  mkdirSync(disk.path('data'))
  const block = randomBytes(MIB)
  for (let i = 0; i < 4; i++) {
    const file = openSync(disk.path('data', `f${i}`), 'w')
    for (let j = 0; j < 64; j++) {
      block.writeUInt32LE(i * 64 + j)
      writeSync(file, block)
    }
    ftruncateSync(file, 64 * MIB)
    closeSync(file)
  }
  writeFileSync(disk.path('a.reftar'), 'what was here')
  // Compressing all of it keeps it busy for minutes.
  const { child, ended } = startCli(
    disk.mountpoint,
    'create',
    '-f',
    'a.reftar',
    '--compress',
    '--no-dedup',
    '--level=19',
    '--jobs=1',
    'data',
  )
  await expect.poll(() => stagedNames(disk.mountpoint), { timeout: 60_000 }).toHaveLength(1)
  child.kill('SIGINT')
  expect(await ended).toEqual({ code: 130, out: '', err: 'Cancelled. Nothing was left behind.\n' })
  expect(readFileSync(disk.path('a.reftar'), 'utf8')).toBe('what was here')
  expect(readdirSync(disk.mountpoint).sort()).toEqual(['a.reftar', 'data'])
})
