#!/usr/bin/env node
try {
  await import('../out/main/cli.js')
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.url ?? '').endsWith('/out/main/cli.js')) throw error
  process.stderr.write('reftar: not built yet. Run “npm ci && npm run build” in its folder first.\n')
  process.exitCode = 2
}
