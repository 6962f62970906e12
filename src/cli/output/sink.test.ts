import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ReftarError } from '../../shared/errors.ts'
import { descriptorSink } from './sink.ts'

test('text and raw bytes arrive in order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reftar-sink-'))
  try {
    const file = openSync(join(folder, 'out'), 'w')
    const sink = descriptorSink(file, true)
    sink.write('ä\n')
    sink.write('\xff\0', 'latin1')
    sink.write('x'.repeat(200_000))
    sink.write('ö')
    sink.flush()
    closeSync(file)
    const written = readFileSync(join(folder, 'out'))
    expect(written.subarray(0, 5).toString('hex')).toBe('c3a40aff00')
    expect(written.length).toBe(5 + 200_000 + 2)
    expect(written.subarray(-2).toString()).toBe('ö')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.runIf(process.platform === 'linux')('a full disk is said once, and the sink is deaf from then on', () => {
  const full = openSync('/dev/full', 'w')
  const sink = descriptorSink(full, true)
  sink.write('x')
  expect(() => sink.flush()).toThrow(ReftarError)
  expect(sink.closed).toBe(true)
  sink.write('y')
  sink.flush()
  closeSync(full)
})
