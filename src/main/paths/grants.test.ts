import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { PathGrants } from './grants.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'reftar-grants-')))
const at = (path: string) => textToByteString(join(root, path))

beforeAll(() => {
  for (const folder of ['chosen/inner', 'other', 'chosen-too']) mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'chosen/inner/file'), '')
  writeFileSync(join(root, 'other/secret'), '')
  symlinkSync('../other', join(root, 'chosen/out'))
  symlinkSync('inner', join(root, 'chosen/in'))
  symlinkSync('chosen', join(root, 'link'))
})
afterAll(() => rmSync(root, { recursive: true }))

function granting(path: string, access: 'read' | 'write' = 'read'): PathGrants {
  const grants = new PathGrants()
  grants.allow([at(path)], access)
  return grants
}

describe('paths that the user gave', () => {
  it('are allowed with what lies below them, whether it exists or not', async () => {
    const grants = granting('chosen')
    for (const path of ['chosen', 'chosen/inner/file', 'chosen/new/deep', 'chosen/in/file']) {
      expect(await grants.requireOne(at(path), 'read')).toBe(at(path))
    }
    expect(await grants.requireOne(textToByteString(`${root}/chosen//`), 'read')).toBe(at('chosen'))
  })

  it.each(['other/secret', 'chosen-too', '', 'chosen/out/secret', 'chosen/out', 'chosen/out/new'])(
    'don’t let “%s” in',
    async (path) => {
      await expect(granting('chosen').requireOne(at(path), 'read')).rejects.toMatchObject({ code: 'not-chosen' })
    },
  )

  it.each(['chosen/../other', 'chosen/./inner', 'chosen//inner', 'chosen/inner/..', 'chosen\0'])(
    'aren’t got round by “%s”',
    async (path) => {
      const grants = granting('chosen')
      await expect(grants.requireOne(textToByteString(`${root}/${path}`), 'read')).rejects.toMatchObject({
        code: 'not-chosen',
      })
      await expect(grants.requireOne(textToByteString(path), 'read')).rejects.toMatchObject({ code: 'not-chosen' })
    },
  )

  it('may be links themselves', async () => {
    const grants = granting('link')
    expect(await grants.requireOne(at('link/inner/file'), 'read')).toBe(at('link/inner/file'))
    await expect(grants.requireOne(at('chosen/inner/file'), 'read')).rejects.toMatchObject({ code: 'not-chosen' })
    await expect(grants.requireOne(at('link/out/secret'), 'read')).rejects.toMatchObject({ code: 'not-chosen' })
  })

  it('are written to only when they were given for that', async () => {
    const grants = granting('chosen')
    await expect(grants.requireOne(at('chosen/new.reftar'), 'write')).rejects.toMatchObject({ code: 'not-chosen' })
    grants.allow([at('chosen/new.reftar')], 'write')
    expect(await grants.requireOne(at('chosen/new.reftar'), 'write')).toBe(at('chosen/new.reftar'))
    grants.allow([at('chosen/new.reftar')], 'read')
    expect(await grants.requireOne(at('chosen/new.reftar'), 'write')).toBe(at('chosen/new.reftar'))
    await expect(grants.requireOne(at('chosen/out/x'), 'write')).rejects.toMatchObject({ code: 'not-chosen' })
  })

  it('may hold any bytes', async () => {
    const name = `${at('chosen')}/\xff\xfe` as ReturnType<typeof at>
    expect(await granting('chosen').requireOne(name, 'read')).toBe(name)
  })

  it('are refused together when one is', async () => {
    const paths = [at('chosen/inner'), at('other')]
    await expect(granting('chosen').require(paths, 'read')).rejects.toMatchObject({ code: 'not-chosen' })
  })
})
