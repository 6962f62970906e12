import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { notProvided, refuseUnknown } from './provided.ts'

class Window extends EventEmitter {
  readonly #title = 'a title'
  getTitle(): string {
    return this.#title
  }
}
refuseUnknown('BrowserWindow', Window.prototype)
refuseUnknown('BrowserWindow', Window)

describe('refuseUnknown', () => {
  it('lets everything be that is there, and what tests replace', () => {
    const window = new Window()
    window.emit('close')
    expect(window.getTitle()).toBe('a title')
    Reflect.set(window, 'setKiosk', () => 'replaced')
    expect(Reflect.get(window, 'setKiosk')()).toBe('replaced')
  })

  it('names what is missing, of an object and of its class', () => {
    expect(() => Reflect.get(new Window(), 'setKiosk')).toThrow(
      'BrowserWindow.setKiosk is not provided by the host (e2e/host)',
    )
    expect(() => Reflect.get(Window, 'getAllWindows')).toThrow('BrowserWindow.getAllWindows is not provided')
    expect(() => Reflect.get(refuseUnknown('shell', { beep: () => {} }), 'trashItem')).toThrow('shell.trashItem is not')
  })

  it('can be awaited and written as JSON', async () => {
    const shell = refuseUnknown('shell', { name: 'shell' })
    expect(await shell).toBe(shell)
    expect(JSON.stringify(shell)).toBe('{"name":"shell"}')
  })
})

describe('notProvided', () => {
  it('refuses to be used in any way', () => {
    const Tray = notProvided('Tray')
    expect(() => Reflect.get(Tray, 'setTitle')).toThrow('Tray.setTitle is not provided')
    expect(() => Reflect.construct(Tray as typeof Object, [])).toThrow('Tray is not provided')
  })
})
