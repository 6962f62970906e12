/** The commands for looking at and making test data: `duplicates` and `testdata`. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import type { DuplicatesCommand, TestDataCommand } from '../command.ts'
import { addCommonOptions, type CommonFlags, commonOptions } from './common.ts'
import { oneOf, parseByteCount, powerOfTwo, quoted, usageError, wholeNumber } from './values.ts'

/** Of test data: 1024G. */
const MAX_FILE_BYTES = 1024 ** 4

/** Adds `duplicates`; `done` gets what was asked for. */
export function addDuplicates(program: CommandLine, done: (command: DuplicatesCommand) => void): void {
  const line = program
    .command('duplicates')
    .summary('show which files have blocks of equal content')
    .description(
      'Reads files and folders and compares their content block by block: which blocks repeat, in which files, and what ' +
        'storing each once would save. Says nothing about the disk: “reftar sharing” shows what is shared already.',
    )
    .argument('<paths...>', 'files and folders to look at')
    .optionsGroup('What to show:')
    .option('-b, --block-size <size>', 'compare blocks of this size: 512 … 1M', powerOfTwo('The block size', 512), 4096)
    .option('-a, --all', 'all groups, and every file of each')
  addCommonOptions(line, ['reftar duplicates ~/vm', 'reftar duplicates --json src | jq .report.savedBytes'], undefined)
  line.action((paths: readonly string[]) => {
    const flags = line.opts<CommonFlags & { readonly all?: true; readonly blockSize: number }>()
    if (paths.includes('')) throw usageError('An argument is empty.')
    done({
      kind: 'duplicates',
      common: commonOptions(flags),
      paths: paths as readonly ByteString[],
      blockSizeBytes: flags.blockSize,
      all: flags.all === true,
    })
  })
}

interface TestDataFlags extends CommonFlags {
  readonly files: number
  readonly size?: { readonly min: number; readonly max: number }
  readonly common: number
  readonly holes: number
  readonly share: 'auto' | 'reflink' | 'copy'
  readonly unit: number
  readonly seed: number
}

/** Adds `testdata`; `done` gets what was asked for. */
export function addTestData(program: CommandLine, done: (command: TestDataCommand) => void): void {
  const percent = (name: string) => wholeNumber(name, 0, 100)
  const line = program
    .command('testdata')
    .summary('make a folder of files that share content')
    .description(
      'Fills a new or empty folder with files of random content, part of which they have in common. The same options ' +
        'give the same bytes everywhere.',
    )
    .argument('<folder>', 'where to; made when it doesn’t exist')
    .optionsGroup('What to make:')
    .option('--files <n>', 'how many files', wholeNumber('The number of files', 1, 10_000_000), 16)
    .option('--size <size>', 'size of a file, or a range: 5M, up to 1024G (default: 64K..4M)', parseSizeRange)
    .option('--common <percent>', 'share of blocks that come from a common pool', percent('The common share'), 50)
    .option('--holes <percent>', 'share of blocks that are holes', percent('The share of holes'), 0)
    .option(
      '--share <mode>',
      'common blocks: shared on disk (reflink), written again (copy), or shared where possible (auto)',
      oneOf('The mode', ['auto', 'reflink', 'copy']),
      'auto',
    )
    .option(
      '--unit <size>',
      'blocks are chosen in pieces of this size: 4096 … 1M',
      powerOfTwo('The unit', 4096),
      65_536,
    )
    .option('--seed <n>', 'another number gives other bytes', wholeNumber('The seed', 0, 999_999_999), 1)
  addCommonOptions(
    line,
    ['reftar testdata test_data', 'reftar testdata --files 100 --size 1M..8M --common 75 --holes 10 --seed 7 big'],
    undefined,
  )
  line.action((folder: string) => {
    const flags = line.opts<TestDataFlags>()
    if (folder === '') throw usageError('The folder’s name is empty.')
    done({
      kind: 'testdata',
      common: commonOptions(flags),
      options: {
        directory: folder as ByteString,
        files: flags.files,
        minSizeBytes: flags.size?.min ?? 64 << 10,
        maxSizeBytes: flags.size?.max ?? 4 << 20,
        commonPercent: flags.common,
        holePercent: flags.holes,
        share: flags.share,
        unitBytes: flags.unit,
        seed: flags.seed,
      },
    })
  })
}

function parseSizeRange(text: string): { min: number; max: number } {
  const [first = '', second = first, ...rest] = text.split('..')
  const min = parseByteCount(first)
  const max = parseByteCount(second)
  if (min === undefined || max === undefined || min > max || max > MAX_FILE_BYTES || rest.length > 0) {
    throw usageError(
      `The size ${quoted(text)} must be like 5M, or a range like 64K..4M: whole numbers with K, M or G, up to 1024G.`,
    )
  }
  return { min, max }
}
