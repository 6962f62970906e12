/** `reftar compare`: what differs between an archive and a folder. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import { type DifferenceKind, differenceKinds } from '../../shared/comparison.ts'
import type { CompareCommand } from '../command.ts'
import { addCommonOptions, archiveAndRest, type CommonFlags, commonOptions, noLimitsFlag, trustedIf } from './common.ts'
import { collect, oneOf, patternText, usageError, wholeNumber } from './values.ts'

interface CompareFlags extends CommonFlags {
  readonly limits: boolean
  readonly file?: string
  readonly directory?: string
  readonly exclude?: readonly ByteString[]
  readonly stripComponents: number
  readonly extra?: true
  readonly ignore?: readonly DifferenceKind[]
  readonly accessTimes?: true
  readonly exactHoles?: true
  readonly numericOwner?: true
}

const differenceKind = oneOf('The kind of difference', differenceKinds)

/** `mode,owner` and repeated options alike. */
function collectKinds(text: string, earlier: readonly DifferenceKind[] = []): readonly DifferenceKind[] {
  return [...earlier, ...text.split(',').map(differenceKind)]
}

/** Adds the command to the program; `done` gets what was asked for. */
export function addCompare(program: CommandLine, done: (command: CompareCommand) => void): void {
  const line = program
    .command('compare')
    .summary('say what differs between an archive and a folder')
    .description(
      'Compares what an archive holds with a folder, reading both: kinds, sizes, contents, holes, modes, owners, times, ' +
        'attributes, flags and links. Changes nothing. The exit code is 0 when nothing differs, 3 for an incomplete archive, else 1.',
    )
    .argument(
      '[paths...]',
      'the folder, then entries to compare, as paths or globs; without -f the archive comes first, and after -C there ' +
        'are only entries',
    )
    .optionsGroup('What to compare:')
    .option('-f, --file <archive>', 'the archive; “-” reads it from standard input')
    .option('-C, --directory <folder>', 'the folder to compare with')
    .option('--exclude <pattern>', 'leave out what matches; repeatable', collect)
    .option(...noLimitsFlag)
    .option(
      '--strip-components <n>',
      'leave out that many leading folders of each path, as extract does',
      wholeNumber('The number of components', 0, 10_000),
      0,
    )
    .option('--extra', 'also name what the archive doesn’t have')
    .optionsGroup('What counts as a difference:')
    .option(
      '--ignore <kinds>',
      `leave out kinds of difference, with commas: ${differenceKinds.join(', ')}`,
      collectKinds,
    )
    .option('--access-times', 'access times too, which reading changes')
    .option('--exact-holes', 'a hole in place of stored zeros, too')
    .option('--numeric-owner', 'owners by number, not by name')
  addCommonOptions(
    line,
    [
      'reftar compare backup.reftar restored/',
      'reftar compare -f backup.reftar -C / --extra etc',
      'reftar compare backup.reftar restored/ --ignore owner,times',
    ],
    'name every entry as it is compared',
  )
  line.action((paths: readonly string[]) => done(compareCommand(line.opts<CompareFlags>(), paths)))
}

function compareCommand(flags: CompareFlags, paths: readonly string[]): CompareCommand {
  const { archive, rest } = archiveAndRest(flags.file, paths)
  const directory = (flags.directory as ByteString | undefined) ?? rest[0]
  if (directory === undefined) throw usageError('Name the folder to compare with: reftar compare ARCHIVE FOLDER.')
  if (directory === '') throw usageError('The name of the folder is empty.')
  if (flags.extra && flags.stripComponents > 0) {
    throw usageError('--extra can’t go with --strip-components: several folders of the archive may be one here.')
  }
  return {
    kind: 'compare',
    common: commonOptions(flags),
    archive: trustedIf(archive, flags),
    options: {
      directory,
      selection: (flags.directory === undefined ? rest.slice(1) : rest).map(patternText),
      exclude: (flags.exclude ?? []).map(patternText),
      stripComponents: flags.stripComponents,
      numericOwner: flags.numericOwner === true,
      extra: flags.extra === true,
      accessTimes: flags.accessTimes === true,
      exactHoles: flags.exactHoles === true,
      ignore: flags.ignore ?? [],
    },
  }
}
