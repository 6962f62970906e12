import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/** Vite's development server puts styles and React's refresh into the page as inline elements; the built app has none. */
const developmentPolicy: Plugin = {
  name: 'development-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replaceAll(/(?:script|style)-src 'self'/g, "$& 'unsafe-inline'"),
}

export default defineConfig({
  // The desktop app, its worker threads and the command line are entries of one output folder, so they share the
  // engine's chunks.
  // Node 20 is the oldest runtime of the command line; Electron's own Node is newer.
  main: {
    build: {
      target: 'node20.19',
      // Half a megabyte of engine: parsing it is most of the command line's start.
      minify: true,
      // One file is read faster than a package is found; those with binaries stay packages.
      externalizeDeps: { exclude: ['commander', 'picomatch', 'cli-progress'] },
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          // An entry, so that it lies where its paths to the page, the preload and the workers begin.
          'desktop-app': 'src/main/desktop-app.ts',
          'archive-worker': 'src/main/archives/worker.ts',
          'job-worker': 'src/main/jobs/worker.ts',
          'plan-worker': 'src/main/jobs/plan-worker.ts',
          'sharing-worker': 'src/main/sharing/worker.ts',
          cli: 'src/cli/main.ts',
        },
        // Importing a module does nothing by itself: so a command loads only the part of the engine that it names.
        treeshake: { moduleSideEffects: false },
      },
    },
  },
  // A sandboxed preload can only be one CommonJS file with everything inlined.
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), developmentPolicy],
    build: {
      minify: true,
      // What the first picture needs is asked for at once; the rest has a file of its own (src/renderer/later.ts).
      modulePreload: { polyfill: false },
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})
