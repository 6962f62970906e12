/** `npm start` on a virtual screen: what a user sees who types it. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test as base, expect } from '@playwright/test'

const start = [process.execPath, 'scripts/start.mjs'] as const

const test = base.extend<{ display: string }>({
  /** The name of a virtual screen of the test's own. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from the pattern
  display: async ({}, use) => {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const numbers = screen.stdio[3]
    if (!(numbers instanceof Readable)) throw new Error('Xvfb was started without a pipe.')
    const [number]: unknown[] = await once(numbers, 'data')
    await use(`:${String(number).trim()}`)
    screen.kill()
    await once(screen, 'exit')
  },
})

/** The windows on a screen with their names, or why they couldn't be listed: one may go while they are. */
function windowNames(display: string): string {
  const env = { ...process.env, DISPLAY: display }
  const { stdout, stderr } = spawnSync('xwininfo', ['-root', '-tree'], { env, encoding: 'utf8' })
  return `${stdout}${stderr}`
}

test('the window opens on the screen', async ({ display }) => {
  const [command, ...args] = start
  const child = spawn(command, args, { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await expect.poll(() => windowNames(display), { timeout: 40_000 }).toContain('"Reftar')
  child.kill()
  await ended
})

test('a display that isn’t there is said in a sentence', async () => {
  const [command, ...args] = start
  const env = { ...process.env, DISPLAY: ':4711', WAYLAND_DISPLAY: '' }
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(said).toMatch(/display/i)
  expect(said).not.toContain('    at ')
  expect(exitCode).not.toBe(0)
})

test('without a display it says so and names the demo', async () => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const [command, ...args] = start
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(said).toContain('npm run demo')
  expect(exitCode).toBe(1)
})
