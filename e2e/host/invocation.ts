/** The command line as Electron has it: `electron [switches] FOLDER [arguments]`. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

interface Invocation {
  /** Everything behind the executable, switches included: what `process.argv` shows from its second place on. */
  readonly args: readonly string[]
  readonly appFolder: string
  readonly entryPath: string
  readonly name: string
  readonly version: string
}

function textOf(manifest: object, key: string): string | undefined {
  const value: unknown = Reflect.get(manifest, key)
  return typeof value === 'string' ? value : undefined
}

function readManifest(path: string): object {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof manifest !== 'object' || manifest === null) throw new Error(`${path} holds no object.`)
  return manifest
}

function readInvocation(args: readonly string[]): Invocation {
  const folder = args.find((arg) => !arg.startsWith('-'))
  if (folder === undefined) throw new Error("Name the app's folder: electron [switches] FOLDER [arguments]")
  const appFolder = resolve(folder)
  const manifest = readManifest(join(appFolder, 'package.json'))
  return {
    args,
    appFolder,
    entryPath: join(appFolder, textOf(manifest, 'main') ?? 'index.js'),
    name: textOf(manifest, 'productName') ?? textOf(manifest, 'name') ?? 'Electron',
    version: textOf(manifest, 'version') ?? '0.0.0',
  }
}

/** Of the npm package, whose types the host follows. Only its manifest is read: requiring it starts a download. */
export function electronVersion(): string {
  const path = createRequire(import.meta.url).resolve('electron/package.json')
  return textOf(readManifest(path), 'version') ?? ''
}

export const invocation = readInvocation(process.argv.slice(2))

/** The value of `--name=value`, empty for a bare `--name`, undefined when it wasn't given. */
export function switchValue(name: string): string | undefined {
  const found = invocation.args.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  return found?.slice(name.length + 3)
}

/** A window on the screen instead of a headless one. */
export const isHeadful = process.env['ELECTRON_HOST_HEADFUL'] === '1'
