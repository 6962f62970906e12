/** `app.getPath`: the folders of the XDG base directories, and what the app itself set. */

import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { switchValue } from './invocation.ts'

const chosen = new Map<string, string>()

export function setPath(name: string, path: string): void {
  chosen.set(name, path)
}

/** @param appName decides the folder of the app's own data. @throws for a name that Electron doesn't know. */
export function getPath(name: string, appName: string): string {
  const known = chosen.get(name)
  if (known !== undefined) return known
  const home = homedir()
  const appData = process.env['XDG_CONFIG_HOME'] || join(home, '.config')
  const userData = chosen.get('userData') ?? switchValue('user-data-dir') ?? join(appData, appName)
  const paths: Readonly<Record<string, string>> = {
    home,
    appData,
    userData,
    sessionData: userData,
    temp: tmpdir(),
    exe: process.env['ELECTRON_HOST_EXECUTABLE'] ?? process.execPath,
    logs: join(userData, 'logs'),
    desktop: join(home, 'Desktop'),
    documents: join(home, 'Documents'),
    downloads: join(home, 'Downloads'),
    music: join(home, 'Music'),
    pictures: join(home, 'Pictures'),
    videos: join(home, 'Videos'),
  }
  const path = paths[name]
  if (path === undefined) throw new Error(`Failed to get '${name}' path`)
  return path
}
