/** Names that a filesystem takes for one: nothing is overwritten or merged without a word. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import type { ConflictPolicy } from '../../src/shared/jobs.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { extractFrom } from '../support/extraction.ts'
import { foldingPorts } from '../support/folding-ports.ts'
import { madeUp, madeUpReader, packed } from '../support/made-up-reader.ts'
import { scratchFolder } from '../support/scratch.ts'

const text = Buffer.from('abcdefghijklmnopqrstuvwxyz')
const folder = (path: string) => madeUp(path, { kind: 'directory', mode: 0o755 })
const hardLink = (path: string, ordinal: number) => madeUp(path, { kind: 'hardlink', hardLinkOrdinal: ordinal })
const composed = '\u00e9'
const decomposed = 'e\u0301'

let base: string
let out: string
beforeEach(() => {
  base = mkdtempSync(join(scratchFolder(), 'collisions-'))
  out = join(base, 'out')
  mkdirSync(out)
  writeFileSync(join(base, 'archive'), 'x')
})

async function run(entries: Parameters<typeof madeUpReader>[2], onConflict: ConflictPolicy, ports = foldingPorts()) {
  const reader = madeUpReader(ports, { archivePath: join(base, 'archive'), packs: [text] }, entries)
  try {
    const { summary, problems } = await extractFrom(reader, out, { onConflict }, ports)
    return { summary, problems: problems.map(({ entry, message }) => `${entry}: ${inEnglish(message)}`) }
  } finally {
    reader.close()
  }
}

const tree = () =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((item) => !item.isDirectory())
    .map((item) => {
      const path = join(item.parentPath, item.name)
      return `${path.slice(out.length + 1)}=${readFileSync(path, 'latin1')}`
    })
    .sort()

const taken = (name: string) =>
  `“${name}” is there, which this filesystem takes for the same name (case or Unicode form)`
const inFolder = [
  folder('d'),
  packed('d/File', 0, 3),
  packed('d/file', 3, 3),
  packed(`d/${composed}`, 6, 3),
  packed(`d/${decomposed}`, 9, 3),
  folder('d/SUB'),
  packed('d/SUB/x', 12, 3),
  folder('d/sub'),
  packed('d/sub/x', 15, 3),
  packed('d/sub/y', 18, 3),
  hardLink('d/FILE', 1),
]

describe('where names fold', () => {
  it.each(['fail', 'overwrite', 'newer'] as const)('%s: the second is a problem, the first stays', async (policy) => {
    const { problems, summary } = await run(inFolder, policy)
    expect(problems.sort()).toEqual(
      [
        `d/FILE: ${taken('File')}`,
        `d/file: ${taken('File')}`,
        `d/sub: ${taken('SUB')}`,
        `d/${decomposed}: ${taken(composed)}`,
      ].sort(),
    )
    expect(tree()).toEqual(['d/File=abc', 'd/SUB/x=mno', `d/${composed}=ghi`].sort())
    expect(summary.skipped).toBe(2)
  })

  it('skip: counted; rename: both stay', async () => {
    expect((await run(inFolder, 'skip')).summary).toMatchObject({ skipped: 6, problems: 0 })
    out = join(base, 'more')
    mkdirSync(out)
    expect(await run(inFolder, 'rename')).toMatchObject({ problems: [], summary: { renamed: 4 } })
    expect(tree()).toEqual(
      [
        'd/FILE (1)=abc',
        'd/File=abc',
        'd/SUB/x=mno',
        'd/file (2)=def',
        `d/${composed}=ghi`,
        `d/${decomposed} (1)=jkl`,
        'd/sub (1)/x=pqr',
        'd/sub (1)/y=stu',
      ]
        .map((line) => line.replace('file (2)', 'file (1)').replace('FILE (1)', 'FILE (2)'))
        .sort(),
    )
  })

  it('what was in the target before under another case is not overwritten either', async () => {
    writeFileSync(join(out, 'README'), 'mine')
    const { problems } = await run([packed('readme', 0, 3), packed('README2', 3, 3)], 'overwrite')
    expect(problems).toEqual([`readme: ${taken('README')}`])
    expect(tree()).toEqual(['README2=def', 'README=mine'])
    expect((await run([packed('README', 0, 3)], 'overwrite')).problems).toEqual([])
    expect(tree()).toEqual(['README2=def', 'README=abc'])
  })

  it('folders right in the target: the second isn’t merged into the first', async () => {
    const entries = [folder('Dir'), packed('Dir/x', 0, 3), folder('dir'), packed('dir/x', 3, 3), packed('dir/y', 6, 3)]
    const { problems } = await run(entries, 'overwrite')
    expect(problems).toHaveLength(1)
    expect(tree()).toHaveLength(problems[0]?.startsWith('Dir') ? 2 : 1)
  })
})

it('where names don’t fold they are names like any others', async () => {
  const { problems, summary } = await run(inFolder, 'fail', createPorts())
  expect(problems).toEqual([])
  expect(summary.files).toBe(7)
  expect(tree()).toHaveLength(8)
})
