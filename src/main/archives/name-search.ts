/** What a search finds: words in the name, whatever their letter case and accents, or a glob over the path. */
import { type ByteString, baseName, byteStringToText } from '../../shared/byte-string.ts'
import { matchAny } from '../engine/index.ts'

/** Whether an entry of this path is found. Undefined for an empty search, `usage` for a glob with nothing in it. */
export function searchFor(search: string): ((path: ByteString) => boolean) | undefined {
  const trimmed = search.trim()
  if (trimmed === '') return undefined
  if (/[*?[]/.test(trimmed)) return matchAny([trimmed])
  const words = folded(trimmed).split(/\s+/)
  return (path) => {
    const bytes = baseName(path)
    // Plain ASCII, which most names are, is its own text.
    const name = /^[\x20-\x7e]*$/.test(bytes) ? bytes.toLowerCase() : folded(byteStringToText(bytes) ?? bytes)
    return words.every((word) => name.includes(word))
  }
}

/** Without letter case and accents: “Å” is found by “a”. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
}
