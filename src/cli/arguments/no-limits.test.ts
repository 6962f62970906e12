/** --no-limits: for every command that reads archives, and off unless given. */
import { expect, it } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { parseCommand } from './parse.ts'

const environment = { version: '1', isRoot: false, processors: 1 }

function placeOf(line: string): object | undefined {
  const words = line.split(' ').map(textToByteString)
  const command = parseCommand(words, environment)
  return 'archive' in command ? command.archive : undefined
}

it.each(['list a', 'info a', 'verify a', 'extract a', 'extract -f -', 'compare -f a folder'])('%s', (line) => {
  expect(placeOf(line)).not.toHaveProperty('trusted')
  expect(placeOf(`${line} --no-limits`)).toMatchObject({ trusted: true })
})

it('convert', () => {
  const commandOf = (line: string): object => parseCommand(line.split(' ').map(textToByteString), environment)
  expect(commandOf('convert a b')).toMatchObject({ trusted: false })
  expect(commandOf('convert a b --no-limits')).toMatchObject({ trusted: true })
})

it('is nothing to make an archive with', () => {
  expect(() => placeOf('create -f a b --no-limits')).toThrow(ReftarError)
})
