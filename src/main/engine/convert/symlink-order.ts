/**
 * The first reftar stops at a symbolic link whose target isn't there yet, so links come last, each behind the one it
 * leads through, and links that lead nowhere within the archive can't be stored.
 */
import type { ByteString } from '../../../shared/byte-string.ts'

/** The longest chain of links that Linux follows. */
const LONGEST_CHAIN = 40

export interface StoredLink {
  readonly path: ByteString
  readonly target: ByteString
}

/** Links in an order in which each one's target exists already, and the rest. `exists`: paths stored before all links. */
export function orderLinks<Link extends StoredLink>(
  links: readonly Link[],
  exists: (path: string) => boolean,
): { readonly ordered: Link[]; readonly dangling: Link[] } {
  const stored = new Map<string, string>()
  const ordered: Link[] = []
  let waiting = [...links]
  for (;;) {
    const left: Link[] = []
    for (const link of waiting) {
      if (leadsSomewhere(link, stored, exists)) {
        stored.set(link.path, link.target)
        ordered.push(link)
      } else left.push(link)
    }
    if (left.length === waiting.length) return { ordered, dangling: left }
    waiting = left
  }
}

function leadsSomewhere(
  link: StoredLink,
  stored: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): boolean {
  const resolved = link.path.split('/').slice(0, -1)
  const pending = components(link.target)
  if (pending === undefined) return false
  for (let followed = 0; ; ) {
    const next = pending.shift()
    if (next === undefined) return true
    if (next === '..') {
      if (resolved.pop() === undefined) return false
      continue
    }
    resolved.push(next)
    const path = resolved.join('/')
    const through = stored.get(path)
    if (through === undefined) {
      if (exists(path)) continue
      return false
    }
    const further = components(through)
    if (further === undefined || ++followed > LONGEST_CHAIN) return false
    resolved.pop()
    pending.unshift(...further)
  }
}

/** Undefined for an absolute target: what is there on another machine, nobody knows. */
function components(target: string): string[] | undefined {
  if (target === '' || target.startsWith('/')) return undefined
  return target.split('/').filter((part) => part !== '' && part !== '.')
}
