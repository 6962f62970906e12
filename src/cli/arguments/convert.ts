/** `reftar convert`. */
import type { Command as CommandLine } from 'commander'
import type { ByteString } from '../../shared/byte-string.ts'
import type { CloneMode } from '../../shared/jobs.ts'
import type { ConvertCommand, ParseEnvironment } from '../command.ts'
import { addCommonOptions, type CommonFlags, commonOptions, noLimitsFlag } from './common.ts'
import { cloneModes, oneOf, parseBlockSize, requireBlockSizeOf2, usageError, wholeNumber } from './values.ts'

interface ConvertFlags extends CommonFlags {
  readonly format?: '1' | '2'
  readonly clone: CloneMode
  readonly level: number
  readonly blockSize: number
  readonly jobs: number
  readonly limits: boolean
}

/** Adds the command to the program; `done` gets what was asked for. */
export function addConvert(program: CommandLine, env: ParseEnvironment, done: (command: ConvertCommand) => void): void {
  const line = program
    .command('convert')
    .summary('turn an archive of one format into one of the other')
    .description(
      'Writes a new archive of the other format with what an archive holds, without extracting it. Blocks are cloned ' +
        'from archive to archive where both lie on one filesystem that can do that. What format 1 can’t hold is counted.',
    )
    .argument('<old>', 'the archive to read')
    .argument('<new>', 'the archive to make')
    .optionsGroup('How data is stored:')
    .option('--format <1|2>', 'the new archive’s format; the other one unless told', oneOf('The format', ['1', '2']))
    .option(
      '--clone <mode>',
      'auto: clone where possible; always: else fail; never',
      oneOf('The clone mode', cloneModes),
      'auto',
    )
    .option('--level <n>', 'zstd level of format 2, 1 to 19', wholeNumber('The level', 1, 19), 1)
    .option('-b, --block-size <size>', 'unit of sharing: 4096, 64K … 1M', parseBlockSize, 4096)
    .option(
      '--jobs <n>',
      'how many packs are compressed at once',
      wholeNumber('The number of jobs', 1, 256),
      env.processors,
    )
  line.optionsGroup('What is read:').option(...noLimitsFlag)
  addCommonOptions(
    line,
    ['reftar convert old.reftar new.reftar', 'reftar convert --format=1 backup.reftar for-the-first-reftar.reftar'],
    'name every entry',
  )
  line.action((source: string, target: string) => {
    const flags = line.opts<ConvertFlags>()
    if (source === '' || target === '') throw usageError('An argument is empty.')
    if (source === '-' || target === '-') throw usageError('convert reads and writes files, not pipes.')
    if (flags.format !== '1') requireBlockSizeOf2(flags.blockSize)
    done({
      kind: 'convert',
      trusted: !flags.limits,
      common: commonOptions(flags),
      options: {
        sourcePath: source as ByteString,
        archivePath: target as ByteString,
        format: flags.format === undefined ? undefined : flags.format === '1' ? 1 : 2,
        blockSizeBytes: flags.blockSize,
        clone: flags.clone,
        compressionLevel: flags.level,
        jobs: flags.jobs,
      },
    })
  })
}
