import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textToByteString } from '../../shared/byte-string.ts'
import { JsonFile } from '../settings/json-file.ts'
import { PrivateFolders } from './private-folders.ts'

const bytes = textToByteString
let root: string
let register: JsonFile

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reftar-private-'))
  for (const folder of ['own', 'archives']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'archives/a.reftar'), '')
  register = new JsonFile(join(root, 'register.json'))
})
afterEach(async () => {
  await register.written()
  rmSync(root, { recursive: true })
})

const archive = () => bytes(join(root, 'archives/a.reftar'))
const folders = (...own: string[]) => new PrivateFolders(register, own.map(bytes))

describe('private folders', () => {
  it('are the user’s own folders where these are on the archive’s filesystem, for nobody else to read', async () => {
    const made = await folders('/proc', join(root, 'own')).make(1, archive())
    expect(made).toMatch(/\/own\/reftar-open-[0-9a-f]{16}$/)
    expect(statSync(made).mode & 0o777).toBe(0o700)
  })

  it('are hidden beside the archive otherwise, so that entries are clones', async () => {
    expect(await folders('/proc').make(1, archive())).toMatch(/\/archives\/\.reftar-open-[0-9a-f]{16}$/)
  })

  it('are anywhere when nothing can be written beside the archive', async () => {
    const made = await folders('/dev/shm').make(1, bytes('/proc/version'))
    expect(made).toMatch(/^\/dev\/shm\/reftar-open-/)
    rmSync(made, { recursive: true })
  })

  it('go with their archive, whatever modes and names were extracted', async () => {
    const own = join(root, 'own')
    const some = folders(own)
    const first = await some.make(1, archive())
    const second = await some.make(2, archive())
    mkdirSync(join(first, 'locked/inner'), { recursive: true })
    writeFileSync(Buffer.concat([Buffer.from(`${first}/locked/inner/`), Buffer.from([0xff, 0x01])]), 'x')
    chmodSync(join(first, 'locked/inner'), 0o500)
    chmodSync(join(first, 'locked'), 0)
    symlinkSync(root, join(first, 'out'))
    await some.remove(1)
    expect(existsSync(first)).toBe(false)
    expect(existsSync(second)).toBe(true)
    expect(existsSync(archive())).toBe(true)
  })

  it('that a crash left behind are removed at the next start, and nothing else', async () => {
    const own = join(root, 'own')
    const left = await folders(own).make(1, archive())
    writeFileSync(join(left, 'entry'), 'x')
    const innocent = join(own, 'reftar-open-0123456789abcdef')
    symlinkSync(join(root, 'archives'), innocent)
    register.write([left, innocent, join(root, 'archives'), 7, '/missing/reftar-open-0123456789abcdef'])
    await register.written()
    await folders(own).removeLeftovers()
    await register.written()
    expect(readdirSync(own)).toEqual(['reftar-open-0123456789abcdef'])
    expect(existsSync(archive())).toBe(true)
    expect(register.read()).toEqual([])
  })
})
