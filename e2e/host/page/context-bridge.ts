/** `contextBridge`: what the preload exposes reaches the page as copies and as functions that copy. */

const proxies = new WeakMap<object, unknown>()

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Plain objects, arrays and functions are copied; a File, a typed array, a Map, an Error … passes as it is. */
function bridged(value: unknown, seen = new Map<object, unknown>()): unknown {
  if (typeof value === 'function') {
    const known = proxies.get(value)
    if (known !== undefined) return known
    const proxy = (...args: unknown[]) => bridged(value(...args.map((arg) => bridged(arg))))
    proxies.set(value, proxy)
    return proxy
  }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Promise) return value.then((result) => bridged(result))
  const known = seen.get(value)
  if (known !== undefined) return known
  if (!Array.isArray(value) && !isPlain(value)) return value
  const copy = Array.isArray(value) ? [] : {}
  seen.set(value, copy)
  for (const [key, item] of Object.entries(value)) Reflect.set(copy, key, bridged(item, seen))
  return copy
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const item of Object.values(value)) deepFreeze(item)
}

export const contextBridge = {
  exposeInMainWorld(key: string, api: unknown): void {
    if (Object.hasOwn(globalThis, key))
      throw new Error('Cannot bind an API on top of an existing property on the window object')
    const value = bridged(api)
    deepFreeze(value)
    Object.defineProperty(globalThis, key, { value, enumerable: true })
  },
}
