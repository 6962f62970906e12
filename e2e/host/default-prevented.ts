/** Electron's events have their own `preventDefault`, read right after the listeners have run. */

export interface PreventableEvent {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

/** An event with the given properties besides. */
export function preventable<Properties extends object>(properties: Properties): PreventableEvent & Properties {
  let prevented = false
  const preventDefault = () => {
    prevented = true
  }
  return Object.defineProperty(Object.assign({ preventDefault }, properties), 'defaultPrevented', {
    get: () => prevented,
  }) as PreventableEvent & Properties
}
