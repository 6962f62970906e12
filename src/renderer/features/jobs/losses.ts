/** What format 1 couldn’t hold, as sentences. */
import type { FormatLosses } from '../../../shared/jobs.ts'
import type { Words } from '../../lib/words.ts'

const lossKinds = [
  'modes',
  'attributes',
  'flags',
  'hardLinks',
  'fractions',
  'times',
  'names',
  'specialFiles',
  'symlinks',
] as const satisfies readonly (keyof FormatLosses)[]

/** One sentence for all that was lost; none when nothing was. */
export function lossSentences(losses: FormatLosses | undefined, { text }: Words): string[] {
  if (losses === undefined) return []
  const lost = lossKinds.filter((kind) => losses[kind] > 0)
  if (lost.length === 0) return []
  return [
    `${text('jobs.loss.lost')} ${lost.map((kind) => text(`jobs.loss.${kind}`, { count: losses[kind] })).join('; ')}.`,
  ]
}
