import { expect, test } from 'vitest'
import { textToByteString } from '../src/shared/byte-string.ts'
import { lastArguments, rawArguments } from './arguments.ts'

const commandLine = (...parts: readonly string[]): Uint8Array => Buffer.from(`${parts.join('\0')}\0`, 'latin1')

test('arguments that are UTF-8 never look at the command line', () => {
  const never = (): Uint8Array => {
    throw new Error('must not be read')
  }
  expect(rawArguments(['create', 'ärger'], never)).toEqual(['create', textToByteString('ärger')])
})

test('bytes that are not UTF-8 come from the command line', () => {
  const raw = commandLine('node', '--flag', 'reftar.js', 'create', 'b\xff\xfe', 'é')
  const text = ['create', 'b\ufffd\ufffd', Buffer.from('é', 'latin1').toString('utf8')]
  expect(rawArguments(text, () => raw)).toEqual(['create', 'b\xff\xfe', 'é'])
})

test('a real U+FFFD in a name stays what it is', () => {
  const name = textToByteString('\ufffd')
  expect(rawArguments(['\ufffd'], () => commandLine('node', 'reftar.js', name))).toEqual([name])
})

test('a command line that disagrees or cannot be read is not believed', () => {
  const fromText = [textToByteString('a\ufffd')]
  expect(rawArguments(['a\ufffd'], () => commandLine('node', 'other'))).toEqual(fromText)
  expect(rawArguments(['a\ufffd'], () => new Uint8Array())).toEqual(fromText)
  const missing = (): Uint8Array => {
    throw new Error('ENOENT')
  }
  expect(rawArguments(['a\ufffd'], missing)).toEqual(fromText)
})

test('empty arguments keep their place', () => {
  expect(lastArguments(commandLine('node', 'x', '', ''), 3)).toEqual(['x', '', ''])
})
