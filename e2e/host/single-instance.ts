/** One running app for each folder of user data, found through a socket without a file: it ends with its process. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'

interface SecondInstance {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

let server: Server | undefined

export function hasLock(): boolean {
  return server !== undefined
}

export function releaseLock(): void {
  server?.close()
  server = undefined
}

/** Tells the instance that has the lock, in a process of its own: Electron's call is synchronous. */
const sender = `
const { connect } = require('node:net')
const [name, message] = process.argv.slice(1)
connect('\\0' + name).end(message).resume()
`

/** @returns true when this is the first instance; otherwise that one has been told of this one. */
export function requestLock(
  userData: string,
  additionalData: unknown,
  onSecond: (second: SecondInstance) => void,
): boolean {
  if (server !== undefined) return true
  const name = `reftar-host-${createHash('sha256').update(userData).digest('hex')}`
  const candidate = createServer({ allowHalfOpen: true }, async (socket) => {
    const second: SecondInstance = JSON.parse(await text(socket))
    onSecond(second)
    socket.end()
  })
  // The socket is bound, or refused, before `listen` returns; the event that tells so comes later.
  candidate.on('error', () => {})
  candidate.listen(`\0${name}`)
  if (candidate.listening) {
    server = candidate.unref()
    return true
  }
  const message = JSON.stringify({ argv: process.argv, workingDirectory: process.cwd(), additionalData })
  spawnSync(process.execPath, ['-e', sender, name, message], { stdio: ['ignore', 'ignore', 'inherit'] })
  return false
}
