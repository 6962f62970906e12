/** `npm run corpus`: writes test/corpus/archives and outcomes.json anew. The same bytes each time. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { allCases } from './all-cases.ts'
import type { Case } from './cases.ts'

const FOLDER = 'test/corpus/archives'

/** What outcomes.json says of a case: paths are in hex, since they are bytes. */
function described({ name, format, group, attacks, traps, limits, outcome }: Case): object {
  const hex = (path: string): string => Buffer.from(path, 'latin1').toString('hex')
  return {
    file: `archives/${name}.reftar.gz`,
    format,
    group,
    attacks,
    ...(traps ? { traps } : {}),
    ...(limits ? { limits } : {}),
    open: outcome.open,
    complete: outcome.complete,
    list:
      typeof outcome.list === 'string'
        ? outcome.list
        : outcome.list.length > 100
          ? outcome.list.length
          : outcome.list.map(hex),
    verify: outcome.verify,
    extract: {
      error: outcome.extract.error,
      problems: Object.fromEntries(Object.entries(outcome.extract.problems).map(([path, code]) => [hex(path), code])),
      exists: outcome.extract.exists.map(hex),
    },
    exitCodes: outcome.exitCodes,
  }
}

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
for (const { name, bytes } of allCases) {
  const packed = gzipSync(bytes(), { level: 9 })
  // The header's last byte names the operating system: unknown, so that it is the same everywhere.
  packed[9] = 255
  writeFileSync(join(FOLDER, `${name}.reftar.gz`), packed)
}
writeFileSync('test/corpus/outcomes.json', `${JSON.stringify(allCases.map(described), null, 2)}\n`)
console.log(`${readdirSync(FOLDER).length} archives`)
