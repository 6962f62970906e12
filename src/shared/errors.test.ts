import { describe, expect, it } from 'vitest'
import { describeError, type ErrorCode, errorData, errorTable, exitCodes, ReftarError, withContext } from './errors.ts'

describe('withContext', () => {
  it('adds what the error doesn’t say, and keeps what it says', () => {
    const error = new ReftarError('damaged', { verbatim: 'no' }, { entry: 'inner', offsetBytes: 7 })
    const known = withContext(error, { entry: 'outer', path: 'archive' })
    expect(known.context).toEqual({ entry: 'inner', offsetBytes: 7, path: 'archive' })
    expect(known).toMatchObject({ code: 'damaged', message: 'no', cause: error })
    expect(error.context).toEqual({ entry: 'inner', offsetBytes: 7 })
    expect(withContext(known, { offsetBytes: 9, errno: 'EIO' }).context).toMatchObject({ offsetBytes: 7, errno: 'EIO' })
  })

  it('takes an offset of 0 for something said', () => {
    const error = new ReftarError('damaged', { verbatim: 'no' }, { offsetBytes: 0 })
    expect(withContext(error, { offsetBytes: 5 }).context.offsetBytes).toBe(0)
  })

  it('makes anything else an internal error that keeps its cause', () => {
    const cause = new TypeError('x is undefined')
    expect(withContext(cause, { path: 'p' })).toMatchObject({
      code: 'internal',
      message: 'x is undefined',
      context: { path: 'p' },
      cause,
    })
    expect(withContext('text', {})).toMatchObject({ code: 'internal', message: 'text' })
    expect(withContext(undefined, {})).toMatchObject({ code: 'internal', message: 'undefined' })
  })
})

describe('errorData', () => {
  it('is plain data that survives being sent', () => {
    const data = errorData(
      new ReftarError('no-space', 'Not enough space on the disk', { path: 'p', errno: 'ENOSPC', operation: 'write' }),
    )
    expect(data).toEqual({
      code: 'no-space',
      message: 'Not enough space on the disk',
      remedy: errorTable['no-space'].remedy,
      path: 'p',
      errno: 'ENOSPC',
      operation: 'write',
    })
    expect(structuredClone(data)).toEqual(data)
    expect(JSON.parse(JSON.stringify(data))).toEqual(data)
  })
})

describe('describeError', () => {
  const data = (context: ConstructorParameters<typeof ReftarError>[2]) =>
    describeError(errorData(new ReftarError('damaged', { verbatim: 'It is hurt' }, context)))

  it('names the entry before the path, and the place', () => {
    expect(data({})).toBe('It is hurt')
    expect(data({ path: 'archive' })).toBe('archive: It is hurt')
    expect(data({ path: 'archive', entry: 'a/b' })).toBe('a/b: It is hurt')
    expect(data({ offsetBytes: 4096 })).toBe('It is hurt (at byte 4096)')
    expect(data({ path: 'archive', offsetBytes: 0 })).toBe('archive: It is hurt (at byte 0)')
  })
})

describe('errorTable', () => {
  it('gives every error a title, a remedy and an exit code that isn’t success', () => {
    const known = new Set<number>(Object.values(exitCodes))
    for (const code of Object.keys(errorTable) as ErrorCode[]) {
      const { title, remedy, exitCode } = errorTable[code]
      expect(title).toMatch(/^\S.*[^.\s]$/)
      expect(remedy).toMatch(/^\S.*[.)]$/)
      expect(known.has(exitCode)).toBe(true)
      expect(exitCode).not.toBe(exitCodes.ok)
    }
    expect(errorTable.cancelled.exitCode).toBe(130)
  })
})
