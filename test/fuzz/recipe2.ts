/** How to build an archive of format 2, as data: what the fuzzer changes before all hashes are computed anew. */
import { sectionKinds } from '../../src/main/engine/format/section.ts'
import { Builder2, type FinishOptions, type SectionOptions, type WildChunk } from '../corpus/format2-builder.ts'
import { encodeWildPage, type WildPage } from '../corpus/page-encoder.ts'
import type { WildSuperblock } from '../corpus/wild-structures.ts'

interface Overrides {
  header?: SectionOptions['header']
  record?: SectionOptions['record']
  unlisted?: boolean
  /** Changes of the raw payload, applied before it is hashed. */
  edits?: readonly Edit[]
  /** Changes of the stored payload. */
  frame?: Uint8Array
}

export type Step =
  | { kind: 'data'; bytes: Uint8Array }
  | ({ kind: 'pack'; raw: Uint8Array } & Overrides)
  | ({ kind: 'page'; page: WildPage } & Overrides)
  | ({ kind: 'hashes'; chunks?: readonly WildChunk[] } & Overrides)
  | ({ kind: 'other'; number: number; raw: Uint8Array } & Overrides)

/** `at` counts from the beginning, modulo the length. */
export interface Edit {
  readonly at: number
  readonly remove: number
  readonly insert: Uint8Array
}

export interface Recipe2 {
  superblock: Partial<WildSuperblock>
  steps: Step[]
  finish: FinishOptions & { readonly edits?: readonly Edit[] }
}

function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let edited = bytes
  for (const { at, remove, insert } of edits) {
    const start = edited.length === 0 ? 0 : at % edited.length
    edited = Uint8Array.from(Buffer.concat([edited.subarray(0, start), insert, edited.subarray(start + remove)]))
  }
  return edited
}

/** Throws what the encoders throw for numbers that no varint holds. */
export function buildRecipe(recipe: Recipe2): Uint8Array {
  const builder = new Builder2(recipe.superblock)
  for (const step of recipe.steps) {
    if (step.kind === 'data') builder.data(step.bytes)
    else addSection(builder, step, optionsOf(step))
  }
  const { edits = [], ...finish } = recipe.finish
  if (edits.length === 0) return builder.finish(finish)
  return builder.finish({ ...finish, editDirectory: (payload) => applyEdits(payload, edits) })
}

function optionsOf({ header, record, unlisted, frame }: Overrides): SectionOptions {
  return {
    ...(header ? { header } : {}),
    ...(record ? { record } : {}),
    ...(unlisted ? { unlisted } : {}),
    ...(frame ? { frame } : {}),
  }
}

function addSection(builder: Builder2, step: Exclude<Step, { kind: 'data' }>, options: SectionOptions): void {
  const { edits = [] } = step
  if (step.kind === 'pack') builder.pack(applyEdits(step.raw, edits), options)
  else if (step.kind === 'other') builder.section(step.number, applyEdits(step.raw, edits), options)
  else if (step.kind === 'hashes') builder.hashes(step.chunks, options)
  else if (edits.length === 0) builder.page(step.page, options)
  else {
    const { entries } = step.page
    const record = { entryCount: entries.length, firstPath: entries[0]?.path ?? '', ...options.record }
    builder.section(sectionKinds.page, applyEdits(encodeWildPage(step.page), edits), { ...options, record })
  }
}
