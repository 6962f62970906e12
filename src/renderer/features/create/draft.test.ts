import { expect, test } from 'vitest'
import { textToByteString as bytes } from '../../../shared/byte-string.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import type { CreatePlan } from '../../../shared/ipc/plans.ts'
import type { GivenPath } from '../../../shared/ipc/settings.ts'
import {
  addInputs,
  createRequest,
  excludePatterns,
  hindranceOf,
  newDraft,
  rememberedOptions,
  removeInputs,
} from './draft.ts'

const remembered = { deduplicate: true, instant: false, compress: false }
const fresh = newDraft(remembered)
const given = (path: string): GivenPath => ({ path: bytes(path), kind: 'file', sizeBytes: 1 })
const noSpace: ErrorData = { code: 'no-space', message: 'Not enough space on the disk', remedy: 'Free some space' }

function planned(changes: Partial<CreatePlan>) {
  const plan: CreatePlan = {
    entries: 1,
    files: 1,
    folders: 0,
    logicalBytes: 1,
    inputs: [],
    clonedBytes: 0,
    packedBytes: 1,
    copied: {},
    holeBytes: 0,
    sharedBytes: 0,
    newOnDiskBytes: 1,
    freeBytes: 2,
    canClone: true,
    problems: [],
    problemCount: 0,
    obstacle: undefined,
    ...changes,
  }
  return { plan, isCurrent: true, error: undefined }
}

test('an input dropped twice is listed once, in the place of its first time', () => {
  const once = addInputs(fresh, [given('/a'), given('/b')])
  const draft = addInputs(once, [given('/c'), given('/a'), given('/c')])
  expect(createRequest(draft).inputs).toEqual(['/a', '/b', '/c'])
  expect(createRequest(removeInputs(draft, new Set([bytes('/b')]))).inputs).toEqual(['/a', '/c'])
})

test('an instant archive asks for no deduplication, which would have to read', () => {
  expect(createRequest({ ...fresh, handling: 'instant' })).toMatchObject({ instant: true, deduplicate: false })
  expect(createRequest({ ...fresh, handling: 'compress' })).toMatchObject({ compress: true, deduplicate: true })
})

test('format 1 is asked for neither compressed nor instant; the choice is still there when going back', () => {
  const old = { ...fresh, handling: 'compress', format: 1 } as const
  expect(createRequest(old)).toMatchObject({ format: 1, compress: false, instant: false, deduplicate: true })
  expect(createRequest({ ...old, format: 2 })).toMatchObject({ compress: true })
})

test('options are remembered as they were chosen', () => {
  for (const options of [remembered, { ...remembered, instant: true }, { ...remembered, compress: true }]) {
    expect(rememberedOptions(newDraft(options))).toEqual(options)
  }
})

test('one pattern a line, empty lines are none', () => {
  expect(excludePatterns('*.tmp\n\n  node_modules \r\n')).toEqual(['*.tmp', 'node_modules'])
})

test('starting takes inputs, a destination and a plan without obstacle', () => {
  const draft = { ...addInputs(fresh, [given('/a')]), archivePath: bytes('/a.reftar') }
  const counting = { plan: undefined, isCurrent: false, error: undefined }
  expect(hindranceOf(fresh, counting)).toBe('no-inputs')
  expect(hindranceOf({ ...draft, archivePath: undefined }, planned({}))).toBe('no-destination')
  expect(hindranceOf(draft, counting)).toBe('counting')
  expect(hindranceOf(draft, { ...planned({}), isCurrent: false })).toBe('counting')
  expect(hindranceOf(draft, planned({ obstacle: noSpace }))).toBe('obstacle')
  expect(hindranceOf(draft, { ...counting, error: noSpace })).toBe('obstacle')
  expect(hindranceOf(draft, planned({}))).toBeUndefined()
})
