/** The command line's entry. What it loads before knowing the command is small; the engine comes with the command. */
import { availableParallelism } from 'node:os'
import { rawArguments } from '../../native/arguments.ts'
import { version } from '../../package.json' with { type: 'json' }
import { exitCodes } from '../shared/errors.ts'
import { parseCommand } from './arguments/parse.ts'
import { commandWords } from './command.ts'
import { descriptorSink } from './output/sink.ts'
import { reportFailure, runCommand } from './run.ts'

async function main(): Promise<number> {
  const textArguments = process.argv.slice(2)
  const sinks = { out: descriptorSink(1, true), err: descriptorSink(2, false) }
  const environment = {
    version,
    isRoot: process.geteuid?.() === 0,
    processors: availableParallelism(),
  }
  try {
    const command = parseCommand(rawArguments(textArguments), environment)
    if (command.kind !== 'text') return await runCommand(command, sinks)
    sinks.out.write(command.text)
    sinks.out.flush()
    return exitCodes.ok
  } catch (error) {
    const command = commandWords.find((word) => word === textArguments[0])
    return reportFailure(error, command, { json: textArguments.includes('--json') }, sinks)
  }
}

// Output is written synchronously, so nothing is lost; a thread or timer of a library must not keep the process alive.
process.exit(await main())
