/** `reftar create`: its options, and the check that they fit together. */
import type { Command as CommandLine } from 'commander'
import { type ByteString, byteStringToText } from '../../shared/byte-string.ts'
import type { CloneMode } from '../../shared/jobs.ts'
import type { CreateCommand, ParseEnvironment } from '../command.ts'
import { addCommonOptions, archivePlace, type CommonFlags, commonOptions } from './common.ts'
import { cloneModes, collect, oneOf, parseBlockSize, requireBlockSizeOf2, usageError, wholeNumber } from './values.ts'

interface CreateFlags extends CommonFlags {
  readonly file?: string
  readonly directory: string
  readonly keepPaths?: true
  readonly exclude?: readonly ByteString[]
  readonly oneFileSystem?: true
  readonly clone: CloneMode
  readonly dedup: boolean
  readonly instant?: true
  readonly compress?: true
  readonly level?: number
  readonly blockSize: number
  readonly jobs: number
  readonly format: '1' | '2'
}

/** Adds the command to the program; `done` gets what was asked for. */
export function addCreate(program: CommandLine, env: ParseEnvironment, done: (command: CreateCommand) => void): void {
  const line = program
    .command('create')
    .summary('make an archive of files and folders')
    .description(
      'Makes an archive of files and folders. Blocks that the files share are stored once, and cloned into the archive ' +
        'where the filesystem can do that: then they take no new space. Each input is stored under its own name: ' +
        'test_data/a.bin becomes a.bin, and a folder keeps its tree.',
    )
    .argument('<paths...>', 'files and folders to store')
    .optionsGroup('Archive and inputs:')
    .option('-f, --file <archive>', 'the archive to make, or to replace; “-” writes it to standard output')
    .option('-C, --directory <folder>', 'where relative inputs start', '.')
    .option('--keep-paths', 'store relative paths as given instead of under the input’s own name')
    .option('--exclude <pattern>', 'leave out what matches; repeatable. Without “/” it matches any name', collect)
    .option('--one-file-system', 'stay on the filesystem of each input')
    .optionsGroup('How data is stored:')
    .option(
      '--clone <mode>',
      'auto: clone where possible; always: else fail; never',
      oneOf('The clone mode', cloneModes),
      'auto',
    )
    .option('--no-dedup', 'don’t look for equal content; sharing that the filesystem shows is kept')
    .option('--instant', 'don’t read what can be cloned: no content hashes until “reftar seal”')
    .option('--compress', 'compress all data, which then can’t be cloned')
    .option('--level <n>', 'zstd level, 1 to 19; 1 unless told, 3 with --compress', wholeNumber('The level', 1, 19))
    .option('-b, --block-size <size>', 'unit of sharing: 4096, 64K … 1M', parseBlockSize, 4096)
    .option('--format <1|2>', 'the archive’s format; 1 is for the first reftar', oneOf('The format', ['1', '2']), '2')
    .option(
      '--jobs <n>',
      'how many packs are compressed at once',
      wholeNumber('The number of jobs', 1, 256),
      env.processors,
    )
  addCommonOptions(
    line,
    [
      'reftar create -f backup.reftar ~/vm',
      'reftar create -f photos.reftar -C /data --exclude "*.tmp" photos',
      'reftar create -f snapshot.reftar --instant vm.img && reftar seal snapshot.reftar',
      'reftar create -f - folder | ssh host "reftar extract -f - -C /restore"',
    ],
    'name every entry as it is added',
  )
  line.action((paths: readonly string[]) => done(createCommand(line.opts<CreateFlags>(), paths)))
}

function createCommand(flags: CreateFlags, paths: readonly string[]): CreateCommand {
  if (flags.file === undefined || flags.file === '') throw usageError('Name the archive to make: -f ARCHIVE.')
  if (paths.includes('')) throw usageError('An argument is empty.')
  const archive = archivePlace(flags.file)
  const common = commonOptions(flags)
  if (flags.instant && flags.compress) {
    throw usageError('--instant leaves the data unread and --compress rewrites all of it: choose one.')
  }
  if (flags.format === '1' && (flags.instant || flags.compress)) {
    throw usageError('--format=1 has neither --instant nor --compress: it always has checksums and never compresses.')
  }
  if (flags.format === '2') requireBlockSizeOf2(flags.blockSize)
  if (flags.clone === 'always' && flags.compress) {
    throw usageError('--clone=always can’t go with --compress: compressed data can’t be cloned.')
  }
  if (flags.clone === 'always' && archive.kind === 'stream') {
    throw usageError('--clone=always can’t go with -f -: blocks can’t be cloned into a pipe.')
  }
  if (common.json && archive.kind === 'stream') {
    throw usageError('--json can’t go with -f -: standard output carries the archive.')
  }
  return {
    kind: 'create',
    common,
    archive,
    options: {
      ...(flags.format === '1' ? { format: 1 } : {}),
      archivePath: archive.kind === 'path' ? archive.path : undefined,
      inputs: paths as readonly ByteString[],
      directory: flags.directory as ByteString,
      keepPaths: flags.keepPaths === true,
      // A pattern that is no UTF-8 is matched byte by byte.
      exclude: (flags.exclude ?? []).map((pattern) => byteStringToText(pattern) ?? pattern),
      oneFilesystem: flags.oneFileSystem === true,
      clone: flags.clone,
      deduplicate: flags.dedup,
      instant: flags.instant === true,
      compress: flags.compress === true,
      // Packs are compressed while their files are read: a higher level would hold reading up.
      compressionLevel: flags.level ?? (flags.compress === true ? 3 : 1),
      blockSizeBytes: flags.blockSize,
      jobs: flags.jobs,
    },
  }
}
