/** `reftar extract`: its options, and what they are for root and for others. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import type { CloneMode, ConflictPolicy, ExtractOptions } from '../../shared/jobs.ts'
import type { ExtractCommand, ParseEnvironment } from '../command.ts'
import { addCommonOptions, archiveAndRest, type CommonFlags, commonOptions, noLimitsFlag, trustedIf } from './common.ts'
import { cloneModes, collect, oneOf, patternText, usageError, wholeNumber } from './values.ts'

interface ExtractFlags extends CommonFlags {
  readonly file?: string
  readonly directory: string
  readonly exclude?: readonly ByteString[]
  readonly stripComponents: number
  readonly onConflict: ConflictPolicy
  readonly verifyContents?: true
  readonly keepDamaged?: true
  readonly clone: CloneMode
  readonly zeros: ExtractOptions['zeros']
  readonly sameOwner?: boolean
  readonly numericOwner?: true
  readonly preservePermissions?: boolean
  readonly immutable?: true
  readonly jobs: number
  readonly limits: boolean
}

const conflictPolicies = ['fail', 'skip', 'overwrite', 'rename', 'newer'] as const satisfies readonly ConflictPolicy[]

/** Adds the command to the program; `done` gets what was asked for. */
export function addExtract(program: CommandLine, env: ParseEnvironment, done: (command: ExtractCommand) => void): void {
  const line = program
    .command('extract')
    .alias('x')
    .summary('get files back, sharing blocks again')
    .description(
      'Gets files back from an archive, all or those named. On the archive’s filesystem the files become the archive’s ' +
        'own blocks where it can clone; elsewhere files that shared blocks share them again with each other. Afterwards ' +
        'the filesystem is asked whether that is so.',
    )
    .argument(
      '[paths...]',
      'entries to extract, as paths or globs; a folder brings what it holds. Without -f the first is the archive',
    )
    .optionsGroup('Archive and target:')
    .option('-f, --file <archive>', 'the archive; “-” reads it from standard input')
    .option('-C, --directory <folder>', 'where to extract to; made if it is missing', '.')
    .option('--exclude <pattern>', 'leave out what matches; repeatable', collect)
    .option(
      '--strip-components <n>',
      'leave out that many leading folders of each path',
      wholeNumber('The number of components', 0, 10_000),
      0,
    )
    .option(
      '--on-conflict <policy>',
      'when a name exists: fail, skip, overwrite, rename (keep both) or newer (overwrite older files)',
      oneOf('The policy', conflictPolicies),
      'fail',
    )
    .option(...noLimitsFlag)
    .optionsGroup('How data is restored:')
    .option(
      '--clone <mode>',
      'auto: clone where possible; always: else fail; never',
      oneOf('The clone mode', cloneModes),
      'auto',
    )
    .option('--verify-contents', 'check the hashes of cloned data too (copied data is always checked)')
    .option(
      '--keep-damaged',
      'keep what is left of a damaged file, with zeros for what is lost; checks everything, and never over an existing file',
    )
    .option(
      '--zeros <hole|write>',
      'zeros that the source had stored: leave a hole or write them',
      oneOf('The way', ['hole', 'write']),
      'hole',
    )
    .option(
      '--jobs <n>',
      'how many packs are decompressed at once',
      wholeNumber('The number of jobs', 1, 256),
      env.processors,
    )
    .optionsGroup('Owners and modes:')
    .option('--same-owner', 'restore owners (default for root)')
    .option('--no-same-owner', 'files belong to you (default for others)')
    .option('--numeric-owner', 'owners by number, not by name')
    .option('-p, --preserve-permissions', 'modes exactly as stored, with setuid and sticky bits (default for root)')
    .option('--no-preserve-permissions', 'modes as your umask has it (default for others)')
    .option('--immutable', 'make immutable and append-only again what was (chattr +i, +a); takes root')
  addCommonOptions(
    line,
    [
      'reftar extract -f backup.reftar -C restored/',
      'reftar extract backup.reftar -C restored/ vm/images "*.conf"',
      'reftar extract -f backup.reftar -C restored/ --on-conflict=newer --verify-contents',
    ],
    'name every entry as it is extracted',
  )
  line.action((paths: readonly string[]) => done(extractCommand(line.opts<ExtractFlags>(), paths, env)))
}

function extractCommand(flags: ExtractFlags, paths: readonly string[], env: ParseEnvironment): ExtractCommand {
  const { archive, rest } = archiveAndRest(flags.file, paths)
  if (flags.directory === '') throw usageError('The name of the target folder is empty.')
  return {
    kind: 'extract',
    common: commonOptions(flags),
    archive: trustedIf(archive, flags),
    options: {
      directory: flags.directory as ByteString,
      selection: rest.map(patternText),
      exclude: (flags.exclude ?? []).map(patternText),
      stripComponents: flags.stripComponents,
      onConflict: flags.onConflict,
      clone: flags.clone,
      verifyContents: flags.verifyContents === true || flags.keepDamaged === true,
      keepDamaged: flags.keepDamaged === true,
      zeros: flags.zeros,
      sameOwner: flags.sameOwner ?? env.isRoot,
      numericOwner: flags.numericOwner === true,
      samePermissions: flags.preservePermissions ?? env.isRoot,
      immutable: flags.immutable === true,
      jobs: flags.jobs,
    },
  }
}
