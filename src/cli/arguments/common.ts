/** Options and words that several commands have in common. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import type { SizeUnits } from '../../shared/format-size.ts'
import type { ArchivePlace, CommonOptions } from '../command.ts'
import { oneOf, quoted, usageError } from './values.ts'

/** The options of every command, as commander hands them over. */
export interface CommonFlags {
  readonly json?: true
  readonly quiet?: true
  readonly verbose?: true
  readonly units: SizeUnits
}

const exitCodeHelp = `
Exit codes:
  0    done
  1    done, but some entries need attention; each is named on standard error
  2    the command line can’t be carried out
  3    not an archive, damaged, incomplete, or made by a newer version
  4    the system refused: no space, no permission, a disk error
  130  cancelled (Ctrl-C)`

/** Closes a command's help: common options, exit codes, examples. */
export function addCommonOptions(line: CommandLine, examples: readonly string[], verbose: string | undefined): void {
  line.optionsGroup('Output:')
  if (verbose !== undefined) line.option('-v, --verbose', verbose)
  line
    .option('-q, --quiet', 'print errors and problems only')
    .option('--json', 'print one JSON document on standard output (docs/cli.md lists its members)')
    .option('--units <si|iec>', 'sizes in kB, MB, GB or in KiB, MiB, GiB', oneOf('The unit', ['si', 'iec']), 'si')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', exitCodeHelp)
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`)
}

/** Checks and fills in the common options. */
export function commonOptions(flags: CommonFlags): CommonOptions {
  if (flags.quiet && flags.verbose) throw usageError('--quiet and --verbose contradict each other.')
  return {
    json: flags.json === true,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    units: flags.units,
  }
}

/** `-` is standard input or output, everything else a path. */
export function archivePlace(text: string): ArchivePlace {
  return text === '-' ? { kind: 'stream' } : { kind: 'path', path: text as ByteString }
}

/** The flag of every command that reads an archive; see trustedIf. */
export const noLimitsFlag = ['--no-limits', 'read it whatever it claims (docs/cli.md has the limits)'] as const

/** The place, and that the user trusts what is there when --no-limits was given. */
export function trustedIf(place: ArchivePlace, flags: { readonly limits: boolean }): ArchivePlace {
  return flags.limits ? place : { ...place, trusted: true }
}

/**
 * The archive is named by -f or, without it, by the first argument. Returns it and the arguments that are left.
 */
export function archiveAndRest(
  file: string | undefined,
  positional: readonly string[],
): { archive: ArchivePlace; rest: readonly ByteString[] } {
  const rest = positional as readonly ByteString[]
  if (rest.includes('' as ByteString)) throw usageError('An argument is empty.')
  if (file !== undefined) {
    if (file === '') throw usageError('The archive’s name is empty.')
    return { archive: archivePlace(file), rest }
  }
  const first = rest[0]
  if (first === undefined) throw usageError('Name the archive: -f ARCHIVE.')
  return { archive: archivePlace(first), rest: rest.slice(1) }
}

/** For commands that take one archive and nothing else. */
export function onlyArchive(file: string | undefined, positional: readonly string[]): ArchivePlace {
  const { archive, rest } = archiveAndRest(file, positional)
  const extra = rest[0]
  if (extra !== undefined) throw usageError(`${quoted(extra)} is one argument too many: this takes one archive.`)
  return archive
}
