/** The rules on who may import whom live in biome.json; here each of them is seen to fail. */

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const importing = (specifier: string) => `import { x } from '${specifier}'\nx()\n`

const forbidden: [path: string, specifier: string][] = [
  ['src/shared/a.ts', '../main/engine/index.ts'],
  ['src/shared/a.ts', '../../native/index.ts'],
  ['src/shared/a.ts', 'node:fs'],
  ['src/shared/ipc/a.ts', '../../cli/main.ts'],
  ['src/main/engine/a.ts', 'koffi'],
  ['src/main/engine/format/a.ts', 'electron'],
  ['src/main/engine/create/a.ts', '../../../../native/ioctl.ts'],
  ['src/main/engine/a.ts', '../jobs/runner.ts'],
  ['src/main/jobs/a.ts', 'electron'],
  ['src/main/jobs/a.ts', '../engine/format/header.ts'],
  ['src/main/jobs/a.ts', 'koffi'],
  ['src/main/jobs/a.ts', '../ipc/guards.ts'],
  ['src/main/archives/a.ts', 'electron'],
  ['src/main/archives/a.ts', '../engine/read/listing.ts'],
  ['src/main/archives/a.ts', '../ipc/handle.ts'],
  ['src/main/workers/a.ts', 'electron'],
  ['src/main/index.ts', './engine/create/plan.ts'],
  ['src/main/ipc/a.ts', '../engine/ports.ts'],
  ['src/main/ipc/a.ts', 'koffi'],
  ['src/main/windows/a.ts', '../../renderer/app.tsx'],
  ['native/a.ts', '../src/main/engine/index.ts'],
  ['native/linux/a.ts', '../../src/main/engine/create/plan.ts'],
  ['native/a.ts', 'electron'],
  ['native/a.ts', '../src/cli/main.ts'],
  ['src/cli/a.ts', '../main/engine/format/header.ts'],
  ['src/cli/a.ts', '../main/jobs/runner.ts'],
  ['src/cli/commands/a.ts', 'electron'],
  ['src/preload/a.ts', '../main/index.ts'],
  ['src/preload/a.ts', 'node:fs'],
  ['src/renderer/a.tsx', 'electron'],
  ['src/renderer/features/tree/a.tsx', '../../../main/engine/index.ts'],
  ['src/renderer/lib/a.ts', 'node:path'],
  ['e2e/a.spec.ts', 'electron'],
  ['e2e/a.spec.ts', '../src/main/index.ts'],
  ['e2e/support/a.ts', '../../native/index.ts'],
  ['e2e/support/a.ts', '../host/app.ts'],
  ['e2e/host/a.ts', '../../src/shared/errors.ts'],
  ['e2e/host/page/a.ts', '../../support/app.ts'],
]

const allowed: [path: string, specifier: string][] = [
  ['src/main/engine/create/a.ts', '../../../shared/errors.ts'],
  ['src/main/engine/create/a.ts', 'node:fs'],
  ['src/main/jobs/a.ts', '../engine/index.ts'],
  ['src/main/jobs/a.ts', '../../shared/ipc/jobs.ts'],
  ['src/main/archives/a.ts', '../engine/index.ts'],
  ['src/main/archives/a.ts', '../workers/calls.ts'],
  ['src/main/jobs/a.ts', '../../../native/index.ts'],
  ['src/main/index.ts', 'electron'],
  ['src/main/index.ts', './jobs/runner.ts'],
  ['native/a.ts', 'koffi'],
  ['native/linux/a.ts', '../../src/main/engine/ports.ts'],
  ['src/cli/a.ts', '../main/engine/index.ts'],
  ['src/cli/a.ts', '../../native/index.ts'],
  ['src/preload/a.ts', 'electron'],
  ['src/preload/a.ts', '../shared/ipc/contract.ts'],
  ['src/renderer/features/tree/a.tsx', 'react'],
  ['src/renderer/features/tree/a.tsx', '../../../shared/ipc/contract.ts'],
  ['src/main/jobs/a.test.ts', '../engine/format/header.ts'],
  ['e2e/a.spec.ts', '../src/shared/ipc/contract.ts'],
  ['e2e/a.spec.ts', '../test/support/loopback.ts'],
  ['e2e/support/a.ts', '../../scripts/desktop/runtime.mjs'],
  ['e2e/host/a.ts', 'electron'],
  ['e2e/host/a.ts', '../../scripts/desktop/runtime.mjs'],
]

const forms = [
  "await import('koffi')\n",
  "import type { x } from 'koffi'\nexport type y = x\n",
  "export { x } from 'koffi'\n",
  "export * from 'koffi'\n",
  "import 'koffi'\n",
  "const x = require('koffi')\nx()\n",
]

/** Every case is a file of its own in a copy of the tree, so that one run of Biome judges them all. */
const probes = [
  ...forbidden.map(([path, specifier]) => ({
    name: `${path} may not import ${specifier}`,
    path,
    source: importing(specifier),
    refused: true,
  })),
  ...allowed.map(([path, specifier]) => ({
    name: `${path} may import ${specifier}`,
    path,
    source: importing(specifier),
    refused: false,
  })),
  ...forms.map((source) => ({
    name: `sees ${JSON.stringify(source)}`,
    path: 'src/main/engine/a.ts',
    source,
    refused: true,
  })),
].map((probe, index) => ({ ...probe, path: probe.path.replace(/(a|index)(?=\.)/, `probe-${index}`) }))

describe('import rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'reftar-import-rules-'))
  let refusedPaths: Set<string>

  beforeAll(() => {
    for (const file of ['biome.json', '.gitignore']) copyFileSync(file, join(root, file))
    for (const { path, source } of probes) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), source)
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome')
    const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none']
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    const report = JSON.parse(run.stdout) as { diagnostics: { category: string; location: { path: string } }[] }
    expect(new Set(report.diagnostics.map(({ category }) => category))).toEqual(
      new Set(['lint/style/noRestrictedImports']),
    )
    expect(run.status).not.toBe(0)
    refusedPaths = new Set(report.diagnostics.map(({ location }) => location.path))
  })

  afterAll(() => rmSync(root, { recursive: true }))

  it.each(probes)('$name', ({ path, refused }) => {
    expect(refusedPaths.has(path)).toBe(refused)
  })
})
