import { describe, expect, it } from 'vitest'
import { type ErrorCode, ReftarError } from '../../../shared/errors.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import { CloneAttempt, NOCOW_FLAG } from './clone-attempt.ts'

const source = 5 as Handle
const status = { device: 7 } as NodeStatus
const other = { device: 8 } as NodeStatus

function makeAttempt(mode: CloneMode = 'auto', isPipe = false, flags = 0) {
  const syncs: Handle[] = []
  const files = { sync: (handle: Handle) => syncs.push(handle), inodeFlags: () => flags } as unknown as FileSystem
  const attempt = new CloneAttempt(files, mode, isPipe)
  /** Clones where the tries have these outcomes in turn. */
  const clone = (...outcomes: (ErrorCode | undefined)[]) =>
    attempt.clone(
      () => {
        const code = outcomes.shift()
        if (code !== undefined) throw new ReftarError(code, { verbatim: code })
      },
      source,
      status,
      0,
      4096,
    )
  return { attempt, clone, syncs }
}

describe('CloneAttempt', () => {
  it('remembers a filesystem without reflinks, and one that is another, by its device', () => {
    for (const [code, reason] of [
      ['not-supported', 'no-reflinks'],
      ['cross-device', 'different-filesystem'],
    ] as const) {
      const { attempt, clone } = makeAttempt()
      expect(attempt.refusal(status)).toBeUndefined()
      expect(clone(code)).toBe(reason)
      expect(attempt.refusal(status)).toBe(reason)
      expect(attempt.refusal(other)).toBeUndefined()
    }
  })

  it('takes other refusals for the file’s own', () => {
    for (const code of ['busy', 'not-permitted', 'invalid-argument'] as const) {
      const { attempt, clone } = makeAttempt()
      expect(clone(code)).toBe('refused')
      expect(attempt.refusal(status)).toBeUndefined()
    }
    expect(makeAttempt('auto', false, NOCOW_FLAG).clone('invalid-argument')).toBe('copy-on-write-off')
  })

  it('tries once more after writing back', () => {
    const { clone, syncs } = makeAttempt()
    expect(clone('try-again', undefined)).toBeUndefined()
    expect(syncs).toEqual([source])
    expect(clone('try-again', 'try-again')).toBe('refused')
  })

  it('throws real errors in every mode', () => {
    for (const mode of ['auto', 'always'] as const) {
      const { clone } = makeAttempt(mode)
      expect(() => clone('no-space')).toThrow(expect.objectContaining({ code: 'no-space' }))
      expect(() => clone('io-error')).toThrow(expect.objectContaining({ code: 'io-error' }))
    }
  })

  it('fails rather than copy when only clones are wanted', () => {
    expect(() => makeAttempt('always').clone('not-supported')).toThrow(
      expect.objectContaining({ code: 'cannot-clone' }),
    )
  })

  it('doesn’t try for a pipe or when not wanted', () => {
    expect(makeAttempt('auto', true).attempt.refusal(status)).toBe('pipe')
    expect(makeAttempt('never').attempt.refusal(status)).toBe('not-wanted')
  })
})
