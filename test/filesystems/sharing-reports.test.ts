/** The reports of `reftar sharing`, as files that others read. */

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cloneFile, MIB, overwriteRandomly } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { mountImage } from '../support/loopback.ts'
import { filefrag } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'

it('HTML, SVG, PNG, JSON and CSV say the same as the terminal', () => {
  using disk = mountImage('xfs')
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/a <&"b'), randomBytes(MIB))
  cloneFile(disk.path('in/a <&"b'), disk.path('in/=c,"d"'))
  overwriteRandomly(disk.path('in/=c,"d"'), [8192], 4096)
  const report = (ending: string) => {
    const path = disk.path(`report.${ending}`)
    const { code, err } = runCli(disk.mountpoint, 'sharing', '--report', path, 'in')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return path
  }
  const json = JSON.parse(readFileSync(report('json'), 'utf8'))
  expect(json.report).toMatchObject({ files: 2, sharedBytes: MIB - 4096, exclusiveBytes: 8192 })
  expect(json.folders.at(-1)).toMatchObject({ path: 'in', onDiskBytes: MIB + 4096, exclusiveBytes: MIB + 4096 })
  for (const name of ['a <&"b', '=c,"d"']) {
    const extents = json.extents.filter(({ path }: { path: string }) => path === `in/${name}`)
    expect(
      extents.map((extent: { offsetBytes: number; address: number }) => [extent.offsetBytes, extent.address]),
    ).toEqual(filefrag(disk.path('in', name)).map(({ logical, physical }) => [logical, physical]))
  }
  const lines = readFileSync(report('csv'), 'utf8').trimEnd().split('\r\n')
  expect(lines[0]).toBe('path,role,offsetBytes,lengthBytes,filesystem,address,class,files,flags')
  expect(lines).toHaveLength(json.extents.length + 1)
  expect(lines.some((line) => line.startsWith('"in/a <&""b",other,0,8192,xfs,'))).toBe(true)
  const svg = report('svg')
  runTool('xmllint', ['--noout', svg])
  expect(readFileSync(svg, 'utf8')).toContain('in/a &lt;&amp;&quot;b')
  const html = readFileSync(report('html'), 'utf8')
  expect(html).toContain('<svg')
  expect(html).not.toMatch(/(?:src|href)="|@import|url\((?!#)/)
  expect(html).toContain('✓ Physical block sharing verified')
  const png = report('png')
  expect(runTool('pngcheck', [png])).toMatch(/^OK: .* \(960x\d+, 24-bit RGB,/)
  expect(statSync(png).size).toBeGreaterThan(1000)
})

it('--with-archive says how much is left of what was shared', () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  mkdirSync(disk.path('out'))
  writeFileSync(disk.path('in/a'), randomBytes(MIB))
  expect(runCli(disk.mountpoint, 'create', '-q', '-f', 'a.reftar', 'in').code).toBe(0)
  expect(runCli(disk.mountpoint, 'extract', '-q', '-f', 'a.reftar', '-C', 'out').code).toBe(0)
  overwriteRandomly(disk.path('out/in/a'), [65_536], 4096)
  const { code, out } = runCli(disk.mountpoint, 'sharing', '--json', '--with-archive', 'a.reftar', 'out')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    verdict: 'shared',
    check: { files: 1, missing: 0, withArchiveBytes: MIB - 4096, notSharedBytes: 4096, uncheckedBytes: 0 },
  })
  expect(runCli(disk.mountpoint, 'sharing', '--with-archive', 'a.reftar', 'out').out).toContain(
    'Compared with the archive: 1 file.',
  )
})

it('a report that can’t be written is an error of the system; a wrong ending one of the command line', () => {
  using disk = mountImage('btrfs')
  const failed = runCli(disk.mountpoint, 'sharing', '--report', 'missing/report.svg', '.')
  expect(failed.code).toBe(4)
  expect(failed.err).toContain('missing/report.svg')
  expect(runCli(disk.mountpoint, 'sharing', '--report', 'report.pdf', '.').code).toBe(2)
  expect(runCli(disk.mountpoint, 'sharing', '--with-archive', 'a', 'b', 'c').code).toBe(2)
})
