import { afterEach, describe, expect, test, vi } from 'vitest'
import { type ErrorData, ReftarError } from '../shared/errors.ts'
import { problemLog, toldBy } from './output/problems.ts'
import { progressLine } from './output/progress-bar.ts'
import { memorySink } from './output/sink.ts'
import { tableLines } from './output/table.ts'
import { reportFailure } from './run.ts'

const sinks = () => ({ out: memorySink(), err: memorySink() })
afterEach(() => vi.unstubAllEnvs())

describe('failures', () => {
  test('name the path, what happened, and on the next line what to do', () => {
    const both = sinks()
    const error = new ReftarError('no-space', 'Not enough space on the disk', { path: '/mnt/a', errno: 'ENOSPC' })
    expect(reportFailure(error, 'create', { json: false }, both)).toBe(4)
    expect(both.err.text()).toBe(
      'reftar: /mnt/a: Not enough space on the disk\n  Free some space, or choose another disk.\n',
    )
    expect(both.out.text()).toBe('')
  })

  test.each([
    [new ReftarError('usage', { verbatim: 'x' }), 2],
    [new ReftarError('damaged', { verbatim: 'x' }), 3],
    [new ReftarError('permission-denied', { verbatim: 'x' }), 4],
    [new ReftarError('already-exists', { verbatim: 'x' }), 1],
    [new ReftarError('cancelled', { verbatim: 'x' }), 130],
    [new DOMException('aborted', 'AbortError'), 130],
    [new Error('surprise'), 4],
  ])('%s has exit code %i', (error, code) => {
    expect(reportFailure(error, 'list', { json: false }, sinks())).toBe(code)
  })

  test('usage errors point to the command’s help', () => {
    const both = sinks()
    reportFailure(new ReftarError('usage', { verbatim: 'No.' }), 'seal', { json: false }, both)
    expect(both.err.text()).toBe('reftar: No.\n  See “reftar help seal”.\n')
  })

  test('what is wrong with an archive names it where nothing else is named, and verify advises no verifying', () => {
    const damaged: ErrorData = { code: 'damaged', message: { verbatim: 'x' }, remedy: 'r' }
    expect(toldBy('list', 'a', damaged)).toEqual({ ...damaged, path: 'a' })
    expect(toldBy('list', 'a', { ...damaged, path: 'b' })).toMatchObject({ path: 'b' })
    expect(toldBy('list', 'a', { ...damaged, code: 'no-space' })).not.toHaveProperty('path')
    expect(toldBy('verify', 'a', damaged).remedy).toBe('Use another copy of it.')
    expect(toldBy('extract', 'a', { ...damaged, entry: 'x' }).remedy).toContain('--keep-damaged')
    expect(toldBy('extract', 'a', { ...damaged, entry: 'x' }, true).remedy).not.toContain('--keep-damaged')
  })

  test('under --json one document on standard output and nothing else', () => {
    const both = sinks()
    reportFailure(new ReftarError('not-found', { verbatim: 'gone' }, { path: 'x' }), 'info', { json: true }, both)
    expect(JSON.parse(both.out.text())).toEqual({
      ok: false,
      command: 'info',
      error: { code: 'not-found', message: 'gone', path: 'x', remedy: expect.stringContaining('spelling') },
    })
    expect(both.err.text()).toBe('')
  })

  test('stack traces only for those who ask', () => {
    const quiet = sinks()
    reportFailure(new Error('surprise'), 'list', { json: false }, quiet)
    expect(quiet.err.text()).not.toContain('run.test.ts')
    vi.stubEnv('REFTAR_DEBUG', '1')
    const loud = sinks()
    reportFailure(new Error('surprise'), 'list', { json: false }, loud)
    expect(loud.err.text()).toContain('run.test.ts')
  })
})

describe('problems', () => {
  const problem: ErrorData = { code: 'changed-while-read', message: { verbatim: 'changed' }, entry: 'a', remedy: 'r' }

  test('the first twenty are told, the advice once, the rest counted', () => {
    const told: string[] = []
    const log = problemLog((line) => told.push(line), true)
    for (let i = 0; i < 22; i++) log.add(problem)
    log.close()
    expect(told.filter((line) => line === 'reftar: a: changed')).toHaveLength(20)
    expect(told.filter((line) => line.startsWith('  '))).toHaveLength(1)
    expect(told.at(-1)).toBe('reftar: and 2 more problems.')
    expect(log.count).toBe(22)
  })

  test('a file that looks whole and isn’t is always told', () => {
    const told: string[] = []
    const log = problemLog((line) => told.push(line), true)
    for (let i = 0; i < 2000; i++) log.add(problem)
    for (let i = 0; i < 50; i++) log.add({ ...problem, code: 'kept-damaged', entry: `file ${i}` })
    log.close()
    for (let i = 0; i < 50; i++) expect(told.join('\n')).toContain(`file ${i}:`)
    expect(log.kept.filter(({ code }) => code === 'kept-damaged')).toHaveLength(50)
    expect(told.at(-1)).toBe('reftar: and 1,980 more problems.')
    expect(log.count).toBe(2050)
  })

  test('under --json they are kept, up to a bound', () => {
    const log = problemLog(() => expect.unreachable(), false)
    for (let i = 0; i < 1500; i++) log.add(problem)
    log.close()
    expect([log.count, log.kept.length]).toEqual([1500, 1000])
  })
})

describe('progress', () => {
  const progress = {
    phase: 'extract',
    bytesDone: 72,
    bytesTotal: 100,
    filesDone: 1,
    filesTotal: 3,
    current: undefined,
  } as const

  test('bytes, files, speed and time left', () => {
    expect(progressLine(progress, 14, 200, 'si')).toBe(
      'Extracting  ██████████████░░░░░░  72 %  72 B of 100 B  1 file of 3  14 B/s  2.0 s left',
    )
  })

  test('no bar while the total is unknown, and never wider than the terminal', () => {
    expect(progressLine({ ...progress, bytesTotal: undefined, filesTotal: undefined }, undefined, 80, 'si')).toBe(
      'Extracting  72 B  1 file',
    )
    expect(progressLine(progress, 14, 20, 'si')).toHaveLength(19)
  })
})

test('tables line up and end without blanks', () => {
  expect(
    tableLines(
      [
        ['a', '1', ''],
        ['bb', '22', 'x'],
      ],
      ['left', 'right', 'left'],
      ' ',
    ),
  ).toEqual([' a    1', ' bb  22  x'])
})
