/** The commands that look: `list`, `info`, `verify`, `sharing`; and `seal`, which takes an archive just like them. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import { type ArchiveCommand, type ListCommand, type SharingCommand, sharingReportFormats } from '../command.ts'
import {
  addCommonOptions,
  archiveAndRest,
  type CommonFlags,
  commonOptions,
  noLimitsFlag,
  onlyArchive,
  trustedIf,
} from './common.ts'
import { collect, patternText, quoted, usageError } from './values.ts'

interface ListFlags extends CommonFlags {
  readonly file?: string
  readonly exclude?: readonly ByteString[]
  readonly long?: true
  readonly details?: true
  readonly tree?: true
  readonly null?: true
  readonly limits: boolean
}

/** Adds `list`; `done` gets what was asked for. */
export function addList(program: CommandLine, done: (command: ListCommand) => void): void {
  const line = program
    .command('list')
    .alias('t')
    .summary('show what an archive holds')
    .description(
      'Shows what an archive holds, one path a line. Bytes of names that are not UTF-8 appear as \\xHH, characters that ' +
        'could disguise a name as \\u{HHHH}, a backslash as \\\\.',
    )
    .argument(
      '[paths...]',
      'entries to show, as paths or globs; a folder brings what it holds. Without -f the first is the archive',
    )
    .optionsGroup('What to show:')
    .option('-f, --file <archive>', 'the archive; “-” reads it from standard input')
    .option(
      '-l, --long',
      'mode, owner, size, bytes in the archive (stored = only here + shared), time, link targets; totals at the end',
    )
    .option('--details', 'the long form, and under each entry all times, flags and attributes')
    .option('--tree', 'indent by folder instead of whole paths')
    .option('-0, --null', 'raw names, each ended by a NUL byte, for scripts')
    .option('--exclude <pattern>', 'leave out what matches; repeatable', collect)
    .option(...noLimitsFlag)
  addCommonOptions(
    line,
    [
      'reftar list backup.reftar',
      'reftar list -l -f backup.reftar vm/images',
      'reftar list -0 backup.reftar "**/*.c" | xargs -0 -n1 echo',
    ],
    undefined,
  )
  // tar users write “-v” for the long form; the seed's tool did the same.
  line.option('-v', 'the same as --long')
  line.action((paths: readonly string[]) => {
    const flags = line.opts<ListFlags & { readonly v?: true }>()
    const { archive, rest } = archiveAndRest(flags.file, paths)
    const details = flags.details === true
    const long = flags.long === true || flags.v === true || (details && !flags.json)
    const nulls = flags.null === true
    if (nulls && (long || flags.tree || flags.json)) {
      throw usageError('--null prints raw names and nothing else: it can’t go with --long, --tree or --json.')
    }
    if (flags.tree && flags.json) throw usageError('--tree is for people and --json for programs: choose one.')
    done({
      kind: 'list',
      common: commonOptions(flags),
      archive: trustedIf(archive, flags),
      selection: rest.map(patternText),
      exclude: (flags.exclude ?? []).map(patternText),
      style: nulls ? 'null-terminated' : flags.tree ? 'tree' : 'flat',
      long,
      details,
    })
  })
}

const archiveCommands = {
  info: {
    summary: 'show an archive’s totals, hashes and origin',
    description:
      'Shows format, origin and totals of an archive: what the files say, what is left without holes and without ' +
      'duplicates, and what the archive stores.',
    examples: ['reftar info -f backup.reftar', 'reftar info --json backup.reftar'],
  },
  verify: {
    summary: 'check every hash of an archive',
    description:
      'Checks everything an archive can prove: structure, bounds, totals and every hash. Ends with exit code 3 when ' +
      'something is damaged or missing. Data without a hash (after create --instant) is counted as such, not as good.',
    examples: ['reftar verify backup.reftar && echo good'],
  },
  seal: {
    summary: 'add the hashes that create --instant left out',
    description:
      'Reads the data of an archive made with --instant and adds the content hashes, so that “reftar verify” covers all ' +
      'of it. Does nothing to an archive that has them.',
    examples: ['reftar create --instant -f a.reftar vm.img && reftar seal a.reftar'],
  },
} as const

/** Adds `info`, `verify` and `seal`. */
export function addArchiveCommands(program: CommandLine, done: (command: ArchiveCommand) => void): void {
  for (const kind of ['info', 'verify', 'seal'] as const) {
    const text = archiveCommands[kind]
    const line = program
      .command(kind)
      .summary(text.summary)
      .description(text.description)
      .argument('[archive]', 'the archive, when not named by -f')
      .optionsGroup('What to read:')
      .option('-f, --file <archive>', kind === 'seal' ? 'the archive' : 'the archive; “-” reads it from standard input')
    if (kind !== 'seal') line.option(...noLimitsFlag)
    addCommonOptions(line, text.examples, undefined)
    line.action((archive: string | undefined) => {
      const flags = line.opts<CommonFlags & { readonly file?: string; readonly limits?: boolean }>()
      const place = onlyArchive(flags.file, archive === undefined ? [] : [archive])
      if (kind === 'seal' && place.kind === 'stream')
        throw usageError('seal changes an archive in place and needs its path.')
      done({ kind, common: commonOptions(flags), archive: trustedIf(place, { limits: flags.limits ?? true }) })
    })
  }
}

/** Adds `sharing`. */
export function addSharing(program: CommandLine, done: (command: SharingCommand) => void): void {
  const line = program
    .command('sharing')
    .summary('show which files share blocks on disk')
    .description(
      'Asks the filesystem (FIEMAP) which blocks files and folders really share: groups of files, bytes per group, what ' +
        'is only here, and what the sharing saves. Where the filesystem can’t tell, that is what it says.',
    )
    .argument('<paths...>', 'files and folders to look at')
    .optionsGroup('What to show:')
    .option('-a, --all', 'all groups, and a table of every file')
    .option(
      '--with-archive <archive>',
      'the archive that the one folder was extracted from: how much still is its blocks',
    )
    .option('--report <file>', `also write a report; its ending says which: ${sharingReportFormats.join(', ')}`)
  addCommonOptions(
    line,
    [
      'reftar sharing restored/',
      'reftar sharing --all vm/*.img',
      'reftar sharing --with-archive backup.reftar restored/',
      'reftar sharing --report vm.html ~/vm',
    ],
    undefined,
  )
  line.action((paths: readonly string[]) => {
    const flags = line.opts<
      CommonFlags & { readonly all?: true; readonly withArchive?: string; readonly report?: string }
    >()
    if (paths.includes('') || flags.withArchive === '') throw usageError('An argument is empty.')
    if (flags.withArchive !== undefined && paths.length > 1) {
      throw usageError('--with-archive compares one folder with the archive: name just that.')
    }
    done({
      kind: 'sharing',
      common: commonOptions(flags),
      paths: paths as readonly ByteString[],
      all: flags.all === true,
      withArchive: flags.withArchive as ByteString | undefined,
      report: flags.report === undefined ? undefined : reportFile(flags.report),
    })
  })
}

function reportFile(path: string): NonNullable<SharingCommand['report']> {
  const format = sharingReportFormats.find((ending) => path.toLowerCase().endsWith(`.${ending}`))
  if (format === undefined) {
    throw usageError(
      `The report ${quoted(path)} must end in ${sharingReportFormats.map((ending) => `.${ending}`).join(', ')}.`,
    )
  }
  return { path: path as ByteString, format }
}
