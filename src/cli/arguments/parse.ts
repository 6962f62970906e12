/** argv → Command: a pure function. Help and version are commands too, so nothing in here prints or exits. */
import { CommanderError, Command as CommandLine } from 'commander'
import { type ByteString, displayName } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { type Command, commandWords, type ParseEnvironment, type WorkCommand } from '../command.ts'
import { addCompare } from './compare.ts'
import { addConvert } from './convert.ts'
import { addCreate } from './create.ts'
import { addExtract } from './extract.ts'
import { addArchiveCommands, addList, addSharing } from './inspect.ts'
import { addDuplicates, addTestData } from './tools.ts'
import { usageError } from './values.ts'

const HELP_COLUMNS = 100

const overview = `
Without -f, extract, list, info, verify, compare and seal take the archive as their first argument.
“reftar help COMMAND” lists every option, the exit codes, and examples.`

/**
 * What the user's arguments ask for. Commander works on the raw bytes (one character a byte): names of options are
 * ASCII, and values keep bytes that are no UTF-8.
 */
export function parseCommand(argv: readonly ByteString[], env: ParseEnvironment): Command {
  let command: WorkCommand | undefined
  let printed = ''
  const done = (parsed: WorkCommand): void => {
    command = parsed
  }
  const program = new CommandLine('reftar')
  program
    .description(
      'An archiver that keeps reflinks: blocks that files share are stored once and shared again after extraction.',
    )
    .version(env.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', overview)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text
      },
      // Errors arrive as exceptions and are worded below.
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_COLUMNS,
      getErrHelpWidth: () => HELP_COLUMNS,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  addCreate(program, env, done)
  addExtract(program, env, done)
  addList(program, done)
  addArchiveCommands(program, done)
  addCompare(program, done)
  addConvert(program, env, done)
  addSharing(program, done)
  addDuplicates(program, done)
  addTestData(program, done)

  try {
    if (argv.length === 0) throw usageError(`Say what to do: ${commandWords.join(', ')}.`)
    program.parse(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof ReftarError) throw error
    if (!(error instanceof CommanderError)) throw error
    // “reftar help” and “reftar --help”: commander calls leaving after help an error too.
    const isHelp = error.exitCode === 0 || error.code === 'commander.help'
    if (isHelp && printed !== '') return { kind: 'text', text: printed }
    // “reftar help” with a word that is no command.
    if (isHelp) throw usageError(`Unknown command '${displayName(argv[1] ?? ('' as ByteString))}'.`)
    throw usageError(commanderSentence(error.message))
  }
  if (command === undefined) throw usageError(`Say what to do: ${commandWords.join(', ')}.`)
  return command
}

/** `error: unknown option '--foo'\n(Did you mean --file?)` → `Unknown option '--foo'. Did you mean --file?` */
function commanderSentence(message: string): string {
  const [first = '', hint] = message.replace(/^error: /, '').split('\n')
  const sentence = `${first.charAt(0).toUpperCase()}${displayName(first.slice(1) as ByteString)}`
  const closed = /[.?!]$/.test(sentence) ? sentence : `${sentence}.`
  return hint === undefined ? closed : `${closed} ${hint.replace(/^\((.*)\)$/, '$1')}`
}
