/** The seed's "How to Test", line by line, with `reftar` for the old binary's path; and the tools behind its scripts. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runCli, runScript } from '../support/cli.ts'
import { mountImage } from '../support/loopback.ts'
import { commonRanges, dataRanges } from '../support/oracle.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const MIB = 1 << 20

describe('the seed’s “How to Test” on btrfs', () => {
  const physical = `
    mkdir test_data
    # Create reflinked test files on btrfs
    dd if=/dev/urandom of=test_data/source.bin bs=1M count=5
    cp --reflink=always test_data/source.bin test_data/ref1.bin
    cp --reflink=always test_data/source.bin test_data/ref2.bin

    # Verify physical sharing
    ./tools/verify_physical_sharing.sh test_data
  `
  const preservation = `
    # Create archive
    reftar create -f test.reftar test_data/*.bin

    # Extract
    mkdir restored
    reftar extract -f test.reftar -C restored/

    # Verify content
    for f in test_data/*.bin; do
        cmp "$f" "restored/$(basename "$f")" && echo "✓ $f matches"
    done
  `
  const deduplication = `
    # Create files with shared content
    echo "Block 1" > test_data/file1.txt
    cat test_data/file1.txt > test_data/file2.txt
    cat test_data/file1.txt > test_data/file3.txt

    # Check content sharing
    ./tools/verify_block_sharing.sh test_data

    # Archive should be smaller than sum of files
    reftar create -f dup.reftar test_data/*.txt
  `

  test('every line works as written', () => {
    using disk = mountImage('btrfs')
    const run = (script: string) => runScript(disk.mountpoint, `set -e\nln -sfn '${repository}tools' tools\n${script}`)
    const sharing = run(physical)
    expect(sharing.out).toMatch(/✓ Physical block sharing verified\n$/)
    expect(sharing.code).toBe(0)

    const preserved = run(preservation)
    expect(preserved.out.match(/✓ \S+ matches/g)).toHaveLength(3)
    expect(preserved.code).toBe(0)
    const restored = run('./tools/verify_physical_sharing.sh restored/')
    expect(restored.out).toContain('✓ Physical block sharing verified')

    const content = run(deduplication)
    expect(content.code).toBe(0)
    // Two of three files of 8 bytes, and two of three of 5 MiB.
    expect(content.out).toContain('✓ Deduplication potential: 10 MB of 16 MB (66.7 %)')
    expect(content.out).toMatch(/16 B to save: 8 B in 3 files\n\s+test_data\/file1\.txt\n/)
    for (const name of ['file1.txt', 'file2.txt', 'file3.txt']) {
      expect(readFileSync(disk.path('test_data', name), 'utf8')).toBe('Block 1\n')
    }
    expect(run('./tools/generate_test_data.sh made').code).toBe(0)
    expect(readdirSync(disk.path('made'))).toHaveLength(16)
  })

  test('the same lines with format 1, as the old program would have written it', () => {
    using disk = mountImage('btrfs')
    const run = (script: string) => runScript(disk.mountpoint, `set -e\nln -sfn '${repository}tools' tools\n${script}`)
    expect(
      run(physical + preservation.replace('create', 'create --format=1')).out.match(/✓ \S+ matches/g),
    ).toHaveLength(3)
    expect(statSync(disk.path('test.reftar')).size).toBeLessThan(5.1 * MIB)
    expect(runCli(disk.mountpoint, 'info', '--json', 'test.reftar').out).toContain('"format":1')
    expect(commonRanges(disk.path('restored', 'source.bin'), disk.path('restored', 'ref1.bin'))).toEqual([
      { aOffset: 0, bOffset: 0, length: 5 * MIB },
    ])
  })
})

describe('the command line with format 1', () => {
  test('convert both ways; a cut archive: what is whole comes back, the rest is named, exit code 3', () => {
    using disk = mountImage('xfs')
    const folder = disk.mountpoint
    mkdirSync(disk.path('d'))
    for (const name of ['a', 'b', 'c']) writeFileSync(disk.path('d', name), name.repeat(300_000))
    expect(runCli(folder, 'create', '--format=1', '-f', 'one', 'd').code).toBe(0)
    const converted = runCli(folder, 'convert', 'one', 'two')
    expect(converted).toMatchObject({ code: 0, err: '' })
    expect(converted.out).toMatch(/^Converted 3 files, 900 kB, to format 2 as /)
    expect(runCli(folder, 'verify', 'two').code).toBe(0)
    expect(JSON.parse(runCli(folder, 'convert', '--json', 'two', 'three').out)).toMatchObject({
      ok: true,
      command: 'convert',
      summary: { format: 1, files: 3, losses: { modes: 0 } },
    })
    expect(runCli(folder, 'convert', 'one', './one')).toMatchObject({ code: 2 })
    expect(runCli(folder, 'verify', 'one').out).toContain('✓')

    const whole = readFileSync(disk.path('three'))
    writeFileSync(disk.path('cut'), whole.subarray(0, whole.length - 5000))
    const listed = runCli(folder, 'list', 'cut')
    expect(listed).toMatchObject({ code: 3, out: 'd/\nd/a\nd/b\nd/c\n' })
    expect(listed.err).toContain('d/c: the archive ends within its content')
    const extracted = runCli(folder, 'extract', 'cut', '-C', 'out')
    expect(extracted.code).toBe(3)
    expect(extracted.err).toContain('d/c')
    expect(readdirSync(disk.path('out', 'd')).sort()).toEqual(['a', 'b'])
    expect(readFileSync(disk.path('out', 'd', 'b')).equals(readFileSync(disk.path('d', 'b')))).toBe(true)
    expect(runCli(folder, 'convert', 'cut', 'rest').code).toBe(3)
    expect(runCli(folder, 'list', 'rest').out).toBe('d/\nd/a\nd/b\n')

    const damaged = Buffer.from(whole)
    damaged[damaged.length - 20_000] = 0xff
    writeFileSync(disk.path('damaged'), damaged)
    const verified = runCli(folder, 'verify', 'damaged')
    expect(verified.code).toBe(3)
    expect(verified.err).toContain('d/c: its data’s checksum is wrong')
    const checked = runCli(folder, 'extract', 'damaged', '-C', 'out2', '--verify-contents')
    expect(checked.code).toBe(1)
    expect(readdirSync(disk.path('out2', 'd')).sort()).toEqual(['a', 'b'])
    expect(runCli(folder, 'convert', 'damaged', 'good-part')).toMatchObject({ code: 1 })
    expect(runCli(folder, 'list', 'good-part').out).toBe('d/\nd/a\nd/b\n')
  })

  test('format 1 through pipes', () => {
    using disk = mountImage('btrfs')
    mkdirSync(disk.path('d'))
    writeFileSync(disk.path('d', 'file'), 'x'.repeat(100_000))
    const piped = runScript(disk.mountpoint, 'mkdir out; reftar create --format=1 -f - d | reftar extract -f - -C out')
    expect(piped.code).toBe(0)
    expect(compareTrees(readTree(disk.path('d')), readTree(disk.path('out', 'd')), ['mtimeNs'])).toEqual([])
  })
})

describe('testdata', () => {
  test('the same seed gives the same bytes, shared or copied; holes are holes', () => {
    using disk = mountImage('btrfs')
    const folder = disk.mountpoint
    const options = ['--files', '6', '--size', '100K..1M', '--common', '60', '--holes', '20', '--seed', '42']
    expect(runCli(folder, 'testdata', ...options, '--share=reflink', 'a')).toMatchObject({ code: 0, err: '' })
    expect(runCli(folder, 'testdata', ...options, '--share=copy', 'b').code).toBe(0)
    expect(runCli(folder, 'testdata', ...options.slice(0, -1), '43', 'c').code).toBe(0)
    const trees = ['a', 'b', 'c'].map((name) => readTree(disk.path(name)))
    const [a, b, c] = trees
    if (a === undefined || b === undefined || c === undefined) throw new Error('three trees')
    expect(compareTrees(a, b, ['mtimeNs'])).toEqual([])
    expect(compareTrees(a, c, ['mtimeNs'])).not.toEqual([])
    expect(runCli(folder, 'sharing', 'a').out).toContain('✓')
    expect(runCli(folder, 'sharing', 'b').out).toContain('✗')
    const holes = ['file1.bin', 'file2.bin', 'file3.bin'].some((name) => {
      const path = disk.path('a', name)
      return dataRanges(path, statSync(path).size).some(({ offset, length }) => offset + length < statSync(path).size)
    })
    expect(holes).toBe(true)
    const duplicates = JSON.parse(runCli(folder, 'duplicates', '--json', 'a').out) as { report: Record<string, number> }
    expect(duplicates.report['savedBytes']).toBeGreaterThan(100_000)
    expect(duplicates.report['sampledOneIn']).toBe(1)
    expect(runCli(folder, 'testdata', 'a')).toMatchObject({ code: 4 })
    expect(readdirSync(disk.path('a'))).toHaveLength(6)
  })

  test('duplicates counts what several arguments lead to once', () => {
    using disk = mountImage('tmpfs')
    expect(runCli(disk.mountpoint, 'testdata', '--files', '6', 'td').code).toBe(0)
    const reportOf = (...paths: string[]) => {
      const { report } = JSON.parse(runCli(disk.mountpoint, 'duplicates', '--json', ...paths).out) as {
        report: Record<string, unknown>
      }
      return { ...report, groups: undefined, elapsedMilliseconds: undefined } as Record<string, unknown>
    }
    const once = reportOf('td')
    expect(once).toMatchObject({ files: 6 })
    const [file = ''] = readdirSync(disk.path('td'))
    for (const paths of [
      ['td', 'td'],
      ['.', 'td'],
      ['td', '.'],
      [`td/${file}`, 'td'],
      ['td', disk.path('td', file), `td/../td/${file}`],
    ]) {
      expect(reportOf(...paths)).toEqual(once)
    }
    expect(reportOf(`td/${file}`, `td/${file}`)).toMatchObject({
      files: 1,
      savedBytes: reportOf(`td/${file}`)['savedBytes'],
    })
  })

  test('where blocks can’t be shared: copied, or refused with nothing left', () => {
    using disk = mountImage('ext4')
    expect(runCli(disk.mountpoint, 'testdata', '--files', '4', 'a').code).toBe(0)
    const refused = runCli(disk.mountpoint, 'testdata', '--share=reflink', 'b')
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('--share=auto')
    expect(readdirSync(disk.mountpoint).sort()).toEqual(['a', 'lost+found'])
  })
})
